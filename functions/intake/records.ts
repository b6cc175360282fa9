import { getObject, getObjectStream, headObject } from '../aws/objects.ts';
import { KINDS, type KindName } from '../directory/kinds.ts';
import type { LineOutcome } from '../directory/put-records.ts';
import { type GivenRecord, writeRecords } from '../directory/write.ts';
import { reconsider } from '../planned-works/reconsider.ts';
import { arrayElements } from './json-array.ts';
import { type Line, LONGEST_LINE, linesOf } from './lines.ts';
import { type Finding, type Progress, type StepWork, tallyOf } from './progress.ts';
import { changeOfWorks } from './works-change.ts';

/** Records at once: two reads of the table in batches of 100, and little to do again after a crash. */
const PIECE = 200;
/** legal-entities.json is one JSON array, read as a whole. */
const LARGEST_ARRAY = 16 * 1024 * 1024;
/** Of a record with many wrong fields the first ones are told. */
const MOST_ISSUES = 5;

/** A line of a file that is no record: why. */
interface Unread {
  readonly line: number;
  readonly value: string;
  readonly expected: string;
}

interface Piece {
  readonly given: GivenRecord[];
  readonly unread: Unread[];
  readonly at: Progress['at'];
  readonly bytes: number;
}

/** Imports a file of the directory. */
export async function* importRecords(work: StepWork, name: KindName): AsyncGenerator<Progress> {
  const { file } = KINDS[name];
  const pieces = file.endsWith('.jsonl') ? piecesOfLines(work, file) : pieceOfArray(work, file);
  for await (const { given, unread, at, bytes } of pieces) {
    const outcomes = await writeRecords(name, given, work);
    await reconsider(changeOfWorks(name, given, outcomes), `import ${work.importId}, ${file} to line ${at.line}`, new Date(work.time));
    const rejected = unread.map(() => 'rejected' as const);
    yield {
      at,
      file,
      tally: tallyOf([...outcomes.map(({ outcome }) => outcome), ...rejected]),
      findings: findingsIn(file, outcomes, unread),
      unknownFields: outcomes.flatMap(({ unknown }) => unknown),
      bytes: { done: bytes },
    };
  }
}

async function* piecesOfLines({ bucket, prefix, at }: StepWork, file: string): AsyncGenerator<Piece> {
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
    const read = lines.map(readLine);
    const made = {
      given: read.flatMap(({ given }) => given ?? []),
      unread: read.flatMap(({ unread }) => unread ?? []),
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

function readJson(line: number, text: string, expected: string): { given?: GivenRecord; unread?: Unread } {
  try {
    return { given: { line, given: JSON.parse(text) } };
  } catch (error) {
    return {
      unread: { line, value: JSON.stringify(text.slice(0, 100)), expected: `${expected} (${(error as Error).message.slice(0, 100)})` },
    };
  }
}

async function* pieceOfArray({ bucket, prefix, at }: StepWork, file: string): AsyncGenerator<Piece> {
  if (at.line !== undefined) return;
  const { bytes = 0 } = (await headObject(bucket, `${prefix}${file}`)) ?? {};
  if (bytes === 0) return;
  const end = { line: 1 };
  const unread = (line: number, value: string, expected: string) => ({ given: [], unread: [{ line, value, expected }], at: end, bytes });
  if (bytes > LARGEST_ARRAY) return yield unread(1, `${bytes} bytes`, `a file of at most ${LARGEST_ARRAY} bytes is expected`);
  const content = (await getObject(bucket, `${prefix}${file}`)) ?? Buffer.alloc(0);
  const text = content.toString('utf8').replace(/^\ufeff/, '');
  if (text.includes('\ufffd')) return yield unread(1, 'bytes that are no UTF-8', 'UTF-8 text is expected');
  const array = arrayElements(text);
  if (!array) return yield unread(1, JSON.stringify(text.slice(0, 100)), 'a JSON array of records is expected');
  const read = array.elements.map((element) => readElement(element));
  const cut = {
    line: text.split('\n').length,
    value: 'the end of the file',
    expected: 'the ] at the end of the array is expected; perhaps the file was cut',
  };
  yield {
    given: read.flatMap(({ given }) => given ?? []),
    unread: [...read.flatMap(({ unread }) => unread ?? []), ...(array.closed ? [] : [cut])],
    at: end,
    bytes,
  };
}

function readElement({ line, text }: { line: number; text: string }): { given?: GivenRecord; unread?: Unread } {
  if (text.length > LONGEST_LINE) {
    return { unread: { line, value: `${text.length} characters`, expected: `a record of at most ${LONGEST_LINE} characters is expected` } };
  }
  return readJson(line, text, 'a JSON object is expected');
}

function findingsIn(file: string, outcomes: readonly LineOutcome[], unread: readonly Unread[]): Finding[] {
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
