import { beforeAll, describe, expect, test } from 'vitest';
import { now } from '../../../functions/aws/clock.ts';
import { bucketNamed } from '../../../functions/aws/environment.ts';
import { getObject } from '../../../functions/aws/objects.ts';
import { holdRun, releaseRun, stopRun } from '../../../functions/billing/brake.ts';
import { accountRecords } from '../../../functions/billing/chunk.ts';
import { numbersOfSeries } from '../../../functions/billing/numbers.ts';
import { type RunSummary, summaries } from '../../../functions/billing/run-summary.ts';
import { writeRecords } from '../../../functions/directory/write.ts';
import { visibleDocuments } from '../../../functions/documents/records.ts';
import { countMessages, messagesOf } from '../../../functions/messages/counts.ts';
import type { Message } from '../../../functions/messages/message.ts';
import { decideFor } from '../../../functions/preferences/hand-over.ts';
import { contextOf, eventsIn, receiveAll, setClock, useCloud } from '../../emulators/cloud.ts';
import {
  type Carrier,
  complete,
  drain,
  fire,
  GOOD,
  PERIOD,
  PREPARE,
  PUBLISH,
  putBill,
  putCarrier,
  putNumbers,
  refusals,
  say,
  WRONG,
  work,
} from './month.ts';

const RUN = '2026-10.DE.1';
const PERSON = { by: 'Jane Clerk', reason: 'figures under discussion' };

async function summary(sequence = 1): Promise<RunSummary> {
  const all = await Array.fromAsync(summaries(PERIOD));
  return all[sequence - 1] as RunSummary;
}

async function numbersIn(legalEntityId: string, kind = 'invoice') {
  const records = await Array.fromAsync(numbersOfSeries(`${legalEntityId}/${kind}-2026`));
  return records.map(({ number, bcn, voided }) => ({ number, bcn, voided: voided !== undefined }));
}

const numberOf = (numbers: readonly { number: string; bcn: string }[], bcn: string) => numbers.find((each) => each.bcn === bcn)?.number;
const invoicesOf = async (bcn: string, at: string) =>
  (await visibleDocuments({ bcn }, PERIOD, new Date(at))).filter(({ kind }) => kind === 'invoice');

