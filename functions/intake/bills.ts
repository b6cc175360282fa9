import pLimit from 'p-limit';
import { listObjects } from '../aws/objects.ts';
import { forgetUnreadable, receiveBill } from '../billing/received.ts';
import { announcedHashes } from './announced.ts';
import { LARGEST_BILL, nameOfUnreadable, readBillHeader } from './bill-header.ts';
import { type PlacedAccount, placedAccounts } from './calendar-of.ts';
import { bcnsOfBillFile, exportFileOf } from './export-file.ts';
import { piecesOf } from './file-pieces.ts';
import { hashedObject } from './hashed-object.ts';
import type { Progress, StepWork } from './progress.ts';
import { checksumReason, progressOf, type ReceivedFile } from './received-file.ts';

/** Bills at once: as many accounts as one `billing.bills.changed` event names. */
const PIECE = 100;
const PARALLEL = 8;

/** Hands a period's bills to billing, each as it came; what cannot be read goes on with its reason. */
export async function* importBills(work: StepWork, period: string): AsyncGenerator<Progress> {
  const { bucket, prefix, at } = work;
  const folder = `${prefix}billing/${period}/bills/`;
  const hashes = await announcedHashes(bucket, prefix, period);
  const limit = pLimit(PARALLEL);
  let again = work.again;
  const bills = piecesOf(listObjects(bucket, folder, at.after), PIECE, ({ key }) => exportFileOf(key.slice(prefix.length)).is === 'bill');
  for await (const piece of bills) {
    const placed = await placedAccounts([...new Set(piece.flatMap(({ key }) => bcnsOfBillFile(key.slice(folder.length))))]);
    const received = await Promise.all(
      piece.map((object) => limit(() => importBill(work, { period, folder, placed, hashes }, object.key))),
    );
    yield progressOf({ period, file: `billing/${period}/bills`, again, files: received, after: piece.at(-1)?.key ?? '' });
    again = false;
  }
}

interface BillFolder {
  readonly period: string;
  readonly folder: string;
  readonly placed: ReadonlyMap<string, PlacedAccount>;
  readonly hashes: ReadonlyMap<string, string>;
}

async function importBill(
  { bucket, prefix, time }: StepWork,
  { period, folder, placed, hashes }: BillFolder,
  key: string,
): Promise<ReceivedFile> {
  const name = key.slice(folder.length);
  const { sha256, bytes, content } = await hashedObject(bucket, key, LARGEST_BILL);
  const { bcn, billId, revision, unreadable } = readBillHeader(name, new Set(placed.keys()), content, bytes);
  const file = { file: key.slice(prefix.length), bytes, kind: 'bill', bcn } as const;
  const account = placed.get(bcn);
  if (!account) {
    const expected = 'the BCN of a billing account that the directory knows is expected';
    return { ...file, outcome: 'rejected', issues: [{ field: 'customerBill.billingAccount.id', value: JSON.stringify(bcn), expected }] };
  }
  const announced = hashes.get(`bills/${name}`);
  const checksum = announced !== undefined && announced !== sha256 ? { announced, found: sha256 } : undefined;
  const reason = checksum ? checksumReason(checksum.announced, checksum.found) : unreadable;
  const reception = await receiveBill({ period, bcn, billId, revision, bucket, key, sha256, receivedAt: time, unreadable: reason });
  const placeholder = nameOfUnreadable(name, bcn);
  const mended = placeholder !== billId && (await forgetUnreadable({ period, bcn, billId: placeholder }));
  const outcome = mended && reception === 'same' ? 'changed' : reception;
  return { ...file, outcome, calendar: account.calendar, checksum, unreadable: reason };
}
