import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { MAX_ROW_BYTES, TOO_LONG } from './row.ts';

const LINE_FEED = 10;
const QUOTE = 34;
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);
const GZIP_MAGIC = 0x1f8b;

/** The bytes came to an end in the middle of what they are. */
export class CutFileError extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'CutFileError';
  }
}

/**
 * The file's bytes as blocks of whole rows, unpacked when they are gzip (decided by content, not by name), without a byte order mark.
 * A row is never split; the last block may lack its line feed.
 * @throws CutFileError when gzip data is cut or damaged, or a row is longer than any row can be
 */
export async function* blocksOf(input: Readable): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  let first = true;
  for await (const chunk of plainBytes(input)) {
    let bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    if (first && bytes.length < BOM.length) {
      rest = bytes;
      continue;
    }
    if (first && bytes.subarray(0, BOM.length).equals(BOM)) bytes = bytes.subarray(BOM.length);
    first = false;
    const end = endOfRows(bytes);
    if (end > 0) yield bytes.subarray(0, end);
    rest = bytes.subarray(end);
    if (rest.length > MAX_ROW_BYTES) {
      throw new CutFileError(TOO_LONG);
    }
  }
  if (rest.length > 0) yield rest;
}

async function* plainBytes(input: Readable): AsyncGenerator<Buffer> {
  const chunks = input[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let head = Buffer.alloc(0);
  while (head.length < 2) {
    const next = await chunks.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  const bytes = followedBy(head, chunks);
  if (head.length < 2 || head.readUInt16BE(0) !== GZIP_MAGIC) yield* bytes;
  else yield* unpacked(bytes);
}

async function* followedBy(head: Buffer, chunks: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head;
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
}

async function* unpacked(bytes: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: 262_144 });
  const fed = feed(bytes, gunzip);
  try {
    for await (const chunk of gunzip) yield chunk as Buffer;
    await fed;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (!code?.startsWith('Z_')) throw error;
    throw new CutFileError(`the gzip data is cut or damaged (${message}): the whole file is expected`);
  } finally {
    gunzip.destroy();
    await fed.catch(() => undefined);
  }
}

async function feed(
  bytes: AsyncGenerator<Buffer>,
  gunzip: NodeJS.WritableStream & { destroy(error?: Error): unknown; destroyed: boolean },
): Promise<void> {
  try {
    for await (const chunk of bytes) {
      if (gunzip.destroyed) return;
      await new Promise<void>((taken) => gunzip.write(chunk, () => taken()));
    }
    gunzip.end();
  } catch (error) {
    gunzip.destroy(error as Error);
  }
}

/** The offset after the last line feed that ends a row, 0 when there is none. */
function endOfRows(bytes: Buffer): number {
  let quoted = false;
  let quote = -1;
  let before = -1;
  for (let at = bytes.indexOf(QUOTE); at !== -1; at = bytes.indexOf(QUOTE, at + 1)) {
    quoted = !quoted;
    before = quote;
    quote = at;
  }
  // Nearly always the last row ends behind the last quoted field, or behind the one before that which is still open.
  const end = quoted ? bytes.lastIndexOf(LINE_FEED, quote) : bytes.lastIndexOf(LINE_FEED);
  return end > (quoted ? before : quote) ? end + 1 : endOfRowsByByte(bytes);
}

function endOfRowsByByte(bytes: Buffer): number {
  let end = 0;
  let quoted = false;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] === QUOTE) quoted = !quoted;
    else if (bytes[at] === LINE_FEED && !quoted) end = at + 1;
  }
  return end;
}
