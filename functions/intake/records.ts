import { getObject, headObject } from '../aws/objects.ts';
import { KINDS, type KindName } from '../directory/kinds.ts';
import { type GivenRecord, writeRecords } from '../directory/write.ts';
import { reconsider } from '../planned-works/reconsider.ts';
import { arrayElements } from './json-array.ts';
import { LONGEST_LINE } from './lines.ts';
import { findingsIn, type Piece, piecesOfLines, readJson, type Unread } from './pieces.ts';
import { type Progress, type StepWork, tallyOf } from './progress.ts';
import { changeOfWorks } from './works-change.ts';

/** legal-entities.json is one JSON array, read as a whole. */
const LARGEST_ARRAY = 16 * 1024 * 1024;
/** Imports a file of the directory. */
export async function* importRecords(work: StepWork, name: KindName): AsyncGenerator<Progress> {
  const { file } = KINDS[name];
  const pieces = file.endsWith('.jsonl') ? piecesOfLines(work, file) : pieceOfArray(work, file);
  for await (const { given, unread, at, bytes } of pieces) {
    const outcomes = await writeRecords(name, given, work);
    await reconsider(
      changeOfWorks(name, given, outcomes),
      `event import ${work.importId}, ${file} to line ${at.line}`,
      new Date(work.time),
    );
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
