import { getObjectStream, headObject } from '../aws/objects.ts';
import type { LineOutcome } from '../directory/put-records.ts';
import type { GivenRecord } from '../directory/write.ts';
import { type Line, linesOf } from './lines.ts';
import type { Finding, Progress, StepWork } from './progress.ts';

/** Records at once: two reads of the table in batches of 100, and little to do again after a crash. */
const PIECE = 200;
/** Of a record with many wrong fields the first ones are told. */
const MOST_ISSUES = 5;

/** A line of a file that is no record: why. */
export interface Unread {
  readonly line: number;
  readonly value: string;
  readonly expected: string;
}

/** Some lines of a file, read, and where reading goes on. */
export interface Piece {
  readonly given: GivenRecord[];
  readonly unread: Unread[];
  readonly at: Progress['at'];
  readonly bytes: number;
}

/** What a line of a file says: a record, why it is none, or nothing. */
export type ReadLine = (line: Line) => { given?: GivenRecord; unread?: Unread };

/**
 * The records of a file that has one on each line, from where the step stands; nothing when the file is not there or is over.
 * @param read how a line is read: as JSON, unless it says otherwise
 */
export async function* piecesOfLines({ bucket, prefix, at }: StepWork, file: string, read: ReadLine = readLine): AsyncGenerator<Piece> {
  const from = { offset: at.offset ?? 0, line: at.line ?? 0 };
  const { bytes: size = 0 } = (await headObject(bucket, `${prefix}${file}`)) ?? {};
  if (from.offset >= size) return;
  const stream = await getObjectStream(bucket, `${prefix}${file}`, from.offset);
  if (!stream) return;
  let start = from.offset;
  let lines: Line[] = [];
  const piece = (): Piece => {
    const last = lines.at(-1);
    const at = { offset: last?.end ?? start, line: last?.line ?? from.line };
    const records = lines.map(read);
    const made = {
      given: records.flatMap(({ given }) => given ?? []),
      unread: records.flatMap(({ unread }) => unread ?? []),
      at,
      bytes: at.offset - start,
    };
    start = at.offset;
    lines = [];
    return made;
  };
  for await (const line of linesOf(stream, from)) {
    lines.push(line);
    if (lines.length === PIECE) yield piece();
  }
  if (lines.length > 0) yield piece();
}

function readLine({ line, text, expected, ended, bytes }: Line): { given?: GivenRecord; unread?: Unread } {
  if (text === undefined) return { unread: { line, value: `${bytes} bytes`, expected: expected ?? 'a line of JSON is expected' } };
  if (text.trim() === '') return {};
  const cut = ended ? '' : '; the file ends in this line, perhaps it was cut';
  return readJson(line, text, `one JSON object on a line is expected${cut}`);
}

/** A record as it stands, or why it cannot be read. */
export function readJson(line: number, text: string, expected: string): { given?: GivenRecord; unread?: Unread } {
  try {
    return { given: { line, given: JSON.parse(text) } };
  } catch (error) {
    return {
      unread: { line, value: JSON.stringify(text.slice(0, 100)), expected: `${expected} (${(error as Error).message.slice(0, 100)})` },
    };
  }
}

/** What the import report tells about the lines of a piece. */
export function findingsIn(file: string, outcomes: readonly LineOutcome[], unread: readonly Unread[]): Finding[] {
  const findings: Finding[] = unread.map((one) => ({ is: 'rejection', file, field: '(line)', ...one }));
  for (const { line, issues, repeats, outcome } of outcomes) {
    for (const issue of issues.slice(0, MOST_ISSUES)) findings.push({ is: 'rejection', file, line, ...issue });
    if (issues.length > MOST_ISSUES) {
      const text = `${issues.length - MOST_ISSUES} more fields of this record are wrong.`;
      findings.push({ is: 'remark', file, line, text });
    }
    if (repeats) findings.push({ is: 'remark', file, line, text: repetition(repeats, line, outcome) });
  }
  return findings.sort((a, b) => lineOf(a) - lineOf(b));
}

function repetition({ id, line: other }: { id: string; line: number }, line: number, outcome: LineOutcome['outcome']): string {
  if (outcome === 'same') return `${id} stands on line ${other} too and says the same.`;
  return outcome === 'older'
    ? `${id} stands on line ${other} too, which counts.`
    : `${id} stands on line ${other} too; line ${line} counts.`;
}

function lineOf(finding: Finding): number {
  return 'line' in finding ? (finding.line ?? 0) : 0;
}