describe('a month', () => {
  useCloud();
  let carrier: Carrier;

  beforeAll(async () => {
    setClock('2026-11-03T12:00:00Z');
    const series = [{ type: 'invoice', year: 2026, prefix: 'DE26', width: 6, next: 4711 }];
    carrier = await putCarrier('A', 30, { series });
    for (const bcn of carrier.bcns.slice(0, 27)) await putBill(bcn, bcn === carrier.bcns[7] ? WRONG : GOOD);
    await complete();
    await fire('prepare', '2026-11-03T01:00:00Z');
    expect(await summary()).toBeUndefined();
    await fire('prepare', PREPARE);
  });

  test('is prepared before its hour, and nothing of it is visible a second before', async () => {
    expect(await summary()).toMatchObject({ state: 'ready', counts: { accounts: 30, billed: 26, withoutBill: 3, parked: 1 } });
    expect(await visibleDocuments({ ocn: carrier.ocn }, PERIOD, new Date('2026-11-04T05:59:59Z'))).toEqual([]);
    expect(await countMessages(RUN)).toMatchObject({ queued: 0 });
  });

  test('parks a bill whose VAT is a cent off with both figures, and takes no number for it', async () => {
    const [failure, ...others] = (await summary()).failures;
    expect(others).toEqual([]);
    expect(failure?.bcn).toBe(carrier.bcns[7]);
    expect(failure?.reason).toMatch(/19\.01.*19\.00|19\.00.*19\.01/);
    const numbers = await numbersIn(carrier.legalEntityId);
    expect(numbers.map(({ number }) => number)).toEqual(
      Array.from({ length: 26 }, (_, index) => `DE26${String(4711 + index).padStart(6, '0')}`),
    );
  });

  test('a corrected bill is drawn again under the same number; a parked account recovers; a good one that spoils gives its number up', async () => {
    const [good = '', spoilt = ''] = carrier.bcns;
    const before = await numbersIn(carrier.legalEntityId);
    setClock('2026-11-04T03:00:00Z');
    await putBill(good, { net: '200.00', vat: '38.00', gross: '238.00', revision: 1 });
    await putBill(spoilt, { ...WRONG, revision: 1 });
    await putBill(carrier.bcns[7] ?? '', { ...GOOD, revision: 1 });
    await say('billing.bills.changed', { period: PERIOD, bcns: [good, spoilt, carrier.bcns[7]] }, 'first correction');
    const after = await numbersIn(carrier.legalEntityId);
    expect(after.slice(0, 26)).toEqual(before.map((each) => (each.bcn === spoilt ? { ...each, voided: true } : each)));
    expect(after.slice(26)).toEqual([{ number: 'DE26004737', bcn: carrier.bcns[7], voided: false }]);
    const record = (await accountRecords(RUN, [good])).get(good);
    expect(record?.bills[0]).toMatchObject({ number: numberOf(before, good), facts: { gross: '238.00' } });
    expect((await summary()).failures.map(({ bcn }) => bcn)).toEqual([spoilt]);
  });

  test('is visible from its hour on, all of it, and mailed once', async () => {
    await fire('publish', PUBLISH);
    await fire('publish', PUBLISH);
    const visible = await visibleDocuments({ ocn: carrier.ocn }, PERIOD, new Date(PUBLISH));
    expect(visible).toHaveLength(26);
    expect(new Set(visible.map(({ publishedAt }) => publishedAt))).toEqual(new Set(['2026-11-04T06:00:00.000Z']));
    expect(await countMessages(RUN)).toMatchObject({ queued: 26 });
    const { state, run } = await summary();
    expect({ state, late: run.lateSince }).toEqual({ state: 'delivering', late: undefined });
    const corrected = await invoicesOf(carrier.bcns[0] ?? '', PUBLISH);
    expect(corrected).toMatchObject([{ version: 2, key: expect.stringMatching(/invoice-DE26\d{6}\.v2\.pdf$/) }]);
    expect(await invoicesOf(carrier.bcns[1] ?? '', PUBLISH)).toEqual([]);
  });

  test('goes back to the ledger, and to the auditor with the number that was given up', async () => {
    const issued = (await getObject(bucketNamed('register'), 'issued/2026-10/DE-1.jsonl'))?.toString() ?? '';
    const lines = issued
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(26);
    expect(Object.keys(lines[0])).toEqual(
      'number type billId bcn ocn legalEntityId period issueDate dueDate currency net vat gross paymentReference corrects voided sha256 publishedAt'.split(
        ' ',
      ),
    );
    expect(lines[0]).toMatchObject({ bcn: carrier.bcns[0], gross: '238.00', issueDate: '2026-11-04', dueDate: '2026-12-04' });
    const series = (await getObject(bucketNamed('register'), `series/${carrier.legalEntityId}/invoice-2026.csv`))?.toString() ?? '';
    const rows = series.trim().split('\n').slice(1);
    expect(rows).toHaveLength(27);
    expect(rows.filter((row) => row.includes(',void,'))).toHaveLength(1);
    expect(rows.filter((row) => row.includes(',issued,'))).toHaveLength(26);
  });

  test('is frozen once it is issued: a changed bill becomes a task, an unchanged one is silent', async () => {
    setClock('2026-11-05T09:00:00Z');
    const before = await visibleDocuments({ ocn: carrier.ocn }, PERIOD, now());
    await putBill(carrier.bcns[2] ?? '', { net: '1.00', vat: '0.19', gross: '1.19', revision: 1 });
    await say('billing.bills.changed', { period: PERIOD, bcns: carrier.bcns.slice(0, 4) }, 'after publication');
    expect(await visibleDocuments({ ocn: carrier.ocn }, PERIOD, now())).toEqual(before);
    const failures = (await summary()).failures;
    expect(failures.filter(({ bcn }) => bcn === carrier.bcns[2])).toMatchObject([
      { reason: expect.stringContaining('after it was issued') },
    ]);
    expect(failures.filter(({ bcn }) => bcn === carrier.bcns[3])).toEqual([]);
  });

  test('a rerun issues what was parked as a late batch, once, and leaves the issued alone', async () => {
    const [, spoilt = ''] = carrier.bcns;
    await putBill(spoilt, { ...GOOD, revision: 2 });
    const request = {
      period: PERIOD,
      bcns: [spoilt, carrier.bcns[3]],
      reason: 'bill corrected',
      requestedBy: 'Jane Clerk',
      resend: 'never',
    };
    await say('billing.run.requested', request, 'rerun');
    await say('billing.run.requested', request, 'rerun');
    expect((await Array.fromAsync(summaries(PERIOD))).length).toBe(2);
    expect(await summary(2)).toMatchObject({ counts: { accounts: 2, billed: 1, withoutBill: 1, emails: 1 } });
    expect(await invoicesOf(spoilt, '2026-11-05T09:00:00Z')).toMatchObject([{ number: 'DE26004738', publicationId: '2026-10.DE.2' }]);
    expect(await invoicesOf(carrier.bcns[3] ?? '', '2026-11-05T09:00:00Z')).toMatchObject([{ version: 1, publicationId: RUN }]);
    const register = (await getObject(bucketNamed('register'), 'issued/2026-10/DE-2.jsonl'))?.toString() ?? '';
    expect(register.trim().split('\n')).toHaveLength(1);
    expect((await summary()).failures.map(({ bcn }) => bcn)).toEqual([carrier.bcns[2]]);
  });

  test('refuses a rerun of a period without a run, and events that are none, each with its reason', async () => {
    const request = { reason: 'r', requestedBy: 'Jane Clerk', resend: 'never' };
    await say('billing.run.requested', { ...request, period: '2026-07' }, 'no such run');
    await say('billing.run.requested', { ...request, period: '2026-13' }, 'no such month');
    await say('billing.tea.served', {}, 'unknown');
    const reasons = await refusals('billing');
    expect(reasons).toHaveLength(3);
    expect(reasons.find((reason) => reason.includes('there is no bill run'))).toContain('period is "2026-07"');
    expect(reasons.find((reason) => reason.includes('a month such as'))).toContain('period is "2026-13"');
    expect(reasons.find((reason) => reason.includes('this queue takes'))).toContain('type is "billing.tea.served"');
  });
});

