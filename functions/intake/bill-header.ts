import * as z from 'zod';
import { fields, id, oneOf, whole } from '../directory/fields.ts';
import { describeIssue, fieldIssues } from '../events/cloud-event.ts';
import { bcnsOfBillFile, billIdOfFile } from './export-file.ts';

/** What intake must know of a bill; the bill run looks at the rest. */
const header = fields({
  customerBill: fields({
    id,
    revision: whole(0, 1_000_000_000),
    billingAccount: fields({ id }),
    category: oneOf('normal', 'credit-note', 'self-billed', 'outpayment'),
  }),
});

/** A bill as far as its file can be read. */
export interface BillHeader {
  readonly bcn: string;
  readonly billId: string;
  readonly revision: number;
  /** Why nobody should make an invoice of it. */
  readonly unreadable?: string | undefined;
}

/** Larger files are not read at all. */
export const LARGEST_BILL = 20 * 1024 * 1024;
const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads which bill a file holds, for which account.
 * A bill without a readable id goes by its file's name; the next readable one of that file replaces it.
 * @param name `<bcn>.json` or `<bcn>.<billId>.json`; as ids may have dots, the content or the directory says which
 * @param known the BCNs of the directory among those that the name may mean
 * @param content missing when the file is too large
 */
export function readBillHeader(name: string, known: ReadonlySet<string>, content: Buffer | undefined, bytes: number): BillHeader {
  const candidates = bcnsOfBillFile(name);
  const named = candidates.find((bcn) => known.has(bcn)) ?? candidates[0] ?? '';
  const byName = { bcn: named, billId: nameOfUnreadable(name, named), revision: 0 };
  if (!content) return { ...byName, unreadable: `The file is ${bytes} bytes: a bill of at most ${LARGEST_BILL} bytes is expected` };
  let given: unknown;
  try {
    given = JSON.parse(decoder.decode(content));
  } catch (error) {
    return { ...byName, unreadable: `The file is no JSON in UTF-8: ${(error as Error).message.slice(0, 200)}` };
  }
  const parsed = header.safeParse(given);
  if (!parsed.success) {
    return { ...byName, ...readableParts(given), unreadable: fieldIssues(parsed.error, given).slice(0, 5).map(describeIssue).join('; ') };
  }
  const { id: billId, revision, billingAccount } = parsed.data.customerBill;
  if (candidates.includes(billingAccount.id)) return { bcn: billingAccount.id, billId, revision };
  const unreadable = `customerBill.billingAccount.id is ${JSON.stringify(billingAccount.id)}: the BCN of the file's name, ${name}, is expected`;
  return { bcn: named, billId, revision, unreadable };
}

/** What a bill without a readable id goes by: the bill id in its file's name, else the BCN. */
export function nameOfUnreadable(name: string, bcn: string): string {
  return billIdOfFile(name, bcn) ?? bcn;
}

/** A bill that is wrong elsewhere keeps its id and revision, so that its correction replaces it. */
function readableParts(given: unknown): Partial<Pick<BillHeader, 'billId' | 'revision'>> {
  const parts = z
    .object({ customerBill: z.object({ id: id.optional().catch(undefined), revision: z.int().min(0).optional().catch(undefined) }) })
    .safeParse(given);
  if (!parts.success) return {};
  const { id: billId, revision } = parts.data.customerBill;
  return { ...(billId === undefined ? {} : { billId }), ...(revision === undefined ? {} : { revision }) };
}
