import { getItems } from '../aws/tables.ts';
import type { MessageCounts } from '../messages/counts.ts';
import { type MailCount, mailKey } from './mail-counts.ts';
import { NO_RUN_TALLY, type RunTally, tallyKey } from './passes.ts';
import { type Run, type RunState, stateOf } from './run.ts';

/** A run's accounts: every one is in exactly one of them. */
export interface AccountNumbers {
  readonly all: number;
  readonly prepared: number;
  readonly withoutBill: number;
  readonly held: number;
  readonly parked: number;
  /** The run has not come to them yet. */
  readonly toDo: number;
}

/** A run's emails: every one is in exactly one of them. */
export interface MailNumbers {
  readonly all: number;
  readonly delivered: number;
  /** Queued, being sent, or with the recipient's mail server. */
  readonly onTheirWay: number;
  readonly deferred: number;
  readonly held: number;
  readonly bounced: number;
  readonly skipped: number;
  /** Nobody will ever know whether they left. */
  readonly inDoubt: number;
  readonly countedAt: string;
}

/** What a person sees of a run in one line. */
export interface RunGlance {
  readonly run: Run;
  readonly state: RunState;
  readonly accounts: AccountNumbers;
  readonly documents: number;
  /** Missing until the run's emails were counted for the first time. */
  readonly mail: MailNumbers | undefined;
}

/** Looks at up to fifty runs: one read of two small items for each. */
export async function glancesOf(runs: readonly Run[]): Promise<RunGlance[]> {
  const keys = runs.flatMap(({ runId }) => [tallyKey(runId), mailKey(runId)]);
  const items = await getItems<{ pk: string; sk: string } & Partial<RunTally> & Partial<MailCount>>('billing', keys);
  const found = new Map(items.map((item) => [`${item.pk}/${item.sk}`, item]));
  return runs.map((run) => {
    const { pk, sk } = tallyKey(run.runId);
    const tally: RunTally = { ...NO_RUN_TALLY, ...found.get(`${pk}/${sk}`) };
    const counted = found.get(`${pk}/${mailKey(run.runId).sk}`);
    const mail = counted?.counts && counted.countedAt ? mailNumbers(counted.counts, counted.countedAt) : undefined;
    return { run, state: shownState(run, tally, mail), accounts: accountNumbers(tally), documents: tally.documents, mail };
  });
}

/** Accounts by what a run made of them. */
export function accountNumbers({ accounts, billed, withoutBill, held, parked }: RunTally): AccountNumbers {
  return { all: accounts, prepared: billed, withoutBill, held, parked, toDo: Math.max(0, accounts - billed - withoutBill - held - parked) };
}

/** Emails by what became of them. */
export function mailNumbers(counts: MessageCounts, countedAt: string): MailNumbers {
  const { delivered, deferred, held, skipped } = counts;
  const onTheirWay = counts.queued + counts.claimed + counts.unknown + counts.submitted + counts.delayed;
  const bounced = counts.bounced + counts.complained;
  const inDoubt = counts['in doubt'];
  const all = delivered + onTheirWay + deferred + held + bounced + skipped + inDoubt;
  return { all, delivered, onTheirWay, deferred, held, bounced, skipped, inDoubt, countedAt };
}

/** A run whose last email has left is delivered, even before the sweep says so. */
function shownState(run: Run, { chunks, delivered }: RunTally, mail: MailNumbers | undefined): RunState {
  const isOver =
    run.stage === 'delivering' && !run.brake && delivered >= chunks && mail !== undefined && mail.onTheirWay + mail.deferred === 0;
  return isOver ? 'delivered' : stateOf(run);
}
