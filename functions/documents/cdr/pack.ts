import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { constants, createGzip } from 'node:zlib';
import { MAX_PUBLISHED_BYTES } from './published-rows.ts';

/** Packs call records to within a tenth of level 6's size in 60% of its time; the bench tells both. */
const GZIP = { level: 4, memLevel: 9, strategy: constants.Z_FILTERED, chunkSize: 262_144 };
const BLOCK_BYTES = 1 << 20;
const OS_BYTE = 9;
const OS_UNKNOWN = 255;

export interface Packed {
  readonly file: string;
  /** Of the packed file. */
  readonly bytes: number;
  readonly rawBytes: number;
  /** SHA-256 of the CSV and of its gzip file, hex. */
  readonly sha256Raw: string;
  readonly sha256Packed: string;
}

/** Packs rows into a gzip file as they come. The same rows give the same bytes: the header names neither time nor system. */
export class Pack {
  readonly #file: string;
  readonly #gzip = createGzip(GZIP);
  readonly #raw = createHash('sha256');
  readonly #packed = createHash('sha256');
  readonly #written: Promise<void>;
  #bytes = 0;
  #rawBytes = 0;
  /** One block is filled while the other is packed. */
  #spare = Buffer.allocUnsafeSlow(BLOCK_BYTES);
  #taken: Promise<unknown> = Promise.resolve();
  /** Write rows here and move `used` on. */
  block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
  used = 0;

  constructor(file: string) {
    this.#file = file;
    this.#written = pipeline(this.#gzip, (chunks: AsyncIterable<Buffer>) => this.#hashed(chunks), createWriteStream(file));
    // Whoever waits next hears of it.
    this.#written.catch(() => undefined);
  }

  /** True when the next row may not fit any more: flush. */
  get full(): boolean {
    return this.used > BLOCK_BYTES - MAX_PUBLISHED_BYTES;
  }

  async flush(): Promise<void> {
    const rows = this.block.subarray(0, this.used);
    await this.#taken;
    this.#raw.update(rows);
    this.#rawBytes += rows.length;
    this.#taken = this.#orFailed(new Promise((taken) => this.#gzip.write(rows, taken)));
    this.#taken.catch(() => undefined);
    [this.block, this.#spare] = [this.#spare, this.block];
    this.used = 0;
  }

  async finish(): Promise<Packed> {
    await this.flush();
    await this.#taken;
    this.#gzip.end();
    await this.#written;
    return {
      file: this.#file,
      bytes: this.#bytes,
      rawBytes: this.#rawBytes,
      sha256Raw: this.#raw.digest('hex'),
      sha256Packed: this.#packed.digest('hex'),
    };
  }

  /** Gives up: closes the file, which is of no use. */
  async abandon(): Promise<void> {
    this.#gzip.destroy(new Error('The call records are given up'));
    await this.#written.catch(() => undefined);
  }

  #orFailed(work: Promise<unknown>): Promise<unknown> {
    return Promise.race([work, this.#written]);
  }

  async *#hashed(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      if (this.#bytes === 0) chunk[OS_BYTE] = OS_UNKNOWN;
      this.#bytes += chunk.length;
      this.#packed.update(chunk);
      yield chunk;
    }
  }
}
