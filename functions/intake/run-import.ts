import { queueUrlOf } from '../aws/environment.ts';
import { count } from '../aws/log.ts';
import { listObjects } from '../aws/objects.ts';
import { sendEvent } from '../aws/queues.ts';
import { KINDS, type KindName } from '../directory/kinds.ts';
import { ownEvent } from '../events/cloud-event.ts';
import { PermanentError } from '../events/failure.ts';
import { announce } from './announce.ts';
import { importBills } from './bills.ts';
import { importCompletions } from './completions.ts';
import { importConsents } from './consents.ts';
import { type Announcement, advance, enter, type ImportState, openImport, takeOver } from './import-state.ts';
import { importPayments } from './payments.ts';
import type { Progress, StepWork } from './progress.ts';
import { importRecords } from './records.ts';
import { writeReport } from './report.ts';
import { survey } from './survey.ts';
import { importUsage } from './usage.ts';

/** The step of an import that is over. */
export const FINISHED = 'finished';

/** What the import needs to know of the function it runs in. */
export interface Shift {
  readonly now: Date;
  /** Milliseconds until the function is stopped. */
  readonly timeLeft: () => number;
}

/** What one piece may take at the most, with room to spare. */
const LONGEST_PIECE = 60_000;
const SURVEY = 'survey';
const CONSENTS = 'consents';
const PAYMENTS = 'payments';
const ANNOUNCE = 'announce';
const REPORT = 'report';

/**
 * Imports the export that an event announces, from where it stands: at the beginning, or where a worker before this one
 * stopped. Near the function's time limit it hands over to a successor by `intake.continued`.
 * @throws PermanentError when nothing lies there
 */
export async function startImport(announcement: Announcement, shift: Shift): Promise<void> {
  const { importId, step } = await openImport(announcement, SURVEY, shift.now);
  if (step === FINISHED) return;
  const first = await listObjects(announcement.bucket, announcement.prefix).next();
  if (first.done) {
    throw new PermanentError(
      `prefix is ${JSON.stringify(announcement.prefix)}: the prefix of an export is expected, no object lies there`,
      'prefix',
    );
  }
  await continueImport(importId, shift);
}

/**
 * Goes on with an import.
 * @throws PermanentError when there is no such import
 */
export async function continueImport(importId: string, shift: Shift): Promise<void> {
  let state = await takeOver(importId);
  if (!state)
    throw new PermanentError(`importId is ${JSON.stringify(importId)}: the id of an import that has begun is expected`, 'importId');
  let again = true;
  while (state.step !== FINISHED) {
    if (state.step === REPORT) {
      state = await finish(state, shift.now);
      continue;
    }
    const done = await runStep(state, again, shift);
    if (!done.over) return handOver(done.state, shift.now);
    state = await enter(done.state, stepAfter(done.state));
    again = false;
  }
}

/** Runs the step at work until it is over or the time is. */
async function runStep(before: ImportState, again: boolean, shift: Shift): Promise<{ state: ImportState; over: boolean }> {
  let state = before;
  for await (const progress of stepOf(state, again)) {
    state = await advance(state, progress);
    if (shift.timeLeft() < LONGEST_PIECE) return { state, over: false };
  }
  return { state, over: true };
}

function stepOf(state: ImportState, again: boolean): AsyncGenerator<Progress> {
  const work: StepWork = { ...state, again };
  const [name = '', detail = ''] = state.step.split(' ');
  switch (name) {
    case 'records':
      return importRecords(work, detail as KindName);
    case CONSENTS:
      return importConsents(work);
    case 'bills':
      return importBills(work, detail);
    case 'usage':
      return importUsage(work, detail);
    case 'completions':
      return importCompletions(work, detail);
    case PAYMENTS:
      return importPayments(work);
    case ANNOUNCE:
      return announce(work);
    default:
      return survey(work);
  }
}

/** What others refer to comes before them, what calls a period complete at the end. */
function stepAfter({ step, periods }: ImportState): string {
  const steps = [
    SURVEY,
    ...Object.keys(KINDS).map((name) => `records ${name}`),
    CONSENTS,
    ...periods.flatMap((period) => [`bills ${period}`, `usage ${period}`]),
    ...periods.map((period) => `completions ${period}`),
    PAYMENTS,
    ANNOUNCE,
    REPORT,
  ];
  return steps[steps.indexOf(step) + 1] ?? REPORT;
}

async function finish(state: ImportState, now: Date): Promise<ImportState> {
  const { rejected } = await writeReport(state, now);
  const finished = await enter(state, FINISHED, now);
  if (rejected > 0) count('ImportRejected', rejected);
  return finished;
}

async function handOver({ importId, bytes, worker }: ImportState, now: Date): Promise<void> {
  const event = ownEvent('intake.continued', `${importId}/${bytes.done}/${worker}`, { importId }, now);
  await sendEvent(queueUrlOf('intake'), { event });
}
