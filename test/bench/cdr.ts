import { execFileSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { stringify } from 'csv-stringify';
import { LATE_COLUMN, PUBLISHED } from '../../functions/documents/cdr/layout.ts';
import { writeCdr } from '../../functions/documents/cdr/write-cdr.ts';

interface CdrResult {
  readonly what: string;
  readonly rowsPerSecond?: number;
  readonly ratio?: number;
  readonly packedMegabytes?: number;
  readonly peakMegabytes?: number;
}

const ROWS = 200_000;
const MANY_ROWS = 1_000_000;
const ROUNDS = 5;
const HEADER = PUBLISHED.map(([name]) => name);
const CLASSES = ['mobile', 'international', 'national', 'local', 'freephone', 'premium'];
const PLACES = ['United Kingdom, mobile', 'Germany', 'France, mobile', 'Local', 'National', 'Information services'];
const ACCOUNT = { bcn: 'BENCH', currency: 'GBP', itemisation: 'full' } as const;

/**
 * Call records a second: ours reads, checks, sums, deduplicates, hashes and packs a usage file; csv-stringify is given ready rows and piped to
 * gzip 6. Interleaved, medians. Then the peak memory of a million rows in a process of its own.
 */
export async function benchCdr(): Promise<readonly CdrResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'carrierpost-bench-'));
  try {
    const rows = Array.from({ length: ROWS }, (_, index) => rowAt(index));
    const input = [...usageFile(ROWS)];
    const times: Record<'ours' | 'theirs', number[]> = { ours: [], theirs: [] };
    let packed = { ours: 0, theirs: 0 };
    for (let round = -1; round < ROUNDS; round++) {
      const ours = await timed(() => packOurs(Readable.from(input), folder));
      const theirs = await timed(() => packTheirs(rows, join(folder, 'theirs.csv.gz')));
      packed = { ours: ours.bytes, theirs: theirs.bytes };
      // The first round warms both up.
      if (round < 0) continue;
      times.ours.push(ours.seconds);
      times.theirs.push(theirs.seconds);
    }
    const [ours, theirs] = [ROWS / median(times.ours), ROWS / median(times.theirs)];
    return [
      { what: 'carrierpost', rowsPerSecond: Math.round(ours), ratio: hundredths(ours / theirs), packedMegabytes: megabytes(packed.ours) },
      { what: 'csv-stringify | gzip 6', rowsPerSecond: Math.round(theirs), ratio: 1, packedMegabytes: megabytes(packed.theirs) },
      { what: `carrierpost, ${MANY_ROWS} rows in a process of its own`, peakMegabytes: peakMegabytes() },
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A usage file in our own layout, in chunks as a disk would give them. */
function* usageFile(rows: number): Generator<Buffer> {
  let lines = [`${HEADER.join(',')}\n`];
  for (let index = 0; index < rows; index++) {
    lines.push(`${rowAt(index).map(quoted).join(',')}\n`);
    if (lines.length < 1_000) continue;
    yield Buffer.from(lines.join(''));
    lines = [];
  }
  yield Buffer.from(lines.join(''));
}

/** The same call for the same index, unlike its neighbours. */
function rowAt(index: number): string[] {
  const mixed = Math.imul(index ^ (index >>> 7), 2_654_435_761) >>> 0;
  const seconds = mixed % 3_600;
  const kind = (mixed >>> 5) % CLASSES.length;
  const caller = `+44207946${String((mixed >>> 9) % 1_000).padStart(4, '0')}`;
  const called = `+447700900${String((mixed >>> 3) % 1_000).padStart(3, '0')}`;
  const start = new Date(Date.UTC(2026, 9, 2) + (mixed % 2_400_000) * 1_000).toISOString().replace('.000', '');
  return [
    `R${String(index).padStart(9, '0')}`,
    caller,
    caller,
    called,
    'outbound',
    start,
    String(seconds),
    String(Math.ceil(seconds / 60) * 60),
    CLASSES[kind] as string,
    PLACES[kind] as string,
    'DEW'[mixed % 3] as string,
    (seconds * 0.00123).toFixed(5),
    'GBP',
    `SIP-${1_000 + (mixed % 40)}`,
  ];
}

function quoted(cell: string): string {
  return cell.includes(',') ? `"${cell}"` : cell;
}

async function packOurs(input: Readable, spool: string): Promise<number> {
  const { file, rows, problemCount } = await writeCdr({ input, layout: 'carrierpost', account: ACCOUNT, period: '2026-10', spool });
  if (rows !== ROWS || problemCount > 0 || !file) throw new Error(`${rows} rows were packed, ${problemCount} are wrong`);
  return file.bytes;
}

async function packTheirs(rows: readonly string[][], file: string): Promise<number> {
  const columns = [...HEADER, LATE_COLUMN];
  await pipeline(Readable.from(rows), stringify({ header: true, columns }), createGzip({ level: 6 }), createWriteStream(file));
  return (await stat(file)).size;
}

async function timed(work: () => Promise<number>): Promise<{ seconds: number; bytes: number }> {
  const start = performance.now();
  const bytes = await work();
  return { seconds: (performance.now() - start) / 1_000, bytes };
}

function peakMegabytes(): number {
  return Number(execFileSync(process.execPath, [import.meta.filename, 'peak'], { encoding: 'utf8' }));
}

/** The child: a million rows, then its peak resident set in megabytes. */
async function tellPeak(): Promise<void> {
  const spool = await mkdtemp(join(tmpdir(), 'carrierpost-bench-'));
  try {
    const { rows } = await writeCdr({
      input: Readable.from(usageFile(MANY_ROWS)),
      layout: 'carrierpost',
      account: ACCOUNT,
      period: '2026-10',
      spool,
    });
    if (rows !== MANY_ROWS) throw new Error(`${rows} rows were packed`);
    process.stdout.write(String(Math.round(process.resourceUsage().maxRSS / 1_024)));
  } finally {
    await rm(spool, { recursive: true });
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}

function megabytes(bytes: number): number {
  return hundredths(bytes / 1_000_000);
}

if (process.argv[2] === 'peak') await tellPeak();
