import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { MailDev } from 'maildev';
import { answerCalls, emitTo } from './emulators/calls.ts';

interface MailboxData {
  readonly smtp: number;
  readonly web: number;
  readonly directory: string;
  readonly keep: number;
}

const { smtp, web, directory, keep } = workerData as MailboxData;
const parent = parentPort as MessagePort;

const mailbox = new MailDev({
  smtp,
  web,
  ip: '127.0.0.1',
  webIp: '127.0.0.1',
  mailDirectory: directory,
  maxEmails: keep,
  silent: true,
});
await mailbox.start();
answerCalls(parent, { stop: () => mailbox.stop() });
emitTo(parent, 'ready', web);
