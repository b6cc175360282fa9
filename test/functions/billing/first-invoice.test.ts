import { beforeAll, describe, expect, test } from 'vitest';
import { bucketNamed } from '../../../functions/aws/environment.ts';
import { getObject } from '../../../functions/aws/objects.ts';
import { accountRecords } from '../../../functions/billing/chunk.ts';
import type { InvoiceDrafted, InvoiceIssued } from '../../../functions/billing/events.ts';
import { type HeldDraft, heldDraft, keepDraft, openDrafts } from '../../../functions/billing/held-drafts.ts';
import { bindingsOf, numbersOfSeries } from '../../../functions/billing/numbers.ts';
import { type RunSummary, summaries } from '../../../functions/billing/run-summary.ts';
import { visibleDocuments } from '../../../functions/documents/records.ts';
import { ownEvent } from '../../../functions/events/cloud-event.ts';
import { messagesOf } from '../../../functions/messages/counts.ts';
import { eventsIn, setClock, useCloud } from '../../emulators/cloud.ts';
import {
  type Carrier,
  complete,
  drain,
  fire,
  GOOD,
  makeNew,
  PERIOD,
  PREPARE,
  PUBLISH,
  publishedMonth,
  putBill,
  putCarrier,
  refusals,
  say,
  work,
} from './month.ts';

const RUN = `${PERIOD}.DE.1`;
const MORE = { net: '200.00', vat: '38.00', gross: '238.00' };

/** What billing told about first invoices since somebody asked last. */
async function told(): Promise<string[]> {
  const events = await eventsIn<InvoiceDrafted & InvoiceIssued>('first-invoices.fifo');
  return events.map(({ type, data }) => `${type} ${data.bcn} ${data.period} ${type === 'invoice.issued' ? data.issueDate : data.version}`);
}

async function approve(bcn: string, version: number, at: string, period = PERIOD, copies = 1): Promise<void> {
  setClock(at);
  const data = { schemaVersion: 1, bcn, period, version, by: 'Anna Beispiel', reason: 'approved', approvedAt: at };
  for (let copy = 0; copy < copies; copy += 1) await say('invoice.approved', data, `${bcn}/${period}/${version}`);
}

async function newBill(bcn: string, revision: number, at: string, facts = MORE): Promise<void> {
  setClock(at);
  await putBill(bcn, { ...facts, revision });
  await say('billing.bills.changed', { period: PERIOD, bcns: [bcn] }, `${bcn}/${revision}`);
}

async function summaryOf(period: string, sequence: number): Promise<RunSummary> {
  return (await Array.fromAsync(summaries(period)))[sequence - 1] as RunSummary;
}

async function mailsTo(bcn: string, ...runs: readonly string[]): Promise<string[]> {
  const all = await Promise.all(runs.map((run) => Array.fromAsync(messagesOf(run))));
  return all.flat().flatMap((message) => (message.bcn === bcn ? [message.kind] : []));
}

const seen = async (bcn: string, at: string, period = PERIOD) =>
  (await visibleDocuments({ bcn }, period, new Date(at))).map(({ kind }) => kind);

async function issuedNumbers(legalEntityId: string): Promise<string[]> {
  const records = await Array.fromAsync(numbersOfSeries(`${legalEntityId}/invoice-2026`));
  return records.map(({ bcn, voided }) => `${bcn}${voided ? ' void' : ''}`);
}

