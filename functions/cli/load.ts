import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import type { Doer } from '../audit/human-act.ts';
import { now } from '../aws/clock.ts';
import { bucketNamed } from '../aws/environment.ts';
import { getObject } from '../aws/objects.ts';
import { handIn } from '../intake/hand-in.ts';
import { type ImportState, importProgress } from '../intake/import-state.ts';
import { nextImportTime } from '../intake/import-time.ts';
import { type ImportReport, reportKey } from '../intake/report.ts';
import { FINISHED } from '../intake/run-import.ts';
import { type Cloud, type CloudOptions, openCloud, waitUntilIdle } from './cloud.ts';
import { filesOfExport, uploadFiles } from './export-folder.ts';
import { printImportReport } from './import-report.ts';
import { Failed, type Progress, print, printJson, progressBar } from './output.ts';
import { type Act, mayGiveReason } from './people.ts';

export interface LoadOptions extends Doer {
  /** Wait until the import is over and every queue is empty. */
  readonly wait: boolean;
}

export interface Loaded {
  readonly importId: string;
  readonly prefix: string;
  /** Missing when nobody waited for it. */
  readonly report?: ImportReport | undefined;
}

const LOOK_EVERY = 200;

/** `carrierpost load DIR`. */
export function loadCommand(program: Command): void {
  mayGiveReason(program.command('load'))
    .description("put a carrier's export into the intake and tell what came of it")
    .argument('<DIR>', 'the export: directory/, billing/<period>/, payments/')
    .option('--no-wait', 'do not wait for the import')
    .addHelpText('after', LESSON)
    .action(async (directory: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<CloudOptions & Act & { wait: boolean; json: boolean }>();
      const { by, reason, wait } = options;
      const loaded = await loadExport(await openCloud(options), directory, { by, reason, wait });
      if (options.json) printJson(loaded.report ?? loaded);
      else if (loaded.report) printImportReport(loaded.report);
      else print(`Import ${loaded.importId} has begun; its report will be ${reportKey(loaded.importId)} in the intake bucket.`);
    });
}

const LESSON = `
Records that are wrong are listed with file, line, field, value and what would be
right; the others go in, and the exit code is 0. Correct them and load the export
again: what has not changed is left as it is.

  carrierpost load samples
  carrierpost load /exports/2026-10 --json > report.json`;

/**
 * Uploads an export under a prefix of its own and announces it to the intake.
 * @throws UsageError when there is no such folder, Failed when it holds no export or the import was refused
 */
export async function loadExport(cloud: Cloud, directory: string, { wait, ...doer }: LoadOptions): Promise<Loaded> {
  const files = await filesOfExport(directory);
  const time = await nextImportTime(now());
  const prefix = `loads/${time.toISOString().replaceAll(':', '-')}-${randomUUID().slice(0, 8)}/`;
  await uploadFiles(directory, files, prefix);
  const importId = await handIn(prefix, time, doer, now());
  if (!wait) return { importId, prefix };
  await untilFinished(cloud, importId);
  await waitUntilIdle(cloud);
  const report = await getObject(bucketNamed('intake'), reportKey(importId));
  return { importId, prefix, report: JSON.parse((report ?? Buffer.from('null')).toString('utf8')) };
}

async function untilFinished(cloud: Cloud, importId: string): Promise<void> {
  const bar = progressBar('Importing', 1);
  try {
    while (!(await showProgress(importId, bar))) {
      if (await isStuck(cloud, importId)) {
        throw new Failed(`The import came to nothing. \`carrierpost dlq list intake\` tells why.`);
      }
      await pause(LOOK_EVERY);
    }
  } finally {
    bar.stop();
  }
}

async function showProgress(importId: string, bar: Progress): Promise<boolean> {
  const state = await importProgress(importId);
  if (state) bar.update(state.bytes.done, Math.max(1, state.bytes.total), phaseOf(state));
  return state?.step === FINISHED;
}

/** `records services, line 400`, `bills 2026-10`. */
function phaseOf({ step, at }: ImportState): string {
  return at.line === undefined ? step : `${step}, line ${at.line}`;
}

/** Locally one can tell: when nothing moves any more, an import that is not over will never be. */
async function isStuck({ local }: Cloud, importId: string): Promise<boolean> {
  if (!local) return false;
  const { idle } = await local.ask<{ idle: boolean }>('/idle');
  return idle && (await importProgress(importId))?.step !== FINISHED;
}
