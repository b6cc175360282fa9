import { type Command, Option } from 'commander';
import { now } from '../aws/clock.ts';
import { askForRerun } from '../billing/ask.ts';
import { type RunRequested, runRequested } from '../billing/events.ts';
import { type AccountPreview, previewRerun } from '../billing/preview.ts';
import { summaries } from '../billing/run-summary.ts';
import { parseWith } from '../events/cloud-event.ts';
import { PermanentError } from '../events/failure.ts';
import { waitForBilling } from './ask-billing.ts';
import { type CloudOptions, openCloud } from './cloud.ts';
import { Failed, print, printJson, UsageError } from './output.ts';
import { type Act, actOptions } from './people.ts';
import { countsOf, printPreview } from './rerun-preview.ts';

type Options = CloudOptions &
  Act & {
    readonly json: boolean;
    readonly wait: boolean;
    readonly dryRun?: boolean;
    readonly yes?: boolean;
    readonly bcn?: string[];
    readonly ocn?: string[];
    readonly calendar?: string;
    readonly parked?: boolean;
    readonly resend: RunRequested['resend'];
  };

/** More emails than this go again only when somebody says --yes. */
const WITHOUT_ASKING = 50;

const LESSON = `
Before publication the accounts are prepared again, under the same numbers.
After it, what was not issued is issued as a late batch; issued invoices are
never touched: where their figures changed, a correction is asked for. Files
get a new version only where their bytes changed. Of two reruns of the same
accounts at once one runs, and the other is told so.

  carrierpost rerun 2026-10 --parked --reason "bills corrected" --dry-run
  carrierpost rerun 2026-10 --parked --reason "bills corrected"
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
    .option('--parked', 'of these accounts the parked ones only')
    .addOption(new Option('--resend <WHAT>', 'which emails go again').choices(['never', 'changed', 'always']).default('never'))
    .option('--dry-run', 'tell what would happen, and change nothing')
    .option('--yes', `send again even when that is more than ${WITHOUT_ASKING} emails`)
    .option('--no-wait', 'do not wait until the local cloud is idle')
    .addHelpText('after', LESSON)
    .action(async (period: string, _: unknown, self: Command) => rerun(period, self.optsWithGlobals<Options>()));
  actOptions(command);
}

async function rerun(period: string, options: Options): Promise<void> {
  const data = requestOf(period, options);
  const cloud = await openCloud(options);
  if (options.dryRun) {
    const accounts = await preview(data);
    if (options.json) printJson({ ...countsOf(accounts), changes: accounts.filter(({ outcome }) => outcome !== 'unchanged') });
    else printPreview(accounts);
    return;
  }
  if (data.resend === 'always' && !options.yes) await refuseFlood(data);
  const eventId = await askForRerun(data, {}, now());
  if (options.wait) await waitForBilling(cloud, eventId);
  const runs = await Array.fromAsync(summaries(period));
  const states = runs.map(({ run, state, failures }) => ({ calendar: run.calendar, sequence: run.sequence, state, failures }));
  if (options.json) printJson({ eventId, runs: states });
  else
    for (const { calendar, sequence, state, failures } of states)
      print(`${period} ${calendar} ${sequence}: ${state}, ${failures.length} failures`);
}

async function preview(data: RunRequested): Promise<AccountPreview[]> {
  try {
    return await Array.fromAsync(previewRerun(data, now()));
  } catch (error) {
    throw error instanceof PermanentError ? new Failed(error.message) : error;
  }
}

async function refuseFlood(data: RunRequested): Promise<void> {
  const { emails } = countsOf(await preview(data));
  if (emails > WITHOUT_ASKING)
    throw new UsageError(`--resend is always, and ${emails} emails would go: say --yes when more than ${WITHOUT_ASKING} are meant`);
}

function requestOf(period: string, { bcn, ocn, calendar, parked, reason, by, resend }: Options): RunRequested {
  const only = parked ? 'parked' : undefined;
  try {
    return parseWith(runRequested, { period, calendar, bcns: bcn, ocns: ocn, only, reason, requestedBy: by, resend }, 'The request');
  } catch (error) {
    throw error instanceof PermanentError ? new UsageError(error.message) : error;
  }
}
