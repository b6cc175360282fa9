import { listObjects } from '../aws/objects.ts';
import { exportFileOf } from './export-file.ts';
import { type Finding, type Progress, type StepWork, tallyOf } from './progress.ts';

const PIECE = 5_000;
/** What files are counted under that are no files of an export. */
const OTHERS = '(other files)';

/** Looks at the names of everything that came: which periods there are, how much there is to read, what is no file of an export. */
export async function* survey(work: StepWork): AsyncGenerator<Progress> {
  const { bucket, prefix } = work;
  const periods = new Set(work.periods);
  let findings: Finding[] = [];
  let [seen, total] = [0, 0];
  let after = work.at.after;
  const piece = (): Progress => {
    const wrong = findings.filter(({ is }) => is === 'rejection').map(() => 'rejected' as const);
    const tally = wrong.length > 0 ? tallyOf(wrong) : undefined;
    return { at: { after }, file: OTHERS, tally, findings, periods: [...periods].sort(), bytes: { total } };
  };
  for await (const { key, bytes } of listObjects(bucket, prefix, after)) {
    const path = key.slice(prefix.length);
    const { period, finding } = look(path);
    if (period !== undefined) periods.add(period);
    if (finding) findings.push(finding);
    after = key;
    seen += 1;
    total += bytes;
    if (seen % PIECE !== 0) continue;
    yield piece();
    [findings, total] = [[], 0];
  }
  if (seen % PIECE !== 0) yield piece();
}

function look(path: string): { period?: string; finding?: Finding } {
  const file = exportFileOf(path);
  switch (file.is) {
    case 'records':
    case 'consents':
    case 'payments':
      return {};
    case 'bill':
    case 'usage':
    case 'layout':
    case 'completion':
      return { period: file.period };
    case 'wrong':
      return { finding: { is: 'rejection', file: path, field: file.field, value: file.value, expected: file.expected } };
  }
}
