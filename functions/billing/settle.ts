import { count } from '../aws/log.ts';
import { machineTime } from '../aws/stopwatch.ts';
import { CALENDARS } from '../calendars/calendars.ts';
import { localDate } from '../calendars/dates.ts';
import { openPublication, publish } from '../documents/records.ts';
import { concludeRun } from './control-report.ts';
import { sendPlan } from './hand-chunks.ts';
import { queueDeliveries, queueRegister } from './handover.ts';
import { queuePrint } from './make-print-batch.ts';
import { type Act, nextAct } from './next-act.ts';
import { progressOf } from './progress.ts';
import { enter, isIn, type PassKind, type Run, type Stage, type StageAfter } from './run.ts';
import { changeRun, getRun } from './run-store.ts';

/** A publication this much after its hour is late (the contract: visible by 07:01). */
const LATE_AFTER = 60_000;

/**
 * Takes a run as far as it can go now. Safe to call at any time, by anybody, as often as they like: every step is a
 * conditional write on the run as it was read.
 * @param cause the event, schedule or person whose news this is
 */
export async function settle(runId: string, cause: string, now: Date): Promise<void> {
  for (;;) {
    const run = await getRun(runId);
    const today = localDate(now, CALENDARS[run.calendar].timeZone);
    const act = nextAct(run, await progressOf(run), today, now);
    if (!(await perform(act, run, { cause, today, now }))) return;
  }
}

interface Moment {
  readonly cause: string;
  readonly today: string;
  readonly now: Date;
}

/** Does one act. Answers whether there may be another one to do at once. */
async function perform(act: Act, run: Run, moment: Moment): Promise<boolean> {
  switch (act.kind) {
    case 'wait':
      return false;
    case 'plan':
      return plan(run, moment);
    case 'send-plan':
      await sendPlan(run, moment.now);
      return false;
    case 'prepared':
      return step(run, 'planning', 'preparing', moment);
    case 'repair':
      return again(run, 'repair', run.issueDate, moment);
    case 'redate':
      return again(run, 'redate', moment.today, moment);
    case 'conclude':
      return conclude(run, moment);
    case 'accept-release':
      return step(run, 'awaiting-release', 'ready', moment);
    case 'publish':
      return publishRun(run, moment);
    case 'queue-deliveries':
      return handOver(run, moment);
    case 'finish':
      return step(run, 'delivering', 'delivered', moment);
  }
}

async function step<From extends Stage>(run: Run, from: From, to: StageAfter<From>, { cause, now }: Moment): Promise<boolean> {
  if (isIn(run, from)) await changeRun(run, enter(run, to, machineTime()), cause, now);
  return true;
}

/** The run begins. Its publication exists from here on, so that documents can belong to it. */
async function plan(run: Run, { cause, today, now }: Moment): Promise<boolean> {
  if (!isIn(run, 'waiting-for-input')) return true;
  await openPublication({ publicationId: run.runId, period: run.period, calendar: run.calendar }, now);
  const issueDate = today > run.dueOn ? today : run.dueOn;
  await changeRun(run, { ...enter(run, 'planning', machineTime()), pass: 1, passKind: 'plan', issueDate }, cause, now);
  return true;
}

/**
 * Goes through chunks again: those whose bills changed, or all because the issue date did. A release was about the figures
 * that a person saw, so it does not outlive a repair.
 */
async function again(run: Run, passKind: PassKind, issueDate: string, { cause, now }: Moment): Promise<boolean> {
  const planning =
    isIn(run, 'ready') || isIn(run, 'preparing') || isIn(run, 'awaiting-release') ? enter(run, 'planning', machineTime()) : run;
  const released = passKind === 'repair' ? undefined : run.released;
  await changeRun(run, { ...planning, pass: run.pass + 1, passKind, issueDate, released }, `${cause} (${passKind})`, now);
  return true;
}

async function conclude(run: Run, { cause, now }: Moment): Promise<boolean> {
  if (!isIn(run, 'preparing')) return true;
  const control = await concludeRun(run);
  const waits = control === 'beyond' && !run.released;
  const next = waits ? enter(run, 'awaiting-release', machineTime()) : enter(run, 'ready', machineTime());
  const changed = await changeRun(run, { ...next, control }, cause, now);
  if (changed && waits) count('RunAwaitingRelease', 1);
  return true;
}

/** The one moment: documents become visible and the run is published, or neither. */
async function publishRun(run: Run, { cause, now }: Moment): Promise<boolean> {
  if (!isIn(run, 'ready')) return true;
  const publishedAt = now.toISOString();
  const published = { ...enter(run, 'published', machineTime()), publishedAt };
  const done = await changeRun(run, published, cause, now, [publish(run.runId, now, cause)]);
  if (!done) return true;
  const late = run.sequence === 1 && now.getTime() - Date.parse(run.publishFrom) > LATE_AFTER;
  if (late && !run.lateSince) count('LatePublication', 1);
  return true;
}

async function handOver(run: Run, moment: Moment): Promise<boolean> {
  if (!isIn(run, 'published')) return true;
  await queueRegister(run, moment.now);
  await queuePrint(run, moment.now);
  await queueDeliveries(run, moment.now);
  const delivering = { ...enter(run, 'delivering', machineTime()), deliveriesQueuedAt: moment.now.toISOString() };
  await changeRun(run, delivering, moment.cause, moment.now);
  return true;
}
