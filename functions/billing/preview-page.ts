import { accountPage } from '../directory/account-pages.ts';
import { CHUNK_SIZE, getChunk } from './chunk.ts';
import type { PlannedAccount } from './chunking.ts';
import { MOST_ACCOUNTS, type RunRequested } from './events.ts';
import { tallyOf } from './passes.ts';
import { type AccountPreview, previewOf, runOf } from './preview.ts';
import { plannedAccounts } from './repair.ts';
import { type MonthAsked, monthsAsked } from './rerun-accounts.ts';
import { isPublished } from './run.ts';

/** Accounts that are tried at a time: each is prepared and rendered, which takes some tenths of a second. */
export const TRIED_AT_ONCE = CHUNK_SIZE;

/** What a rerun would do with some of its accounts. */
export interface PreviewPage {
  readonly accounts: readonly AccountPreview[];
  /** Hand back as `after`; missing on the last page. */
  readonly next?: string | undefined;
}

/** Some accounts, and where in the month the rest begins. */
interface Some {
  readonly accounts: readonly PlannedAccount[];
  readonly next?: string | undefined;
}

/**
 * A page of what a rerun would do; nothing of it is done.
 * @param after where the page before it ended
 * @throws PermanentError when the rerun would be refused, with the reason
 */
export async function previewPage(asked: RunRequested, after: string | undefined, now: Date): Promise<PreviewPage> {
  const months = await monthsAsked(asked);
  const [, index = '0', place = ''] = /^(\d{1,3}) (.*)$/.exec(after ?? '') ?? [];
  const each = months[Number(index)];
  if (!each) return { accounts: [] };
  const some = await someOf(each, place);
  const accounts = await Array.fromAsync(previewOf(await runOf(each, { resend: asked.resend }, now), some.accounts));
  const following = Number(index) + 1 < months.length ? `${Number(index) + 1} ` : undefined;
  return { accounts, next: some.next === undefined ? following : `${index} ${some.next}` };
}

/**
 * How many accounts a rerun is about, and the request as it means them now: who is parked is named, so that what is done later is what was meant.
 * @throws PermanentError when the rerun would be refused, with the reason
 */
export async function rerunExtent(asked: RunRequested): Promise<{ accounts: number; meant: RunRequested }> {
  const months = await monthsAsked(asked);
  const counts = await Promise.all(months.map(async ({ month, bcns }) => bcns?.length ?? (await tallyOf(month.runId)).accounts));
  const bcns = months.flatMap((each) => each.bcns ?? []).sort();
  const { only, ...others } = asked;
  const meant = only && bcns.length <= MOST_ACCOUNTS ? { ...others, bcns, ocns: undefined } : asked;
  return { accounts: counts.reduce((sum, n) => sum + n, 0), meant };
}

/** Named accounts by their place in the list, a month's by its chunks, those of a published month by the directory's pages. */
async function someOf({ month, bcns }: MonthAsked, place: string): Promise<Some> {
  if (bcns) {
    const from = Number.parseInt(place, 10) || 0;
    const next = from + TRIED_AT_ONCE < bcns.length ? String(from + TRIED_AT_ONCE) : undefined;
    // The directory answers in an order of its own, another one each time.
    return { accounts: await plannedAccounts([...bcns].sort().slice(from, from + TRIED_AT_ONCE)), next };
  }
  if (!isPublished(month.stage)) return someOfChunks(month.runId, Number.parseInt(place, 10) || 1);
  const [, from = '0', cursor = ''] = /^(\d{1,4}) (.*)$/.exec(place) ?? [];
  const page = await accountPage(month.calendar, cursor === '' ? undefined : cursor);
  const end = Number(from) + TRIED_AT_ONCE;
  const following = page.cursor === undefined ? undefined : `0 ${page.cursor}`;
  return { accounts: page.accounts.slice(Number(from), end), next: end < page.accounts.length ? `${end} ${cursor}` : following };
}

async function someOfChunks(runId: string, number: number): Promise<Some> {
  const { chunks } = await tallyOf(runId);
  if (number > chunks) return { accounts: [] };
  const { legalEntityId, accounts } = await getChunk(runId, number);
  return { accounts: accounts.map((account) => ({ ...account, legalEntityId })), next: number < chunks ? String(number + 1) : undefined };
}