describe('a month with first invoices', () => {
  useCloud();
  let carrier: Carrier;
  let held: string[];

  beforeAll(async () => {
    setClock('2026-11-03T12:00:00Z');
    carrier = await putCarrier('F', 10);
    held = carrier.bcns.filter((_, index) => [1, 4, 7].includes(index));
    await makeNew(held, carrier);
    for (const bcn of carrier.bcns) await putBill(bcn, GOOD);
    await complete();
    await fire('prepare', PREPARE);
    await fire('publish', PUBLISH);
  });

  test('is published at its hour without them, and counts them by themselves', async () => {
    const { run, state, counts, failures } = await summaryOf(PERIOD, 1);
    expect([run.publishedAt, state]).toEqual([new Date(PUBLISH).toISOString(), 'delivering']);
    expect(counts).toMatchObject({ accounts: 10, billed: 7, held: 3, parked: 0, withoutBill: 0 });
    expect(failures).toEqual([]);
    expect(run.control).toBe('within');
  });

  test('they take no number and appear in no list, register or mail', async () => {
    expect(await issuedNumbers(carrier.legalEntityId)).toHaveLength(7);
    const register = (await getObject(bucketNamed('register'), `issued/${PERIOD}/DE-1.jsonl`))?.toString() ?? '';
    expect(register.trim().split('\n')).toHaveLength(7);
    for (const bcn of held) {
      expect(await seen(bcn, '2027-01-01T00:00:00Z')).toEqual([]);
      expect(await mailsTo(bcn, RUN)).toEqual([]);
      expect(register).not.toContain(bcn);
    }
    expect((await accountRecords(RUN, held)).get(held[0] ?? '')).toMatchObject({ state: 'held', bills: [], documents: [] });
  });

  test('each is told once, as a draft', async () => {
    expect((await told()).sort()).toEqual(held.map((bcn) => `invoice.drafted ${bcn} ${PERIOD} 1`));
  });

  test('released in any order, each is issued that day: numbers without a gap, dates that rise, one email', async () => {
    const [a = '', b = '', c = ''] = held;
    await approve(b, 1, '2026-11-06T10:00:00Z', PERIOD, 3);
    await approve(c, 1, '2026-11-09T10:00:00Z');
    await approve(a, 1, '2026-11-10T10:00:00Z');
    expect((await issuedNumbers(carrier.legalEntityId)).slice(7)).toEqual([b, c, a]);
    expect(await told()).toEqual([
      `invoice.issued ${b} ${PERIOD} 2026-11-06`,
      `invoice.issued ${c} ${PERIOD} 2026-11-09`,
      `invoice.issued ${a} ${PERIOD} 2026-11-10`,
    ]);
    expect(await heldDraft(c, PERIOD)).toMatchObject({ state: 'issued', numbering: { issueDate: '2026-11-09', dueDate: '2026-12-09' } });
    expect(await seen(a, '2026-11-10T10:00:00Z')).toContain('invoice');
    const batches = [2, 3, 4].map((sequence) => `${PERIOD}.DE.${sequence}`);
    for (const bcn of held) expect(await mailsTo(bcn, ...batches)).toEqual(['invoice']);
    expect(await refusals('billing')).toEqual([]);
  });

  test('an answer that comes again changes nothing', async () => {
    await approve(held[0] ?? '', 1, '2026-11-11T10:00:00Z');
    expect(await told()).toEqual([]);
    expect(await issuedNumbers(carrier.legalEntityId)).toHaveLength(10);
  });

  test('later invoices of the same account are not held', async () => {
    setClock('2026-12-02T12:00:00Z');
    for (const bcn of carrier.bcns) await putBill(bcn, { ...GOOD, billId: `NOV-${bcn}` }, '2026-11');
    await complete('2026-11');
    await fire('prepare', '2026-12-03T01:00:00Z');
    await fire('publish', '2026-12-03T06:00:00Z');
    expect((await summaryOf('2026-11', 1)).counts).toMatchObject({ billed: 10, held: 0 });
  });
});

