import { getItem, type Key, putItem } from '../aws/tables.ts';
import { countMessages, type MessageCounts } from '../messages/counts.ts';
import { isPublished, type Run, type Stage } from './run.ts';
import { partitionOf } from './run-store.ts';

// RUN#<run id> / MAIL: how many emails of a run were in each state when somebody counted them.

/** The emails of a run by state, as they were counted. Counting reads every one of them; a page reads this. */
export interface MailCount {
  readonly sk: typeof MAIL;
  readonly counts: MessageCounts;
  readonly countedAt: string;
  /** Of the run, when they were counted. */
  readonly stage: Stage;
}

const MAIL = 'MAIL';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** What is delivered is settled, but for bounces and people's decisions: they come in hours, then in days, then no more. */
const AFTERWARDS = [
  { within: 3 * DAY, every: HOUR },
  { within: 40 * DAY, every: DAY },
] as const;

/** True when the emails of a run are to be counted again. */
export function isToBeCounted({ stage, publishedAt }: Run, known: Pick<MailCount, 'countedAt' | 'stage'> | undefined, now: Date): boolean {
  if (!isPublished(stage) || publishedAt === undefined) return false;
  if (!known || known.stage !== stage || stage !== 'delivered') return true;
  const since = now.getTime() - Date.parse(publishedAt);
  const every = AFTERWARDS.find(({ within }) => since <= within)?.every;
  return every !== undefined && now.getTime() - Date.parse(known.countedAt) >= every;
}

/** Counts the emails of a run, when it is time to, and keeps what came out. */
export async function keepMailCount(run: Run, now: Date): Promise<void> {
  const key = mailKey(run.runId);
  if (!isPublished(run.stage) || !isToBeCounted(run, await getItem<MailCount>('billing', key), now)) return;
  const counts = await countMessages(run.runId);
  await putItem('billing', { ...key, counts, countedAt: now.toISOString(), stage: run.stage });
}

export function mailKey(runId: string): Key & { readonly sk: typeof MAIL } {
  return { pk: partitionOf(runId), sk: MAIL };
}
