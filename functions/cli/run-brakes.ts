import type { Command } from 'commander';
import { now } from '../aws/clock.ts';
import { queueUrlOf } from '../aws/environment.ts';
import { sendEvent } from '../aws/queues.ts';
import { holdRun, openRuns, type Person, releaseRun, stopRun } from '../billing/brake.ts';
import { openMonth, publishingDay } from '../billing/open-run.ts';
import { type Run, stateOf } from '../billing/run.ts';
import { isCalendar } from '../calendars/calendars.ts';
import { ownEvent } from '../events/cloud-event.ts';
import { PermanentError } from '../events/failure.ts';
import { queueWaiting } from '../messages/brakes.ts';
import { type CloudOptions, openCloud, waitUntilIdle } from './cloud.ts';
import { Failed, print, printJson } from './output.ts';
import { actOptions } from './people.ts';
import { runIdGiven } from './run-report.ts';

type Options = CloudOptions & Person & { readonly json: boolean; readonly calendar: string; readonly wait: boolean };

const ACTS = {
  hold: { about: 'keep a month from being published until it is released', act: holdRun },
  stop: { about: 'halt a run wherever it is: preparation, publication, delivery', act: stopRun },
  release: { about: 'let a held, stopped or waiting run go on', act: releaseRun },
  resume: { about: 'the same as release', act: releaseRun },
} as const;

/** Messages that a resumed run's outbox takes up at a time. */
const AT_ONCE = 1000;

/** Adds `hold`, `stop`, `release` and `resume` to `runs`: acts of a person, kept with name and reason. */
export function runBrakeCommands(runs: Command): void {
  for (const [name, { about, act }] of Object.entries(ACTS)) {
    const command = runs
      .command(name)
      .description(about)
      .argument('<PERIOD>', 'a month such as 2026-10')
      .requiredOption('--calendar <CODE>', 'the billing calendar')
      .option('--no-wait', 'do not wait until the local cloud is idle')
      .action(async (period: string, _: unknown, self: Command) => {
        const options = self.optsWithGlobals<Options>();
        const changed = await perform(period, options, name, act);
        const states = changed.map((run) => ({ period: run.period, calendar: run.calendar, sequence: run.sequence, state: stateOf(run) }));
        if (options.json) printJson(states);
        else
          for (const { calendar, sequence, state } of states)
            print(`${period} ${calendar}${sequence > 1 ? ` batch ${sequence}` : ''}: ${state}`);
      });
    actOptions(command);
  }
}

async function perform(
  period: string,
  options: Options,
  name: string,
  act: (runId: string, person: Person, now: Date) => Promise<Run>,
): Promise<Run[]> {
  runIdGiven(period, options.calendar);
  const cloud = await openCloud(options);
  const person = { by: options.by, reason: options.reason };
  const cause = `${name} by ${options.by}: ${options.reason}`;
  const runs = await runsMeant(period, options.calendar, name, cause);
  const changed: Run[] = [];
  const refused: string[] = [];
  for (const { runId } of runs) {
    try {
      changed.push(await act(runId, person, now()));
    } catch (error) {
      if (!(error instanceof PermanentError)) throw error;
      refused.push(error.message);
    }
  }
  if (changed.length === 0) throw new Failed(refused.join('\n') || `There is no open bill run of ${period} for ${options.calendar}.`);
  if (act === releaseRun) await goOn(changed, cause);
  if (options.wait) await waitUntilIdle(cloud);
  return changed;
}

/** A month can be held before its run has begun. */
async function runsMeant(period: string, calendar: string, name: string, cause: string): Promise<Run[]> {
  const open = await openRuns(period, calendar);
  if (open.length > 0 || !isCalendar(calendar) || (name !== 'hold' && name !== 'stop')) return open;
  return [await openMonth(period, calendar, publishingDay(calendar, period), cause, now())];
}

/** The functions of the cloud do what comes next; here it is only said. */
async function goOn(runs: readonly Run[], cause: string): Promise<void> {
  for (const { runId, revision } of runs) {
    const event = ownEvent('billing.run.settle', `${runId}/${revision}`, { runId, cause }, now());
    await sendEvent(queueUrlOf('billing'), { event });
  }
  while ((await queueWaiting(AT_ONCE, cause, now())) === AT_ONCE);
}