describe('new data', () => {
  useCloud();
  let carrier: Carrier;
  let bcn: string;

  beforeAll(async () => {
    carrier = await publishedMonth('N', 2, (bcns) => bcns.slice(1));
    bcn = carrier.bcns[1] ?? '';
    await told();
  });

  test('make a new version, and ask for no correction', async () => {
    await newBill(bcn, 1, '2026-11-05T10:00:00Z');
    expect(await told()).toEqual([`invoice.drafted ${bcn} ${PERIOD} 2`]);
    expect((await summaryOf(PERIOD, 1)).failures).toEqual([]);
    expect((await summaryOf(PERIOD, 2)).counts).toMatchObject({ held: 1, billed: 0 });
    // The batch issued nothing, so the carrier's ledger has nothing to read.
    expect(await getObject(bucketNamed('register'), `issued/${PERIOD}/DE-2.jsonl`)).toBeUndefined();
  });

  test('an answer to the version before is void', async () => {
    await approve(bcn, 1, '2026-11-05T11:00:00Z');
    expect(await told()).toEqual([]);
    expect(await issuedNumbers(carrier.legalEntityId)).toEqual([carrier.bcns[0]]);
  });

  test('a bill that cannot be printed voids the draft, with the reason', async () => {
    await newBill(bcn, 2, '2026-11-05T12:00:00Z', { net: '100.00', vat: '19.01', gross: '119.01' });
    const [event] = await eventsIn<InvoiceDrafted>('first-invoices.fifo');
    expect(event?.data).toMatchObject({ version: 3, fault: expect.stringContaining('19.01') });
    await approve(bcn, 3, '2026-11-05T13:00:00Z');
    expect(await issuedNumbers(carrier.legalEntityId)).toHaveLength(1);
  });

  test('that come between the approval and the number void the approval', async () => {
    await newBill(bcn, 3, '2026-11-06T10:00:00Z', GOOD);
    expect(await told()).toEqual([`invoice.drafted ${bcn} ${PERIOD} 4`]);
    setClock('2026-11-06T11:00:00Z');
    await putBill(bcn, { ...MORE, revision: 4 });
    await approve(bcn, 4, '2026-11-06T11:00:00Z');
    await say('billing.bills.changed', { period: PERIOD, bcns: [bcn] }, `${bcn}/4`);
    expect([...new Set(await told())]).toEqual([`invoice.drafted ${bcn} ${PERIOD} 5`]);
    expect(await issuedNumbers(carrier.legalEntityId)).toHaveLength(1);
    await approve(bcn, 5, '2026-11-06T12:00:00Z');
    expect(await told()).toEqual([`invoice.issued ${bcn} ${PERIOD} 2026-11-06`]);
    expect(await issuedNumbers(carrier.legalEntityId)).toEqual(carrier.bcns);
  });

  test('that another run found before the number was bound void the approval, too', async () => {
    const at = '2026-11-09T10:00:00Z';
    setClock(at);
    const other = await newcomer('V');
    const data = { schemaVersion: 1, bcn: other, period: PERIOD, version: 1, by: 'Anna Beispiel', reason: 'approved', approvedAt: at };
    await work('billing', ownEvent('invoice.approved', `${other}/1`, data, new Date(at)));
    await drain(['numbering.fifo']);
    const { version: _, ...draft } = (await heldDraft(other, PERIOD)) as HeldDraft;
    await keepDraft({ ...draft, fingerprint: 'of newer data' }, 99);
    await drain();
    expect(await bindingsOf([{ bcn: other, period: PERIOD, billId: `BILL-${other}` }])).toEqual(new Map());
    const failures = (await Array.fromAsync(summaries(PERIOD))).flatMap((summary) => summary.failures);
    const reason = `The draft of ${other} changed after it was approved: the newest version needs an answer of its own`;
    expect(failures).toContainEqual({ bcn: other, reason });
  });

  test('that come while the number is bound, but not published, void the approval, and are no fault', async () => {
    const at = '2026-11-10T10:00:00Z';
    const other = await newcomer('Y');
    setClock(at);
    await told();
    const data = { schemaVersion: 1, bcn: other, period: PERIOD, version: 1, by: 'Anna Beispiel', reason: 'approved', approvedAt: at };
    await work('billing', ownEvent('invoice.approved', `${other}/1`, data, new Date(at)));
    await drain(['render']);
    await putBill(other, { ...MORE, revision: 1 });
    await work('billing', ownEvent('billing.bills.changed', `${other}/1`, { period: PERIOD, bcns: [other] }, new Date(at)));
    await drain();
    expect([...new Set(await told())]).toEqual([`invoice.drafted ${other} ${PERIOD} 2`]);
    expect(await heldDraft(other, PERIOD)).toMatchObject({ version: 2, state: 'held', sequence: expect.any(Number) });
    expect((await heldDraft(other, PERIOD))?.fault).toBeUndefined();
    await approve(other, 2, '2026-11-10T12:00:00Z');
    expect(await told()).toEqual([`invoice.issued ${other} ${PERIOD} 2026-11-10`]);
    expect((await mailsTo(other, ...(await runIds()))).filter((kind) => kind === 'invoice')).toHaveLength(1);
  });

  const runIds = async () => (await Array.fromAsync(summaries(PERIOD))).map(({ run }) => run.runId);

  /** An account that comes after the month and is drafted by a rerun. */
  async function newcomer(suffix: string): Promise<string> {
    const late = await putCarrier(suffix, 1);
    await makeNew(late.bcns, late);
    for (const each of late.bcns) await putBill(each, GOOD);
    const asked = { period: PERIOD, bcns: late.bcns, reason: 'came late', requestedBy: 'Jane Clerk', resend: 'never' };
    await say('billing.run.requested', asked, `late/${suffix}`);
    return late.bcns[0] ?? '';
  }
});