describe('brakes', () => {
  useCloud();
  let carrier: Carrier;

  beforeAll(async () => {
    setClock('2026-11-03T12:00:00Z');
    carrier = await putCarrier('H', 30);
    for (const bcn of carrier.bcns) await putBill(bcn, GOOD);
    await complete();
    await fire('prepare', PREPARE);
  });

  test('a held month is not published at its hour; released on a later day it carries that day, under the same numbers', async () => {
    const before = await numbersIn(carrier.legalEntityId);
    await holdRun(RUN, PERSON, now());
    await fire('publish', PUBLISH);
    expect(await summary()).toMatchObject({ state: 'held', run: { lateSince: '2026-11-04T06:00:00.000Z' } });
    setClock('2026-11-05T09:00:00Z');
    await releaseRun(RUN, PERSON, now());
    await say('billing.run.settle', { runId: RUN, cause: 'test' }, 'released');
    const visible = await visibleDocuments({ ocn: carrier.ocn }, PERIOD, now());
    expect(visible.map(({ version }) => version)).toEqual(carrier.bcns.map(() => 2));
    expect(new Set(visible.map(({ facts }) => facts?.issueDate))).toEqual(new Set(['2026-11-05']));
    expect(new Set(visible.map(({ facts }) => facts?.dueDate))).toEqual(new Set(['2026-12-05']));
    expect(await numbersIn(carrier.legalEntityId)).toEqual(before);
  });
});

