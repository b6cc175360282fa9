import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { FEW_IN_EUROPE, PERIOD, writeSlice } from './slice.ts';

/** What is spoilt, and what the reason of the parked account must name. */
export const PARKED: Readonly<Record<string, RegExp>> = {
  B10020101: /currency|EUR/i,
  B10030401: /sum/i,
  B20016401: /186\.64/,
  B20011801: /call records sum/i,
  B10028303: /cut|row|column/i,
  B10031701: /checksum|SHA-256/i,
};

/** One account whose only billing contact does not exist, one whose contact complains. */
export const GONE = { ocn: '200185', bcn: 'B20018501', email: 'bounce+gone@simulator.amazonses.com' };
export const ANNOYED = { ocn: '100239', bcn: 'B10023902', email: 'complaint+annoyed@simulator.amazonses.com' };

export interface ContactLine {
  readonly contactId: string;
  readonly ocn: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly string[];
}

/** The month of a few accounts in which bills, files, records and mailboxes are wrong. */
export function writeTroubled(folder: string): void {
  writeSlice(folder, FEW_IN_EUROPE, (name, content) => (name.endsWith('contacts.jsonl') ? withSimulator(content) : spoilt(name, content)));
  const append = (file: string, lines: string) => appendFileSync(join(folder, file), lines);
  const bad = (kind: string, ...wrong: object[]) => append(`directory/${kind}.jsonl`, badRecords(folder, kind, wrong));
  append(`billing/${PERIOD}/bills/B10031701.json`, '\n');
  bad('billing-accounts', { bcn: 'B999', ocn: '999999' });
  bad('contacts', { contactId: '../../etc/passwd' }, { contactId: 'K\u0007' });
  bad('customers', { ocn: '100999', name: 'x'.repeat(5_000_000) });
  append('directory/services.jsonl', '{"serviceId": "LE-1", \n');
}

/** Spoils a few files before their checksums are taken. */
function spoilt(name: string, content: Buffer): Buffer {
  if (name.endsWith('/B10020101.json')) return Buffer.from(content.toString().replaceAll('"GBP"', '"EUR"'));
  if (name.endsWith('/B10030401.json')) return Buffer.from(content.toString().replace('"value": "0.00"', '"value": "7.00"'));
  if (name.includes('usage/B20011801.')) return withoutLastRow(content);
  return name.includes('usage/B10028303.') ? content.subarray(0, Math.floor(content.length / 2)) : content;
}

function withoutLastRow(packed: Buffer): Buffer {
  const rows = gunzipSync(packed).toString().trim().split('\n');
  return gzipSync(`${rows.slice(0, -1).join('\n')}\n`);
}

/** The billing contacts of two customers read at SES's simulator. */
function withSimulator(content: Buffer): Buffer {
  const lines = content.toString('utf8').trim().split('\n');
  const changed = lines.map((line) => {
    const contact = JSON.parse(line) as ContactLine;
    const who = [GONE, ANNOYED].find(({ ocn }) => ocn === contact.ocn && contact.roles.includes('billing'));
    return who ? JSON.stringify({ ...contact, email: who.email }) : line;
  });
  return Buffer.from(`${changed.join('\n')}\n`);
}

/** Good records of a file's first kind, each with a field that is wrong. */
function badRecords(folder: string, kind: string, wrong: readonly object[]): string {
  const [first = '{}'] = readFileSync(join(folder, 'directory', `${kind}.jsonl`), 'utf8').split('\n');
  return wrong.map((fields) => `${JSON.stringify({ ...JSON.parse(first), ...fields })}\n`).join('');
}
