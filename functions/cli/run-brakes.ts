import type { Command } from 'commander';
import { now } from '../aws/clock.ts';
import type { Person } from '../billing/brake.ts';
import { brakeRuns, RUN_BRAKES, type RunBrakeName } from '../billing/brake-runs.ts';
import { type Run, stateOf } from '../billing/run.ts';
import { PermanentError } from '../events/failure.ts';
import { queueWaiting } from '../messages/brakes.ts';
import { type CloudOptions, openCloud, waitUntilIdle } from './cloud.ts';
import { Failed, print, printJson } from './output.ts';
import { actOptions } from './people.ts';
import { runIdGiven } from './run-report.ts';

type Options = CloudOptions & Person & { readonly json: boolean; readonly calendar: string; readonly wait: boolean };

const ABOUT: Readonly<Record<RunBrakeName, string>> = {
  hold: 'keep a month from being published until it is released',
  stop: 'halt a run wherever it is: preparation, publication, delivery',
  release: 'let a held, stopped or waiting run go on',
  resume: 'the same as release',
};

/** Messages that a resumed run's outbox takes up at a time. */
const AT_ONCE = 1000;

/** Adds `hold`, `stop`, `release` and `resume` to `runs`: acts of a person, kept with name and reason. */
export function runBrakeCommands(runs: Command): void {
  for (const [name, about] of Object.entries(ABOUT) as [RunBrakeName, string][]) {
    const command = runs
      .command(name)
      .description(about)
      .argument('<PERIOD>', 'a month such as 2026-10')
      .requiredOption('--calendar <CODE>', 'the billing calendar')
      .option('--no-wait', 'do not wait until the local cloud is idle')
      .action(async (period: string, _: unknown, self: Command) => {
        const options = self.optsWithGlobals<Options>();
        const changed = await perform(period, options, name);
        const states = changed.map((run) => ({ period: run.period, calendar: run.calendar, sequence: run.sequence, state: stateOf(run) }));
        if (options.json) printJson(states);
        else
          for (const { calendar, sequence, state } of states)
            print(`${period} ${calendar}${sequence > 1 ? ` batch ${sequence}` : ''}: ${state}`);
      });
    actOptions(command);
  }
}

async function perform(period: string, options: Options, name: RunBrakeName): Promise<Run[]> {
  runIdGiven(period, options.calendar);
  const cloud = await openCloud(options);
  const { by, reason } = options;
  try {
    const changed = await brakeRuns({ period, calendar: options.calendar }, name, { by, reason }, now());
    if (RUN_BRAKES[name] === RUN_BRAKES.release) await queueAllWaiting(`${name} by ${by}: ${reason}`);
    if (options.wait) await waitUntilIdle(cloud);
    return changed;
  } catch (error) {
    throw error instanceof PermanentError ? new Failed(error.message) : error;
  }
}

/** The sweep would do it too, within a minute: on a cloud whose clock stands still, this is that minute. */
async function queueAllWaiting(cause: string): Promise<void> {
  while ((await queueWaiting(AT_ONCE, cause, now())) === AT_ONCE);
}
