import { machineTime } from '../aws/stopwatch.ts';
import { PermanentError } from '../events/failure.ts';
import { pauseGroup, resumeGroup } from '../messages/brakes.ts';
import { sendWorkAgain } from './hand-chunks.ts';
import { enter, isIn, isPublished, type Run } from './run.ts';
import { changeRun, findRun, getRun, listRuns } from './run-store.ts';

export interface Person {
  readonly by: string;
  readonly reason: string;
}

/**
 * Keeps a run from publishing until a person releases it.
 * @throws PermanentError when it is published already
 */
export function holdRun(runId: string, person: Person, now: Date): Promise<Run> {
  return changed(runId, `hold by ${person.by}: ${person.reason}`, now, (run) => {
    if (isPublished(run.stage))
      throw new PermanentError(`${runId} is ${run.stage}: only an unpublished run can be held; \`stop\` halts its delivery`);
    return { ...run, brake: { kind: 'hold', ...person, at: now.toISOString() } };
  });
}

/** Halts a run wherever it is: preparation, publication, delivery, and what of it is in the outbox. */
export async function stopRun(runId: string, person: Person, now: Date): Promise<Run> {
  const run = await changed(runId, `stop by ${person.by}: ${person.reason}`, now, (before) => {
    if (before.stage === 'delivered') throw new PermanentError(`${runId} is delivered: there is nothing left to stop`);
    return { ...before, brake: { kind: 'stop', ...person, at: now.toISOString() } };
  });
  await pauseGroup(runId, person, now);
  return run;
}

/**
 * Lets a held, stopped or waiting run go on. A brake first; a run that also waits for its control report's release needs
 * a second word, because nobody has said that about the report yet.
 * @throws PermanentError when nothing holds it
 */
export async function releaseRun(runId: string, person: Person, now: Date): Promise<Run> {
  const before = await getRun(runId);
  const run = await changed(runId, `release by ${person.by}: ${person.reason}`, now, (current) => released(current, person, now));
  if (before.brake?.kind === 'stop') await resumeGroup(runId, person, now);
  await sendWorkAgain(run, now);
  return run;
}

function released(run: Run, person: Person, now: Date): Run {
  if (run.brake) {
    const free = { ...run, brake: undefined };
    // What a stop left undelivered is queued again; who was written to is known in the outbox.
    return run.brake.kind === 'stop' && isIn(free, 'delivering') ? enter(free, 'published', machineTime()) : free;
  }
  if (run.stage === 'awaiting-release') return { ...run, released: { ...person, at: now.toISOString() } };
  throw new PermanentError(`${run.runId} is ${run.stage}: nothing holds it`);
}

/** The runs of a period and calendar that a person's word is about: every one that is not over. */
export async function openRuns(period: string, calendar: string): Promise<Run[]> {
  const runs: Run[] = [];
  for await (const run of listRuns(period, calendar)) if (run.stage !== 'delivered') runs.push(run);
  return runs;
}

async function changed(runId: string, cause: string, now: Date, change: (run: Run) => Run): Promise<Run> {
  for (;;) {
    const run = await findRun(runId);
    if (!run) throw new PermanentError(`${runId} is no bill run: there is none of this period and calendar`);
    const next = await changeRun(run, change(run), cause, now);
    if (next) return next;
  }
}
