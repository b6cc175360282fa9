import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { now } from '../aws/clock.ts';
import { bucketNamed, queueUrlOf } from '../aws/environment.ts';
import { putObject } from '../aws/objects.ts';
import { sendBody } from '../aws/queues.ts';
import { type Header, readHead, valuesOf } from '../inbound-mail/mail-head.ts';
import type { Verdict } from '../inbound-mail/receipt.ts';
import { type CloudOptions, openLocalCloud, waitUntilIdle } from './cloud.ts';
import { Failed, print, printJson, UsageError } from './output.ts';

/** A file that holds an email. */
interface ReadMail {
  readonly raw: Buffer;
  readonly head: readonly Header[];
}

/** SES takes no larger mail. */
const LARGEST_BYTES = 40 * 1024 * 1024;
/** Our mailboxes: where SES's rule for each puts what it receives, and whom its topic tells. */
const MAILBOXES = {
  works: { prefix: 'works/', queue: 'works-replies' },
  unsubscribe: { prefix: 'unsubscribe/', queue: 'unsubscribe-mails' },
} as const;

type Mailbox = keyof typeof MAILBOXES;

/** Makes a command one by which emails arrive at a mailbox of ours. */
export function mailArrives(command: Command, mailbox: Mailbox): void {
  command
    .argument('<FILE...>', 'emails (.eml)')
    .option('--no-wait', 'do not wait until the queues are empty')
    .action(async (files: string[]) => {
      const options = command.optsWithGlobals<CloudOptions & { wait: boolean; json: boolean }>();
      const mails = await readMails(files);
      const cloud = await openLocalCloud(options);
      await receiveMails(mails, mailbox);
      if (options.wait) await waitUntilIdle(cloud);
      if (options.json) printJson({ received: mails.length });
      else print(`${mails.length} ${mails.length === 1 ? 'email has' : 'emails have'} arrived.`);
    });
}

/** An email has one of these at least, however broken it is. */
const USUAL = ['from', 'to', 'date', 'subject', 'message-id', 'received', 'return-path', 'mime-version', 'content-type'];
/** A receiving server's words for what it found out (RFC 8601), as SES would say it; any other is a doubt. */
const VERDICTS: Readonly<Record<string, Verdict>> = {
  pass: 'PASS',
  fail: 'FAIL',
  temperror: 'PROCESSING_FAILED',
  permerror: 'PROCESSING_FAILED',
};

/**
 * Reads files with an email each; nothing has arrived before all of them are read.
 * @throws UsageError when a file cannot be read, Failed when one is no email or larger than SES takes
 */
export async function readMails(files: readonly string[]): Promise<ReadMail[]> {
  const mails: ReadMail[] = [];
  for (const file of files) {
    const raw = await readFile(file).catch((error: Error) => {
      throw new UsageError(`${file} cannot be read: ${error.message}`);
    });
    const head = readHead(raw);
    if (!head.some(({ name }) => USUAL.includes(name)))
      throw new Failed(`${file} is no email: its head is larger than 256 KB, or has none of ${USUAL.join(', ')}.`);
    if (raw.length > LARGEST_BYTES) throw new Failed(`${file} has ${raw.length} bytes: SES takes no email of more than ${LARGEST_BYTES}.`);
    mails.push({ raw, head });
  }
  return mails;
}

/** Does what SES and its topic do with each email: stores it, then tells the queue. */
export async function receiveMails(mails: readonly ReadMail[], mailbox: Mailbox): Promise<void> {
  const { prefix, queue } = MAILBOXES[mailbox];
  for (const { raw, head } of mails) {
    const messageId = randomUUID().replaceAll('-', '');
    const key = `${prefix}${messageId}`;
    await putObject({ bucket: bucketNamed('inbound'), key, body: raw, contentType: 'message/rfc822' });
    const body = notificationOf(
      queue,
      receiptOf(head, messageId, { bucketName: bucketNamed('inbound'), objectKeyPrefix: prefix, objectKey: key }),
    );
    await sendBody(queueUrlOf(queue), body, {});
  }
}

function receiptOf(head: readonly Header[], messageId: string, stored: { bucketName: string; objectKeyPrefix: string; objectKey: string }) {
  const timestamp = now().toISOString();
  const recipients = valuesOf(head, 'to').flatMap((to) => to.match(/[^\s<>,;:"]+@[^\s<>,;:"]+/g) ?? []);
  const verdict = (of: string) => ({ status: verdictOf(head, of) });
  return {
    notificationType: 'Received',
    mail: { timestamp, messageId, destination: recipients, headersTruncated: true, headers: [], commonHeaders: {} },
    receipt: {
      timestamp,
      processingTimeMillis: 500,
      recipients,
      spamVerdict: { status: 'PASS' },
      virusVerdict: { status: 'PASS' },
      spfVerdict: verdict('spf'),
      dkimVerdict: verdict('dkim'),
      dmarcVerdict: verdict('dmarc'),
      action: { type: 'S3', ...stored },
    },
  };
}

/** What the topmost server that looked has found out; a file without any such header speaks for itself. */
function verdictOf(head: readonly Header[], of: string): Verdict {
  const results = valuesOf(head, 'authentication-results');
  const words = results.flatMap((result) => new RegExp(`(?:^|[;\\s])${of}\\s*=\\s*([a-z]+)`, 'i').exec(result)?.[1] ?? []);
  if (results.length === 0) return 'PASS';
  return VERDICTS[words[0]?.toLowerCase() ?? ''] ?? 'GRAY';
}

function notificationOf(topic: string, message: object): string {
  return JSON.stringify({
    Type: 'Notification',
    MessageId: randomUUID(),
    TopicArn: `arn:aws:sns:eu-central-1:000000000000:carrierpost-local-${topic}`,
    Subject: 'Amazon SES Email Receipt Notification',
    Message: JSON.stringify(message),
    Timestamp: now().toISOString(),
  });
}