describe('an invoice that is handed over', () => {
  useCloud();

  test('is written to who was named, though it has no billing role; what is no invoice is not', async () => {
    setClock('2026-11-03T12:00:00Z');
    const { bcns, ocn } = await putCarrier('H', 2);
    const [billed = '', silent = ''] = bcns;
    const bert = { contactId: 'PH-2', ocn, name: 'Bert Beispiel', email: 'bert.h@example.com', language: 'de', timeZone: 'Europe/Berlin' };
    await writeRecords('contacts', [{ line: 1, given: { ...bert, roles: ['technical'] } }], {
      importId: 'bert',
      time: now().toISOString(),
    });
    const decided = { changeId: 'handed-over', at: now().toISOString(), by: 'PH', how: 'page' };
    await decideFor(ocn, 'PH', { name: 'invoices', bcn: '*', value: 'to:PH-2' }, decided);
    await putBill(billed, GOOD);
    await putNumbers(silent);
    await complete();
    await fire('prepare', PREPARE);
    await fire('publish', PUBLISH);
    const mails = await Array.fromAsync(messagesOf(RUN));
    expect(mails.map(({ bcn, contactId, category }) => [bcn, contactId, category]).sort()).toEqual([
      [billed, 'PH-2', 'invoices'],
      [silent, 'PH', 'documents'],
    ]);
  });
});

describe('a stopped delivery', () => {
  useCloud();

  test('goes on where it was: nobody twice, nobody missed', async () => {
    setClock('2026-11-03T12:00:00Z');
    const carrier = await putCarrier('S', 30);
    for (const bcn of carrier.bcns) await putBill(bcn, GOOD);
    await complete();
    await fire('prepare', PREPARE);
    setClock(PUBLISH);
    const { handler } = await import('../../../functions/billing/calendar-day.handler.ts');
    await handler({ scheduledTime: PUBLISH, calendar: 'DE', step: 'publish' }, contextOf());
    const [first, ...rest] = await eventsIn('deliver');
    if (first) await work('deliver', first);
    await stopRun(RUN, PERSON, now());
    for (const event of rest) await work('deliver', event);
    const halfway = (await summary()).counts.emails;
    expect(halfway).toBeGreaterThan(0);
    expect(halfway).toBeLessThan(30);
    expect((await summary()).state).toBe('stopped');
    setClock('2026-11-04T07:00:00Z');
    await releaseRun(RUN, PERSON, now());
    await say('billing.run.settle', { runId: RUN, cause: 'test' }, 'resumed');
    expect((await summary()).counts.emails).toBe(30);
    await drain();
    expect((await receiveAll('mail-invoices')).length).toBeGreaterThanOrEqual(30);
  });
});

describe('an account with numbers and no bill', () => {
  useCloud();

  test('hears that its number list is there, once; a rerun says it again when asked to', async () => {
    setClock('2026-11-03T12:00:00Z');
    const { bcns, ocn } = await putCarrier('U', 2);
    const [billed = '', silent = ''] = bcns;
    await putBill(billed, GOOD);
    await putNumbers(silent);
    await complete();
    await fire('prepare', PREPARE);
    await fire('publish', PUBLISH);
    expect(await countMessages(RUN)).toMatchObject({ queued: 2 });
    const mails = await Array.fromAsync(messagesOf(RUN));
    const about = mails.find(({ bcn }) => bcn === silent);
    expect(about).toMatchObject({ kind: 'documents-ready', category: 'documents', occasion: 'issue', attachments: [], ocn });
    expect(linkedKinds(about)).toEqual(['unl', 'unl']);
    const request = { period: PERIOD, reason: 'emails were lost', requestedBy: 'Jane Clerk' };
    await say('billing.run.requested', { ...request, resend: 'never' }, 'nothing new');
    expect(await countMessages('2026-10.DE.2')).toMatchObject({ queued: 0 });
    await say('billing.run.requested', { ...request, resend: 'always' }, 'everything');
    const again = await Array.fromAsync(messagesOf('2026-10.DE.3'));
    expect(again.map((message) => [message.bcn, linkedKinds(message)]).sort()).toEqual([
      [billed, ['invoice']],
      [silent, ['unl', 'unl']],
    ]);
  });
});

function linkedKinds(message: Message | undefined): string[] {
  return message && 'links' in message ? message.links.map(({ kind }) => kind) : [];
}
