import { randomUUID } from 'node:crypto';
import { type Command, Option } from 'commander';
import { now } from '../aws/clock.ts';
import { queueUrlOf } from '../aws/environment.ts';
import { sendEvent } from '../aws/queues.ts';
import { runRequested } from '../billing/events.ts';
import { summaries } from '../billing/run-summary.ts';
import { parseWith } from '../events/cloud-event.ts';
import { PermanentError } from '../events/failure.ts';
import { type CloudOptions, openCloud, waitUntilIdle } from './cloud.ts';
import { peek } from './dead-letters.ts';
import { Failed, print, printJson, UsageError } from './output.ts';
import { type Act, actOptions } from './people.ts';

type Options = CloudOptions &
  Act & {
    readonly json: boolean;
    readonly wait: boolean;
    readonly bcn?: string[];
    readonly ocn?: string[];
    readonly calendar?: string;
    readonly resend: 'never' | 'changed' | 'always';
  };

const SOURCE = '/carrierpost-cli';

const LESSON = `
Before publication the parked accounts (or those named) are prepared again.
After it, what was not issued is issued as a late batch; issued invoices are
never touched: where their figures changed, \`runs\` asks for a correction.

  carrierpost rerun 2026-10 --bcn B20016401 --reason "bill corrected"
  carrierpost rerun 2026-10 --ocn 100239 --resend always --reason "emails lost"`;

/** `rerun PERIOD`. */
export function rerunCommand(program: Command): void {
  const command = program
    .command('rerun')
    .description('prepare accounts of a period again')
    .argument('<PERIOD>', 'a month such as 2026-10')
    .option('--bcn <BCN...>', 'these billing accounts only')
    .option('--ocn <OCN...>', 'the accounts of these customers only')
    .option('--calendar <CODE>', 'accounts of this billing calendar only')
    .addOption(new Option('--resend <WHAT>', 'which emails go again').choices(['never', 'changed', 'always']).default('never'))
    .option('--no-wait', 'do not wait until the local cloud is idle')
    .addHelpText('after', LESSON)
    .action(async (period: string, _: unknown, self: Command) => rerun(period, self.optsWithGlobals<Options>()));
  actOptions(command);
}

async function rerun(period: string, options: Options): Promise<void> {
  const data = requestOf(period, options);
  const cloud = await openCloud(options);
  const id = randomUUID();
  const event = {
    specversion: '1.0',
    id,
    source: SOURCE,
    type: 'billing.run.requested',
    time: now().toISOString(),
    subject: period,
    data,
  } as const;
  await sendEvent(queueUrlOf('billing'), { event });
  if (options.wait) {
    await waitUntilIdle(cloud);
    const refused = (await peek('billing')).find(({ eventId }) => eventId === id);
    if (refused) throw new Failed(refused.reason);
  }
  const runs = await Array.fromAsync(summaries(period));
  const states = runs.map(({ run, state, failures }) => ({ calendar: run.calendar, sequence: run.sequence, state, failures }));
  if (options.json) printJson({ eventId: id, runs: states });
  else
    for (const { calendar, sequence, state, failures } of states)
      print(`${period} ${calendar} ${sequence}: ${state}, ${failures.length} failures`);
}

function requestOf(period: string, { bcn, ocn, calendar, reason, by, resend }: Options) {
  try {
    return parseWith(runRequested, { period, calendar, bcns: bcn, ocns: ocn, reason, requestedBy: by, resend }, 'The request');
  } catch (error) {
    throw error instanceof PermanentError ? new UsageError(error.message) : error;
  }
}
