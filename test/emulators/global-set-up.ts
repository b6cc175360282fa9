import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Message } from '@aws-sdk/client-sqs';
import type { TestProject } from 'vitest/node';
import { allocateClock } from '../../infra/local/clock-memory.ts';
import type { WorkerCalls } from '../../infra/local/emulators/calls.ts';
import { type Ports, startEmulators } from '../../infra/local/emulators/emulators.ts';
import { listen, portOf } from '../../infra/local/emulators/http.ts';
import type { SentMail } from '../../infra/local/emulators/mail-store.ts';
import type { Received } from '../../infra/local/runtime/event-source.ts';

declare module 'vitest' {
  interface ProvidedContext {
    emulators: { ports: Ports; mailUrl: string };
  }
}

const FREE_PORTS: Ports = { messaging: 0, dynamodb: 0, ses: 0, secrets: 0 };

const SES_EVENTS = ['send', 'reject', 'delivery', 'deliveryDelay', 'bounce', 'complaint'];

/** One set of emulators for the whole run; each test file makes its own resources in them (see cloud.ts). */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const directory = mkdtempSync(path.join(tmpdir(), 'carrierpost-test-'));
  const emulators = await startEmulators({ directory, region: 'eu-west-1', checkExpiry: false }, allocateClock(), FREE_PORTS);
  const control = await listen(0, async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const given = Object.fromEntries(url.searchParams);
    const answers: Record<string, () => Promise<unknown>> = {
      '/mails': async () => {
        const sent = await emulators.mail.call<{ mail: SentMail }[]>('list', 0, 1_000_000);
        return sent.filter(({ mail }) => mail.configurationSet === given.set);
      },
      '/raw': async () => Buffer.from((await emulators.mail.call<Uint8Array>('raw', given.id)) ?? []).toString('base64'),
      '/fault': () =>
        emulators.mail.call('setFault', {
          code: given.code,
          times: Number(given.times),
          when: given.when,
          configurationSet: given.set,
        }),
      '/rate': () => emulators.mail.call('setRate', Number(given.perSecond)),
      '/set': () => emulators.mail.call('addSet', given.name, [{ topicArn: given.topicArn, types: SES_EVENTS }]),
      '/take': () => Promise.all((given.queues ?? '').split(',').map((queue) => takeAll(emulators.messaging, queue))),
      '/pending': () => emulators.mail.call('pendingCount'),
      '/secret': async () => emulators.secrets.ensure(given.id ?? ''),
    };
    const answer = await answers[url.pathname]?.();
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? null));
  });
  project.provide('emulators', { ports: emulators.ports, mailUrl: `http://127.0.0.1:${portOf(control)}` });
  return async () => {
    control.closeAllConnections();
    control.close();
    await emulators.stop();
    rmSync(directory, { recursive: true, force: true });
  };
}

/** Every visible message of a queue, taken off it: one question for what SQS wants three calls a message for. */
async function takeAll(messaging: WorkerCalls, queue: string): Promise<Message[]> {
  const all: Message[] = [];
  for (;;) {
    const received = await messaging.call<Received[]>('receive', queue, 10);
    if (received.length === 0) return all;
    const handles = received.map(({ ReceiptHandle }) => ReceiptHandle);
    await messaging.call('remove', queue, handles);
    all.push(...received.map(messageOf));
  }
}

/** As ReceiveMessage tells it when it is asked for all attributes. */
function messageOf({ sent, ...message }: Received): Message {
  const Attributes = {
    ApproximateReceiveCount: String(sent.approximateReceiveCount),
    SentTimestamp: String(sent.sentTimestamp),
    ...(sent.messageGroupId ? { MessageGroupId: sent.messageGroupId } : {}),
  };
  return { ...message, Attributes } as Message;
}
