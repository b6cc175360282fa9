import { type CalendarCode, isCalendar } from '../calendars/calendars.ts';
import { getBillingAccounts, getCustomers, legalEntities } from '../directory/read.ts';
import type { AccountBill } from './account.ts';
import { askedMonth } from './asked-month.ts';
import { accountRecords } from './chunk.ts';
import { correctionReason, lateReason, recordCorrection } from './corrections.ts';
import { openMonth } from './open-run.ts';
import { noteChanges } from './passes.ts';
import { inputOf, type ReceivedBill } from './received.ts';
import { isPublished, type Run, runIdOf } from './run.ts';
import { findRun, listRuns } from './run-store.ts';
import { settle } from './settle.ts';

const BATCH = 100;

/**
 * Bills came, or changed. Before publication their accounts are prepared again (the same number, a new version where bytes
 * changed); after it an issued figure is never touched: a correction task is kept. What did not change is silent.
 */
export async function billsChanged(period: string, bcns: readonly string[], cause: string, now: Date): Promise<void> {
  for (const [calendar, ofCalendar] of await byCalendar(bcns)) {
    for await (const run of listRuns(period, calendar)) {
      if (run.stage !== 'waiting-for-input' && !isPublished(run.stage)) await noteStale(run, ofCalendar, cause, now);
    }
    // Read again: what was published in between could no longer be prepared again.
    await noteCorrections(period, calendar, ofCalendar, cause, now);
  }
}

/** A late batch only looks at the accounts that it was asked for. */
async function noteStale(run: Run, bcns: readonly string[], cause: string, now: Date): Promise<void> {
  const wanted = run.request?.bcns;
  const concerned = wanted ? bcns.filter((bcn) => wanted.includes(bcn)) : bcns;
  if (concerned.length === 0) return;
  await noteChanges(run.runId, concerned, cause, false);
  await settle(run.runId, cause, now);
}

async function noteCorrections(period: string, calendar: CalendarCode, bcns: readonly string[], cause: string, now: Date): Promise<void> {
  const published = (await Array.fromAsync(listRuns(period, calendar))).filter(({ stage }) => isPublished(stage));
  if (published.length === 0) return;
  for (let from = 0; from < bcns.length; from += BATCH) {
    const some = bcns.slice(from, from + BATCH);
    const records = await Promise.all(published.map(({ runId }) => accountRecords(runId, some)));
    for (const bcn of some) {
      const issued = records.flatMap((ofRun) => ofRun.get(bcn)?.bills ?? []);
      // A first invoice that waits for an answer is drafted anew; it was not issued, so nothing is to be corrected.
      if (issued.length === 0 && records.some((ofRun) => ofRun.get(bcn)?.draft)) continue;
      const { bills } = await inputOf(period, bcn);
      for (const task of tasksOf(bills, issued)) await recordCorrection(period, calendar, { bcn, ...task, cause, at: now.toISOString() });
    }
  }
}

/** Issued bills that are not what was issued any more, and bills that came too late to be issued with the others. */
function tasksOf(received: readonly ReceivedBill[], issued: readonly AccountBill[]): { billId: string; reason: string }[] {
  return received.flatMap(({ billId, sha256 }) => {
    const before = issued.find((bill) => bill.billId === billId);
    if (!before) return [{ billId, reason: lateReason(billId) }];
    return before.sha256 === sha256 ? [] : [{ billId, reason: correctionReason(billId, before.number) }];
  });
}

/**
 * The carrier's systems said that a calendar's period is complete: a run that waits for it begins at once. So does a month whose
 * morning came before anybody followed the calendar.
 */
export async function periodCompleted(period: string, calendar: CalendarCode, cause: string, now: Date): Promise<void> {
  const runId = runIdOf(period, calendar, 1);
  if (!(await findRun(runId))) {
    const asked = await askedMonth(period, calendar);
    if (!asked) return;
    await openMonth(period, calendar, asked.dueOn, cause, now);
  }
  await settle(runId, cause, now);
}

/** Accounts by the billing calendar that they follow; those that the directory does not know are left out. */
export async function byCalendar(bcns: readonly string[]): Promise<Map<CalendarCode, string[]>> {
  const accounts = await getBillingAccounts(bcns);
  const customers = new Map((await getCustomers([...new Set(accounts.map(({ ocn }) => ocn))])).map((customer) => [customer.ocn, customer]));
  const entities = new Map((await legalEntities()).map((entity) => [entity.legalEntityId, entity]));
  const calendars = new Map<CalendarCode, string[]>();
  for (const { bcn, ocn, calendar } of accounts) {
    const code = calendar ?? entities.get(customers.get(ocn)?.legalEntityId ?? '')?.calendar;
    if (code && isCalendar(code)) calendars.set(code, [...(calendars.get(code) ?? []), bcn]);
  }
  return calendars;
}
