import pLimit from 'p-limit';
import { record } from '../../functions/audit/trail.ts';
import { transact } from '../../functions/aws/tables.ts';
import type { AccountRecord } from '../../functions/billing/account.ts';
import { accountWrites, NO_TALLY } from '../../functions/billing/chunk.ts';
import { keepMailCount } from '../../functions/billing/mail-counts.ts';
import { batchRun, openMonth } from '../../functions/billing/open-run.ts';
import { finished, grown } from '../../functions/billing/passes.ts';
import { changeRun, createRun } from '../../functions/billing/run-store.ts';
import { CALENDARS, type CalendarCode } from '../../functions/calendars/calendars.ts';
import { keepApproval } from '../../functions/console/approval-store.ts';
import { CROWD, padded } from '../functions/console/crowd.ts';

const PERIOD = '2026-10';
const CALENDAR = 'DE';
const PUBLISHED = '2026-11-04T06:00:00.000Z';
const PARKED = 500;
/** Late batches, each of which knows the same account. */
const BATCHES = 60;
const ACTS = 300;
const CHUNK = 25;
const DELIVERED = { delivered: { net: '982.28', gross: '1168.92' }, bills: 1, doubtful: true };
const together = pLimit(24);
const times = (count: number, act: (n: number) => Promise<unknown>) =>
  Promise.all(Array.from({ length: count }, (_, n) => together(() => act(n))));

/** A month of every calendar; one of them with so many accounts, parked ones, late batches, and what people did about it. */
export async function putMonthOf(accounts: number, now: Date): Promise<void> {
  for (const calendar of Object.keys(CALENDARS) as CalendarCode[]) await openMonth(PERIOD, calendar, '2026-11-04', 'bench', now);
  const month = await openMonth(PERIOD, CALENDAR, '2026-11-04', 'bench', now);
  const tally = { billed: accounts - PARKED - 80, withoutBill: 0, parked: PARKED, held: 80, documents: accounts * 3 };
  await transact([grown(month.runId, accounts / CHUNK, accounts)]);
  await transact(finished(month.runId, 1, NO_TALLY, tally, 0, now));
  const published = await changeRun(month, { ...month, stage: 'delivering', publishedAt: PUBLISHED }, 'bench', now);
  if (published) await keepMailCount(published, now);
  await times(PARKED, (n) => transact(accountWrites(month.runId, parkedAccount(`B90${padded(n + 1)}`, Math.floor(n / CHUNK)), undefined)));
  await times(BATCHES, async (n) => {
    const request = {
      eventId: `bench-${n}`,
      bcns: [CROWD.bcn],
      reason: 'bill corrected',
      requestedBy: 'Jane Clerk',
      resend: 'never',
    } as const;
    const batch = batchRun(month, n + 2, request, now);
    await createRun({ ...batch, stage: 'delivered', publishedAt: PUBLISHED }, 'bench', now);
    await transact(accountWrites(batch.runId, parkedAccount(CROWD.bcn, 0), undefined));
  });
  await times(ACTS, putAct(now));
}

function putAct(now: Date): (n: number) => Promise<unknown> {
  const doer = { by: 'Jane Clerk', reason: 'bench' };
  const subject = { period: PERIOD, calendar: CALENDAR };
  return async (n) => {
    await record({ actId: `bench-${n}`, what: 'run.hold', doer, subject, after: { state: 'held' } }, now);
    const asked = {
      what: 'run.release',
      input: {},
      subject,
      sentence: `Release number ${n}`,
      extent: { accounts: 10_000, emails: 0 },
    } as const;
    await keepApproval({ ...asked, askedBy: { subject: 'bench', name: 'Jane Clerk' }, reason: 'bench' }, now);
  };
}

function parkedAccount(bcn: string, chunk: number): AccountRecord {
  return {
    bcn,
    ocn: CROWD.ocn,
    legalEntityId: 'NL-DE',
    chunk,
    state: 'parked',
    reason: 'VAT S 19 % is 186.64 in taxItem, 186.63 is 19 % of 982.28.',
    fingerprint: 'bench',
    bills: [],
    documents: [],
    figures: { bcn, currency: 'EUR', active: true, billed: false, parked: true, net: {}, before: undefined, vat: [], ...DELIVERED },
  };
}
