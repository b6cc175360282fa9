import pLimit from 'p-limit';
import { listObjects } from '../aws/objects.ts';
import { receiveUsage } from '../billing/received.ts';
import { announcedHashes } from './announced.ts';
import { type PlacedAccount, placedAccounts } from './calendar-of.ts';
import { bcnOfUsageFile, exportFileOf } from './export-file.ts';
import { piecesOf } from './file-pieces.ts';
import { hashedObject } from './hashed-object.ts';
import type { Progress, StepWork } from './progress.ts';
import { checksumReason, progressOf, type ReceivedFile } from './received-file.ts';
import { type LayoutChoice, readLayoutChoice } from './usage-layout.ts';

/** Fewer than bills: one may have millions of rows, and all of a piece is read again after a crash. */
const PIECE = 20;
const PARALLEL = 4;

/** Hands a period's rated calls to billing, unread but for their checksums. */
export async function* importUsage(work: StepWork, period: string): AsyncGenerator<Progress> {
  const { bucket, prefix, at } = work;
  const folder = `${prefix}billing/${period}/usage/`;
  const [hashes, layoutOf] = await Promise.all([announcedHashes(bucket, prefix, period), readLayoutChoice(bucket, folder)]);
  const limit = pLimit(PARALLEL);
  let again = work.again;
  const files = piecesOf(listObjects(bucket, folder, at.after), PIECE, ({ key }) => exportFileOf(key.slice(prefix.length)).is === 'usage');
  for await (const piece of files) {
    const placed = await placedAccounts(piece.map(({ key }) => bcnOfUsageFile(key.slice(folder.length))));
    const received = await Promise.all(
      piece.map((object) => limit(() => importFile(work, { period, folder, placed, hashes, layoutOf }, object.key))),
    );
    yield progressOf({ period, file: `billing/${period}/usage`, again, files: received, after: piece.at(-1)?.key ?? '' });
    again = false;
  }
}

interface UsageFolder {
  readonly period: string;
  readonly folder: string;
  readonly placed: ReadonlyMap<string, PlacedAccount>;
  readonly hashes: ReadonlyMap<string, string>;
  readonly layoutOf: LayoutChoice;
}

async function importFile(work: StepWork, usage: UsageFolder, key: string): Promise<ReceivedFile> {
  const { bucket, prefix, time } = work;
  const { period, folder, placed, hashes, layoutOf } = usage;
  const name = key.slice(folder.length);
  const bcn = bcnOfUsageFile(name);
  const { sha256, bytes } = await hashedObject(bucket, key, 0);
  const file = { file: key.slice(prefix.length), bytes, kind: 'usage', bcn } as const;
  const account = placed.get(bcn);
  if (!account) {
    const expected = 'the BCN of a billing account that the directory knows is expected';
    return { ...file, outcome: 'rejected', issues: [{ field: 'bcn', value: JSON.stringify(bcn), expected }] };
  }
  const announced = hashes.get(`usage/${name}`);
  const checksum = announced !== undefined && announced !== sha256 ? { announced, found: sha256 } : undefined;
  const choice = layoutOf(bcn);
  const problem = 'problem' in choice ? choice.problem : undefined;
  const layout = 'layout' in choice ? choice.layout : '';
  const unreadable = checksum ? checksumReason(checksum.announced, checksum.found) : problem;
  const outcome = await receiveUsage({ period, bcn, bucket, key, sha256, layout, receivedAt: time, unreadable });
  return { ...file, outcome, calendar: account.calendar, checksum, unreadable };
}
