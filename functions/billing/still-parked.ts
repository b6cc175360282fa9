import { accountRecords, parkedAccounts, someParked } from './chunk.ts';
import { isPublished, mayKnow, type Run } from './run.ts';
import { listRuns } from './run-store.ts';

const BATCH = 100;

/** An account of a run that is parked, with its reason. */
export interface Parked {
  readonly bcn: string;
  readonly reason: string;
}

/** The accounts that a run parked, without those that a later publication of the period looked at and did not park. */
export async function stillParked(run: Run): Promise<Parked[]> {
  const parked = (await Array.fromAsync(parkedAccounts(run.runId))).map(({ bcn, reason }) => ({ bcn, reason }));
  return isPublished(run.stage) ? withoutLaterIssue(run, parked) : parked;
}

/** Some of the accounts that a run parked, and where the rest begins. */
export interface ParkedPage {
  readonly parked: readonly Parked[];
  readonly next?: string | undefined;
}

/**
 * Up to fifty accounts that a run parked, without those that a later publication did not park.
 * @param after the BCN at which the page before it ended
 */
export async function parkedPage(run: Run, after: string | undefined): Promise<ParkedPage> {
  const { items, next } = await someParked(run.runId, after);
  return { parked: isPublished(run.stage) ? await withoutLaterIssue(run, items) : items, next };
}

/** Everybody who is parked in the runs of a period and calendar, by BCN, once. */
export async function parkedOf(period: string, calendar: string): Promise<string[]> {
  const bcns = new Set<string>();
  for await (const run of listRuns(period, calendar)) for (const { bcn } of await stillParked(run)) bcns.add(bcn);
  return [...bcns].sort();
}

async function withoutLaterIssue(run: Run, parked: readonly Parked[]): Promise<Parked[]> {
  const issued = new Set<string>();
  for await (const later of listRuns(run.period, run.calendar)) {
    if (later.sequence <= run.sequence || !isPublished(later.stage)) continue;
    for (let from = 0; from < parked.length; from += BATCH) {
      const bcns = parked.slice(from, from + BATCH).map(({ bcn }) => bcn);
      if (!mayKnow(later, bcns)) continue;
      for (const { bcn, state } of (await accountRecords(later.runId, bcns)).values()) if (state !== 'parked') issued.add(bcn);
    }
  }
  return parked.filter(({ bcn }) => !issued.has(bcn));
}
