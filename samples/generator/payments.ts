import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { randomOf } from './random.ts';

/** A line of `issued/<period>/<calendar>-<n>.jsonl`: what the sample carrier's ledger is told of a document. */
interface IssuedLine {
  readonly number: string;
  readonly type: string;
  readonly bcn: string;
  readonly issueDate: string;
  readonly currency: string;
  readonly gross: string;
}

interface LocalFile {
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly endpoints: { readonly s3: string };
  readonly buckets: { readonly register: string };
}

const HEADER = 'document,bcn,status,paid,currency,asOf';
const DAY_MILLISECONDS = 86_400_000;
const SLOWEST_DAYS = 40;

/**
 * What the sample carrier's ledger says of payments at the end of a day: `payments/<date>.csv`. Each document has a fate of its own
 * that the days bring to light, so that a later file goes on where an earlier one stood.
 */
export function paymentsFile(issued: readonly IssuedLine[], date: string): string {
  const rows = issued
    .filter(({ issueDate }) => issueDate <= date)
    .sort((a, b) => (a.number < b.number ? -1 : 1))
    .map((line) => {
      const { status, paid } = fateOf(line, (Date.parse(date) - Date.parse(line.issueDate)) / DAY_MILLISECONDS);
      return `${line.number},${line.bcn},${status},${paid},${line.currency},${date}`;
    });
  return `${[HEADER, ...rows].join('\n')}\n`;
}

function fateOf({ number, type, gross }: IssuedLine, days: number): { status: string; paid: string } {
  const random = randomOf('payments', number);
  const [settledAfter, isDisputed, paysInParts] = [random.int(1, SLOWEST_DAYS), random.chance(0.06), random.chance(0.2)];
  const nothing = gross.replace(/\d/g, '0').replace(/^0+(?=0)/, '');
  if (/^[0.]+$/.test(gross)) return { status: 'not-applicable', paid: nothing };
  if (type === 'credit-note') return { status: days > 0 ? 'closed' : 'open', paid: days > 0 ? gross : nothing };
  if (isDisputed && days > 2) return { status: 'disputed', paid: nothing };
  if (days >= settledAfter) return { status: 'closed', paid: gross };
  return paysInParts && days >= settledAfter / 2 ? { status: 'part-paid', paid: half(gross) } : { status: 'open', paid: nothing };
}

/** Half an amount, in its own decimals. */
function half(amount: string): string {
  const [, decimals = ''] = amount.split('.');
  const digits = String(BigInt(amount.replace('.', '')) / 2n).padStart(decimals.length + 1, '0');
  return decimals === '' ? digits : `${digits.slice(0, -decimals.length)}.${digits.slice(-decimals.length)}`;
}

/** Everything that a local cloud has issued, from its register bucket. */
async function issuedIn(data: string): Promise<IssuedLine[]> {
  const { region, credentials, endpoints, buckets } = JSON.parse(readFileSync(join(data, 'local.json'), 'utf8')) as LocalFile;
  const s3 = new S3Client({ region, credentials, endpoint: endpoints.s3, forcePathStyle: true });
  const listed = await s3.send(new ListObjectsV2Command({ Bucket: buckets.register, Prefix: 'issued/' }));
  const texts = await Promise.all(
    (listed.Contents ?? []).map(async ({ Key }) => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: buckets.register, Key }));
      return (await Body?.transformToString()) ?? '';
    }),
  );
  return texts.flatMap((text) => text.split('\n').filter(Boolean)).map((line) => JSON.parse(line) as IssuedLine);
}

if (process.argv[1] && import.meta.filename === resolve(process.argv[1])) {
  const [date = '', folder = '', data = '.carrierpost'] = process.argv.slice(2);
  mkdirSync(join(folder, 'payments'), { recursive: true });
  writeFileSync(join(folder, 'payments', `${date}.csv`), paymentsFile(await issuedIn(data), date));
}
