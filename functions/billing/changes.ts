import pLimit from 'p-limit';
import { type CalendarCode, isCalendar } from '../calendars/calendars.ts';
import { getBillingAccounts, getCustomers, legalEntities } from '../directory/read.ts';
import { afterIssue } from './after-issue.ts';
import { askedMonth } from './asked-month.ts';
import { correctionsOf, keepCorrections } from './corrections.ts';
import { heldDraft } from './held-drafts.ts';
import { openMonth } from './open-run.ts';
import { noteChanges } from './passes.ts';
import { isPublished, mayKnow, type Run, runIdOf } from './run.ts';
import { findRun, listRuns } from './run-store.ts';
import { settle } from './settle.ts';

const PARALLEL = 8;

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

/**
 * Compares the bills of published accounts with what was issued of them, and keeps what a person has to do. Asked again, it is the same.
 * Accounts that no publication of the calendar knows are left out.
 */
async function noteCorrections(period: string, calendar: CalendarCode, bcns: readonly string[], cause: string, now: Date): Promise<void> {
  const runs = await Array.fromAsync(listRuns(period, calendar));
  if (!runs.some((run) => isPublished(run.stage) && mayKnow(run, bcns))) return;
  const accounts = await getBillingAccounts(bcns);
  const limit = pLimit(PARALLEL);
  await Promise.all(accounts.map(({ bcn, ocn }) => limit(() => noteCorrection({ period, calendar, bcn, ocn, cause }, now))));
}

/** The same after a late batch: under the calendar that issued, and the one that an account follows by now. */
export async function compareWithIssued(period: string, calendar: CalendarCode, bcns: readonly string[], cause: string, now: Date) {
  const calendars = new Set([calendar, ...(await byCalendar(bcns)).keys()]);
  for (const each of calendars) await noteCorrections(period, each, bcns, cause, now);
}

async function noteCorrection(
  about: { period: string; calendar: CalendarCode; bcn: string; ocn: string; cause: string },
  now: Date,
): Promise<void> {
  const { period, calendar, bcn } = about;
  const found = await afterIssue(period, bcn);
  // A first invoice that waits for an answer is drafted anew; it was not issued, so nothing is to be corrected.
  if (!found.some((each) => each.kind !== 'late') && (await isHeld(bcn, period))) return;
  await keepCorrections(about, found, await Array.fromAsync(correctionsOf(period, calendar, bcn)), now);
}

async function isHeld(bcn: string, period: string): Promise<boolean> {
  const draft = await heldDraft(bcn, period);
  return draft !== undefined && draft.state !== 'issued';
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