describe('a first invoice that is still held when the next month comes', () => {
  useCloud();
  let carrier: Carrier;
  let bcn: string;

  beforeAll(async () => {
    carrier = await publishedMonth('W', 2, (bcns) => bcns.slice(1));
    bcn = carrier.bcns[1] ?? '';
    await told();
    setClock('2026-12-02T12:00:00Z');
    for (const each of carrier.bcns) await putBill(each, { ...GOOD, billId: `NOV-${each}` }, '2026-11');
    await complete('2026-11');
    await fire('prepare', '2026-12-03T01:00:00Z');
    await fire('publish', '2026-12-03T06:00:00Z');
  });

  test('lets the next one wait behind it without a number or a review', async () => {
    expect((await summaryOf('2026-11', 1)).counts).toMatchObject({ billed: 1, held: 1 });
    expect(await told()).toEqual([]);
    expect(await heldDraft(bcn, '2026-11')).toMatchObject({ state: 'held', version: 1 });
  });

  test('both are issued in order after the release', async () => {
    await approve(bcn, 1, '2026-12-04T10:00:00Z');
    expect(await told()).toEqual([`invoice.issued ${bcn} ${PERIOD} 2026-12-04`]);
    const bills = [
      { bcn, period: PERIOD, billId: `BILL-${bcn}` },
      { bcn, period: '2026-11', billId: `NOV-${bcn}` },
    ];
    const bound = await bindingsOf(bills);
    expect([...bound.values()].sort((a, b) => a.sequence - b.sequence).map(({ period }) => period)).toEqual([PERIOD, '2026-11']);
    expect(await seen(bcn, '2026-12-04T10:00:00Z', '2026-11')).toContain('invoice');
    expect(await mailsTo(bcn, `${PERIOD}.DE.2`, '2026-11.DE.2')).toEqual(['invoice', 'invoice']);
    await drain();
    expect(await told()).toEqual([]);
  });
});

describe('a first invoice that was rejected', () => {
  useCloud();
  let carrier: Carrier;
  let bcn: string;

  beforeAll(async () => {
    carrier = await publishedMonth('Z', 2, (bcns) => bcns.slice(1));
    bcn = carrier.bcns[1] ?? '';
    await nextMonth('2026-11', '2026-12-03');
    await told();
  });

  async function nextMonth(period: string, day: string): Promise<void> {
    setClock(`${day.slice(0, 8)}02T12:00:00Z`);
    for (const each of carrier.bcns) await putBill(each, { ...GOOD, billId: `${period}-${each}` }, period);
    await complete(period);
    await fire('prepare', `${day}T01:00:00Z`);
    await fire('publish', `${day}T06:00:00Z`);
  }

  async function reject(version: number): Promise<void> {
    const data = { schemaVersion: 1, bcn, period: PERIOD, version, by: 'Jane Clerk', reason: 'wrong customer' };
    for (let copy = 0; copy < 2; copy += 1) await say('invoice.rejected', data, `${bcn}/${PERIOD}/${version}`);
  }

  test('holds nothing up: what waited behind it gets a review of its own', async () => {
    setClock('2026-12-04T10:00:00Z');
    await reject(1);
    expect(await told()).toEqual([`invoice.drafted ${bcn} 2026-11 1`]);
  });

  test('is not issued when the next one is, and not by a rerun', async () => {
    await approve(bcn, 1, '2026-12-05T10:00:00Z', '2026-11');
    expect(await told()).toEqual([`invoice.issued ${bcn} 2026-11 2026-12-05`]);
    const asked = { period: PERIOD, bcns: [bcn], reason: 'once more', requestedBy: 'Jane Clerk', resend: 'never' };
    await say('billing.run.requested', asked, 'once-more');
    expect(await heldDraft(bcn, PERIOD)).toMatchObject({ state: 'held', version: 1 });
    expect(await seen(bcn, '2027-01-01T00:00:00Z')).toEqual([]);
    await told();
  });

  test('comes back with new data, and is issued by an answer of its own', async () => {
    await newBill(bcn, 1, '2026-12-07T10:00:00Z');
    expect(await told()).toEqual([`invoice.drafted ${bcn} ${PERIOD} 2`]);
    await reject(1);
    await approve(bcn, 2, '2026-12-08T10:00:00Z');
    expect(await told()).toEqual([`invoice.issued ${bcn} ${PERIOD} 2026-12-08`]);
  });
});

describe('three first invoices that wait for one another', () => {
  useCloud();

  test('are issued in order by one answer, and nothing is held after them', async () => {
    const carrier = await publishedMonth('T', 1, (bcns) => bcns);
    const [bcn = ''] = carrier.bcns;
    for (const [period, day] of [['2026-11', '2026-12-03'] as const, ['2026-12', '2027-01-06'] as const]) {
      setClock(`${day.slice(0, 8)}02T12:00:00Z`);
      await putBill(bcn, { ...GOOD, billId: `${period}-${bcn}` }, period);
      await complete(period);
      await fire('prepare', `${day}T01:00:00Z`);
      await fire('publish', `${day}T06:00:00Z`);
    }
    await approve(bcn, 1, '2027-01-07T10:00:00Z');
    const records = await Array.fromAsync(numbersOfSeries(`${carrier.legalEntityId}/invoice-2027`));
    expect(records.map(({ period }) => period)).toEqual([PERIOD, '2026-11', '2026-12']);
    expect((await Array.fromAsync(openDrafts())).filter((draft) => draft.bcn === bcn)).toEqual([]);
  });
});
