import { queueUrlOf } from '../aws/environment.ts';
import { expression } from '../aws/expression.ts';
import { sendEvent } from '../aws/queues.ts';
import { getItem, getItems, type Key, transact, type Write } from '../aws/tables.ts';
import { accountPage } from '../directory/account-pages.ts';
import { ownEvent } from '../events/cloud-event.ts';
import { PassingError } from '../events/failure.ts';
import { CHUNK_SIZE, type Chunk, chunkKey, NO_TALLY } from './chunk.ts';
import { chunksInto } from './chunking.ts';
import type { RunPlan } from './events.ts';
import { sendChunks, sendOpenChunks } from './hand-chunks.ts';
import { grown, passOf, planned, tallyOf } from './passes.ts';
import { plannedAccounts, planRepair } from './repair.ts';
import { isBeingPrepared, type Run } from './run.ts';
import { getRun, partitionOf } from './run-store.ts';
import { settle } from './settle.ts';
import { whileThere } from './take-back.ts';

/** Chunks that a redating page takes: all of them fit one transaction. */
const REDATED_A_PAGE = 60;

/** What a page of the plan came to; written with its chunks, so that a second delivery reads it instead of planning anew. */
interface PlannedPage {
  readonly chunks: number;
  /** Where the next page begins; missing on the last. */
  readonly cursor?: string | undefined;
  readonly last: boolean;
}

/**
 * Plans one page of a run: accounts become chunks, chunks become messages, and the next page is asked for.
 * A million accounts are only more pages. A page that is delivered again sends its messages again and changes nothing.
 */
export async function planPage({ runId, pass, cursor, first }: RunPlan, cause: string, now: Date): Promise<void> {
  const run = await getRun(runId);
  if (run.pass !== pass || run.brake?.kind === 'stop' || !isBeingPrepared(run)) return;
  if (run.passKind === 'repair') {
    if ((await passOf(run)) !== undefined) await sendOpenChunks(run, now);
    if (run.stage === 'planning') await whileThere(() => planRepair(run, now));
    return settle(runId, cause, now);
  }
  const page = (await plannedPage(run, first, cursor)) ?? (await commitPage(run, first, cursor, now));
  await sendChunks(run, first, page.chunks, now);
  if (page.last) return settle(runId, cause, now);
  const next = first + page.chunks;
  const key = `${runId}/${pass}/${next}/${page.cursor ?? ''}`;
  await sendEvent(queueUrlOf('billing'), {
    event: ownEvent('billing.run.plan', key, { runId, pass, first: next, cursor: page.cursor }, now),
  });
}

async function commitPage(run: Run, first: number, cursor: string | undefined, now: Date): Promise<PlannedPage> {
  const { page, writes, accounts } = run.passKind === 'redate' ? await redated(run, first) : await discovered(run, first, cursor);
  const key: Key = pageKey(run, first, cursor);
  const failed = await transact([
    { table: 'billing', put: { ...key, ...page }, when: expression`attribute_not_exists(#pk)` },
    planned(run.runId, run.pass, page.chunks, page.last, now),
    ...(accounts > 0 ? [grown(run.runId, page.chunks, accounts)] : []),
    ...writes,
  ]);
  const known = failed.length > 0 ? await plannedPage(run, first, cursor) : page;
  if (!known) throw new PassingError(`Page ${first} of ${run.runId} could not be planned: its chunks moved`);
  return known;
}

/** The next accounts: of the directory's calendar, or those that a rerun named. */
async function discovered(run: Run, first: number, cursor: string | undefined) {
  const found = run.request?.bcns ? { accounts: await plannedAccounts(run.request.bcns) } : await accountPage(run.calendar, cursor);
  const chunks = chunksInto(found.accounts, CHUNK_SIZE);
  const next = 'cursor' in found ? found.cursor : undefined;
  const page: PlannedPage = { chunks: chunks.length, cursor: next, last: next === undefined };
  const writes = chunks.map(({ legalEntityId, accounts }, index): Write => {
    const chunk: Chunk = { chunk: first + index, legalEntityId, accounts, pass: run.pass, state: 'planned', tally: NO_TALLY };
    return { table: 'billing', put: { ...chunkKey(run.runId, chunk.chunk), ...chunk }, when: expression`attribute_not_exists(#pk)` };
  });
  return { page, writes, accounts: found.accounts.length };
}

/** The next chunks, from their numbers on: the figures stand, the issue date on the paper changes. */
async function redated(run: Run, first: number) {
  const { chunks } = await tallyOf(run.runId);
  const numbers = Array.from({ length: Math.max(0, Math.min(REDATED_A_PAGE, chunks - first + 1)) }, (_, index) => first + index);
  const found = await getItems<Chunk>(
    'billing',
    numbers.map((number) => chunkKey(run.runId, number)),
  );
  const page: PlannedPage = { chunks: numbers.length, last: first + numbers.length > chunks };
  const writes = found.map((chunk): Write => {
    const open: Chunk = { ...chunk, pass: run.pass, state: 'prepared', only: undefined };
    return {
      table: 'billing',
      put: { ...chunkKey(run.runId, chunk.chunk), ...open },
      when: expression`#state = ${'done'} AND #pass < ${run.pass}`,
    };
  });
  return { page, writes, accounts: 0 };
}

function plannedPage(run: Run, first: number, cursor?: string): Promise<PlannedPage | undefined> {
  return getItem<PlannedPage>('billing', pageKey(run, first, cursor));
}

function pageKey({ runId, pass }: Run, first: number, cursor: string | undefined): Key {
  return { pk: partitionOf(runId), sk: `PAGE#${pass}#${first}#${cursor ?? ''}` };
}
