import type { Command } from 'commander';
import { now } from '../aws/clock.ts';
import { askForCorrection, PEOPLE } from '../billing/ask.ts';
import { accountRecords } from '../billing/chunk.ts';
import { runOfEvent } from '../billing/correct.ts';
import { type CorrectionRequested, correctionRequested } from '../billing/events.ts';
import { type CorrectionPreview, previewCorrection } from '../billing/preview-correction.ts';
import { getRun } from '../billing/run-store.ts';
import type { IssuedFacts } from '../documents/issued-facts.ts';
import { parseWith } from '../events/cloud-event.ts';
import { PermanentError } from '../events/failure.ts';
import { waitForBilling } from './ask-billing.ts';
import { type CloudOptions, openCloud } from './cloud.ts';
import { Failed, print, printJson, UsageError } from './output.ts';
import { type Act, actOptions } from './people.ts';
import { printDifference } from './rerun-preview.ts';

type Options = CloudOptions & Act & { readonly json: boolean; readonly wait: boolean; readonly dryRun?: boolean };

const LESSON = `
What was issued never changes. When its bill was delivered again with other
figures, a credit note takes the issued document back and a new one replaces
it: numbered and published together, and mailed in one email. The reason is
printed on both. A second correction corrects the replacement.

  carrierpost tasks list --kind correction-needed
  carrierpost correct B10020101 2026-10 --reason "wrong tariff" --dry-run
  carrierpost correct B10020101 2026-10 --reason "wrong tariff"`;

/** `correct BCN PERIOD`. */
export function correctCommand(program: Command): void {
  const command = program
    .command('correct')
    .description('take issued invoices back by credit notes, and issue the corrected ones')
    .argument('<BCN>', 'the billing account')
    .argument('<PERIOD>', 'a month such as 2026-10')
    .option('--dry-run', 'tell what would be issued, and change nothing')
    .option('--no-wait', 'do not wait until the local cloud is idle')
    .addHelpText('after', LESSON)
    .action(async (bcn: string, period: string, _: unknown, self: Command) => correct(bcn, period, self.optsWithGlobals<Options>()));
  actOptions(command);
}

async function correct(bcn: string, period: string, options: Options): Promise<void> {
  const data = requestOf(bcn, period, options);
  const cloud = await openCloud(options);
  if (options.dryRun) {
    const preview = await previewed(data);
    if (options.json) printJson(preview);
    else printCorrection(preview);
    return;
  }
  const eventId = await askForCorrection(data, {}, now());
  if (options.wait) await waitForBilling(cloud, eventId);
  const issued = options.wait && cloud.local ? await issuedBy(data, eventId) : [];
  if (options.json) printJson({ eventId, documents: issued });
  else if (issued.length === 0)
    print(`The correction of ${bcn}, ${period}, is asked for: \`carrierpost runs ${period}\` tells what becomes of it.`);
  for (const { type, number, gross, currency, corrects } of options.json ? [] : issued)
    print(`${type} ${number}, ${gross} ${currency}: ${type === 'credit-note' ? 'takes back' : 'replaces'} ${numbersOf(corrects)}`);
}

async function issuedBy({ bcn, period }: CorrectionRequested, eventId: string): Promise<IssuedFacts[]> {
  const run = await runOfEvent(period, `${PEOPLE} ${eventId}`);
  if (!run) return [];
  const record = (await accountRecords(run.runId, [bcn])).get(bcn);
  if (record?.state === 'parked') throw new Failed(record.reason ?? 'The correction cannot be billed');
  const { publishedAt } = await getRun(run.runId);
  return publishedAt ? (record?.bills ?? []).flatMap(({ facts }) => facts ?? []) : [];
}

async function previewed(data: CorrectionRequested): Promise<CorrectionPreview> {
  try {
    return await previewCorrection(data, now());
  } catch (error) {
    throw error instanceof PermanentError ? new Failed(error.message) : error;
  }
}

function printCorrection({ bills, documents, emails }: CorrectionPreview): void {
  for (const { billId, number, difference } of bills) {
    print(`Bill ${billId}, issued as ${number}`);
    if (difference) printDifference(difference);
  }
  for (const { type, gross, currency, corrects } of documents)
    print(`  ${type}, ${gross} ${currency}: would ${type === 'credit-note' ? 'take back' : 'replace'} ${numbersOf(corrects)}`);
  print(`\n  ${emails} emails would go. Nothing was changed.`);
}

function numbersOf(corrects: IssuedFacts['corrects']): string {
  return (corrects ?? []).map(({ number }) => number).join(', ');
}

function requestOf(bcn: string, period: string, { reason, by }: Options): CorrectionRequested {
  try {
    return parseWith(correctionRequested, { period, bcn, reason, requestedBy: by }, 'The request');
  } catch (error) {
    throw error instanceof PermanentError ? new UsageError(error.message) : error;
  }
}
