import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getObject } from '../../../functions/aws/objects.ts';
import { Failed, UsageError } from '../../../functions/cli/output.ts';
import { readMails, receiveMails } from '../../../functions/cli/receive-mail.ts';
import { worksReplyCommand } from '../../../functions/cli/works-reply.ts';
import { readReceipt } from '../../../functions/inbound-mail/receipt.ts';
import { handler } from '../../../functions/planned-works/replies.handler.ts';
import { contextOf, eventOf, receiveAll, useCloud } from '../../emulators/cloud.ts';
import { savedMail, savedMailPath } from '../planned-works/mails.ts';

useCloud();

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carrierpost-mails-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('emails arrive as SES would bring them: stored, and told to the queue', async () => {
  await receiveMails(await readMails([savedMailPath('google-accepted'), savedMailPath('bounce')]), 'works');
  const messages = await receiveAll('works-replies');
  const receipts = messages.map(({ Body }) => readReceipt(Body ?? ''));
  const stored = await Promise.all(receipts.map((receipt) => getObject(receipt?.bucket ?? '', receipt?.key ?? '')));
  expect(stored).toEqual(expect.arrayContaining([savedMail('google-accepted'), savedMail('bounce')]));
  for (const receipt of receipts) {
    expect(receipt?.key).toBe(`works/${receipt?.messageId}`);
    expect(receipt).toMatchObject({ recipients: ['planned-works@carrier.example'], verdicts: { spam: 'PASS', virus: 'PASS' } });
  }
  expect(await handler(eventOf('works-replies', messages), contextOf('works-replies'))).toEqual({ batchItemFailures: [] });
  expect(await receiveAll('works-replies', { dlq: true })).toEqual([]);
});

describe('whether the sender is proven stands in the file', () => {
  test.each([
    ['no header', [], 'PASS'],
    ['pass', ['mx.example; spf=fail; dmarc=pass (p=reject) header.from=acme.example'], 'PASS'],
    ['fail', ['mx.example;\r\n spf=pass;\r\n DMARC=Fail header.from=acme.example'], 'FAIL'],
    ['no policy', ['mx.example; dmarc=none'], 'GRAY'],
    ['nothing about it', ['mx.example; spf=pass'], 'GRAY'],
    ['an error', ['mx.example; dmarc=temperror'], 'PROCESSING_FAILED'],
    ['the topmost that looked', ['mx.example; spf=pass', 'mx.example; dmarc=fail', 'evil.example; dmarc=pass'], 'FAIL'],
    ['a word that only ends like it', ['mx.example; x-dmarc=pass'], 'GRAY'],
  ])('%s', async (_, results, dmarc) => {
    const headers = results.map((result) => `Authentication-Results: ${result}\r\n`).join('');
    await receiveMails(await readMails([await fileOf(`${headers}From: anna@acme.example\r\n\r\nHello\r\n`)]), 'works');
    const [message] = await receiveAll('works-replies');
    expect(readReceipt(message?.Body ?? '')?.verdicts.dmarc).toBe(dmarc);
  });
});

describe('a file that is no email stops everything before anything arrives', () => {
  test.each<[string, () => Promise<string>, typeof Failed | typeof UsageError, RegExp]>([
    ['no file', async () => join(folder, 'nowhere.eml'), UsageError, /nowhere\.eml cannot be read: ENOENT/],
    ['a folder', async () => folder, UsageError, /cannot be read: EISDIR/],
    ['JSON', () => fileOf('{"from": "anna@acme.example"}'), Failed, /is no email/],
    ['a picture', () => fileOf(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')), Failed, /is no email/],
    ['nothing', () => fileOf(''), Failed, /is no email/],
    [
      'more than SES takes',
      () => fileOf(Buffer.alloc(40 * 1024 * 1024 + 1, 'From: anna@acme.example\r\n\r\n')),
      Failed,
      /more than 41943040/,
    ],
  ])('%s', async (_, path, kind, reason) => {
    const reading = readMails([savedMailPath('person'), await path()]);
    await expect(reading).rejects.toThrow(kind);
    await expect(reading).rejects.toThrow(reason);
    expect(await receiveAll('works-replies')).toEqual([]);
  });
});

test('the command reads its files before it looks for a cloud, and is for the local one only', async () => {
  const run = (...words: string[]) => {
    const program = new Command().exitOverride().option('--stage <NAME>').option('--data <DIR>').option('--json');
    const works = program
      .command('works')
      .argument('[FILE...]')
      .action(() => expect.unreachable());
    worksReplyCommand(works);
    return program.parseAsync(['node', 'carrierpost', ...words]);
  };
  await expect(run('works', 'reply', '/nowhere.eml')).rejects.toThrow(UsageError);
  await expect(run('--stage', 'test', 'works', 'reply', savedMailPath('person'))).rejects.toThrow(/local cloud only/);
});

async function fileOf(content: string | Buffer): Promise<string> {
  const path = join(folder, `${crypto.randomUUID()}.eml`);
  await writeFile(path, content);
  return path;
}
