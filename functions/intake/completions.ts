import { isDeepStrictEqual } from 'node:util';
import { listObjects } from '../aws/objects.ts';
import { completionOf, type ReceivedCompletion, type Reception, receiveCompletion } from '../billing/received.ts';
import { type Completion, completionsOf, readCompletion } from './announced.ts';
import { type Finding, type Progress, type StepWork, tallyOf } from './progress.ts';

/** Tells billing which calendars' period is complete, and a person what the carrier announced but did not send. */
export async function* importCompletions(work: StepWork, period: string): AsyncGenerator<Progress> {
  const { bucket, prefix, time, at } = work;
  for await (const file of completionsOf(bucket, prefix, period)) {
    if (at.after !== undefined && file.file <= at.after) continue;
    const progress = { at: { after: file.file }, file: `billing/${period}/complete`, bytes: { done: file.bytes } };
    const read = await readCompletion({ bucket, prefix, period }, file);
    if ('issues' in read) {
      const findings = read.issues.map((issue): Finding => ({ is: 'rejection', file: file.file, ...issue }));
      yield { ...progress, tally: tallyOf(['rejected']), findings };
      continue;
    }
    const { sha256, ...completion } = read.completion;
    const outcome = outcomeOf(completion, await completionOf(period, completion.calendar));
    await receiveCompletion({ ...completion, receivedAt: time });
    const missing = await missingFiles(work, period, sha256);
    const findings = [...differences(file.file, completion, work.delivered), ...missing.map((path) => missed(file.file, path))];
    yield { ...progress, tally: tallyOf([outcome]), findings };
  }
}

function outcomeOf(next: Omit<Completion, 'sha256'>, known: ReceivedCompletion | undefined): Reception {
  if (!known) return 'new';
  if (next.sequence !== known.sequence) return next.sequence > known.sequence ? 'changed' : 'older';
  const { delivery, bills, usageFiles, controlTotals } = next;
  const same = delivery === known.delivery && bills === known.bills && usageFiles === known.usageFiles;
  return same && isDeepStrictEqual(controlTotals, known.controlTotals) ? 'same' : 'changed';
}

/** Announced and received counts; the accounts' calendars say which files are meant. */
function differences(
  file: string,
  { period, calendar, bills, usageFiles }: Omit<Completion, 'sha256'>,
  delivered: StepWork['delivered'],
): Finding[] {
  const found = delivered[`${period}/${calendar}`] ?? { bills: 0, usageFiles: 0 };
  const counts = [
    { field: 'bills', announced: bills, found: found.bills },
    { field: 'usageFiles', announced: usageFiles, found: found.usageFiles },
  ];
  return counts
    .filter((count) => count.announced !== count.found)
    .map(({ field, announced, found }) => {
      const expected = `${found} is expected: so many of known accounts of calendar ${calendar} lie in this export`;
      return { is: 'rejection', file, field, value: String(announced), expected };
    });
}

async function missingFiles({ bucket, prefix }: StepWork, period: string, sha256: Completion['sha256']): Promise<string[]> {
  const paths = new Set(Object.keys(sha256));
  if (paths.size === 0) return [];
  const folder = `${prefix}billing/${period}/`;
  for await (const { key } of listObjects(bucket, folder)) paths.delete(key.slice(folder.length));
  return [...paths];
}

function missed(file: string, path: string): Finding {
  return { is: 'rejection', file, field: 'sha256', value: JSON.stringify(path), expected: 'a file of this export is expected' };
}
