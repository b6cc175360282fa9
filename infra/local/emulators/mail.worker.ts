import path from 'node:path';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { readClock } from '../clock-memory.ts';
import { answerCalls, emitTo } from './calls.ts';
import { chaosFrom } from './chaos.ts';
import type { EmulatorData } from './emulators.ts';
import { MailStore } from './mail-store.ts';
import { type Fault, Ses, type SesRules } from './ses.ts';
import type { EventDestination } from './ses-events.ts';

const { settings, port, clock, peer } = workerData as EmulatorData;
const parent = parentPort as MessagePort;

const store = new MailStore(path.join(settings.directory, 'mail'));
const ses = new Ses({
  port,
  region: settings.region,
  store,
  now: () => new Date(readClock(clock)),
  chaos: chaosFrom(settings.chaosSeed),
  publish,
  onChange: () => emitTo(parent, 'changed', undefined),
});
answerCalls(parent, {
  setRules: (rules: SesRules) => ses.setRules(rules),
  addSet: (name: string, destinations: readonly EventDestination[]) => ses.addSet(name, destinations),
  setFault: (fault: Fault) => ses.setFault(fault),
  setRate: (perSecond: number) => ses.setRate(perSecond),
  count: () => store.count(),
  list: (after: number, limit: number) => store.list(after, limit),
  raw: (id: string) => store.raw(id),
  pendingCount: () => store.pendingCount(),
  shown: () => store.shown(),
  setShown: (number: number) => store.setShown(number),
  stop: async () => {
    await ses.stop();
    store.close();
  },
});
emitTo(parent, 'ready', await ses.start());

/** As SES publishes: to the topic, which wraps and hands on to its subscriptions. */
async function publish(topicArn: string, message: string): Promise<void> {
  const body = new URLSearchParams({
    Action: 'Publish',
    TopicArn: topicArn,
    Message: message,
    Subject: 'Amazon SES Email Event Notification',
  });
  const response = await fetch(`http://127.0.0.1:${peer}/`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `AWS4-HMAC-SHA256 Credential=local/20260101/${settings.region}/sns/aws4_request, SignedHeaders=host, Signature=local`,
    },
    body,
  });
  if (!response.ok) throw new Error(`SNS answered ${response.status}: ${await response.text()}`);
}
