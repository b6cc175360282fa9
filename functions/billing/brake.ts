import type { ActName, Person } from '../audit/human-act.ts';
import { witnessed } from '../audit/trail.ts';
import { machineTime } from '../aws/stopwatch.ts';
import type { Write } from '../aws/tables.ts';
import { PermanentError } from '../events/failure.ts';
import { pauseGroup, resumeGroup } from '../messages/brakes.ts';
import { sendWorkAgain } from './hand-chunks.ts';
import { enter, isIn, isPublished, type Run, stateOf } from './run.ts';
import { changeRun, findRun, getRun, listRuns } from './run-store.ts';

export type { Person } from '../audit/human-act.ts';

/**
 * Keeps a run from publishing until a person releases it.
 * @throws PermanentError when it is published already, or stopped, which is more
 */
export function holdRun(runId: string, person: Person, now: Date): Promise<Run> {
  return changed(runId, 'hold', person, now, (run) => {
    if (isPublished(run.stage))
      throw new PermanentError(`${runId} is ${run.stage}: only an unpublished run can be held; \`stop\` halts its delivery`);
    if (run.brake?.kind === 'stop')
      throw new PermanentError(`${runId} is stopped by ${run.brake.by}: it is not published until it is resumed`);
    return { ...run, brake: { kind: 'hold', ...wordOf(person), at: now.toISOString() } };
  });
}

/** Halts a run wherever it is: preparation, publication, delivery, and what of it is in the outbox. */
export async function stopRun(runId: string, person: Person, now: Date): Promise<Run> {
  const run = await changed(runId, 'stop', person, now, (before) => {
    if (before.stage === 'delivered') throw new PermanentError(`${runId} is delivered: there is nothing left to stop`);
    return { ...before, brake: { kind: 'stop', ...wordOf(person), at: now.toISOString() } };
  });
  await pauseGroup(runId, person, now);
  return run;
}

/**
 * Lets a held, stopped or waiting run go on: one word of a named person lifts the brake and, where the control report
 * waits for a release, is that release too.
 * @throws PermanentError when nothing holds it
 */
export async function releaseRun(runId: string, person: Person, now: Date): Promise<Run> {
  // The outbox first: should this be cut short, the run is still stopped and can be released again.
  if ((await getRun(runId)).brake?.kind === 'stop') await resumeGroup(runId, person, now);
  const run = await changed(runId, 'release', person, now, (current) => released(current, person, now));
  await sendWorkAgain(run, now);
  return run;
}

function released(run: Run, person: Person, now: Date): Run {
  const free: Run = { ...run, brake: undefined };
  if (run.stage === 'awaiting-release') return { ...free, released: { ...wordOf(person), at: now.toISOString() } };
  if (!run.brake) throw new PermanentError(`${run.runId} is ${run.stage}: nothing holds it`);
  // What a stop left undelivered is queued again; who was written to is known in the outbox.
  return run.brake.kind === 'stop' && isIn(free, 'delivering') ? enter(free, 'published', machineTime()) : free;
}

/** The runs of a period and calendar that a person's word is about: every one that is not over. */
export async function openRuns(period: string, calendar: string): Promise<Run[]> {
  const runs: Run[] = [];
  for await (const run of listRuns(period, calendar)) if (run.stage !== 'delivered') runs.push(run);
  return runs;
}

async function changed(runId: string, word: Word, person: Person, now: Date, change: (run: Run) => Run): Promise<Run> {
  const cause = `${word} by ${person.by}: ${person.reason}`;
  for (;;) {
    const run = await findRun(runId);
    if (!run) throw new PermanentError(`${runId} is no bill run: there is none of this period and calendar`);
    const wanted = change(run);
    const next = await changeRun(run, wanted, cause, now, toldOf(run, wanted, { what: `run.${word}`, doer: person }, now));
    if (next) return next;
  }
}

type Word = 'hold' | 'stop' | 'release';

function wordOf({ by, reason }: Person): Pick<Person, 'by' | 'reason'> {
  return { by, reason };
}

function toldOf(run: Run, wanted: Run, act: { what: ActName; doer: Person }, now: Date): Write[] {
  const { runId, period, calendar, revision } = run;
  const states = { before: { state: stateOf(run) }, after: { state: stateOf(wanted) } };
  const subject = { period, calendar, runId };
  return witnessed({ ...act, actId: `runs/${runId}/${revision + 1}`, subject, ...states, ledTo: runId }, now);
}
