import { witnessed } from '../audit/trail.ts';
import { expression } from '../aws/expression.ts';
import { expiresAfterMonths, LOG_MONTHS } from '../aws/retention.ts';
import { getItem, type Key, putItem, queryItems, transact, updateItem, type Write } from '../aws/tables.ts';
import { PermanentError } from '../events/failure.ts';
import type { AccountDocument } from './account.ts';

/*
 * What is printed and sent by post, in the `billing` table:
 *
 * | what                                            | pk                    | sk                              |
 * |-------------------------------------------------|-----------------------|---------------------------------|
 * | the batch of a publication                      | PRINTS                | <period>#<calendar>#<sequence>  |
 * | a document of it, with the address it goes to   | PRINT#<publicationId> | <bcn>#<document id>#<version>   |
 * | the batch that a document is in, for ever       | PRINTED#<bcn>         | <document id>#<version>         |
 */

/** `making` until the address list is written: then nothing of it changes any more. */
export interface PrintBatch {
  readonly publicationId: string;
  readonly state: 'making' | 'ready' | 'handed-over';
  readonly documents: number;
  /** Of the address list, once it is written. */
  readonly sha256?: string | undefined;
  readonly readyAt?: string | undefined;
  readonly handedOver?: { readonly by: string; readonly reason: string; readonly at: string } | undefined;
}

/** A line of the address list: a document and where it goes. */
export interface PrintEntry {
  readonly file: string;
  readonly sha256: string;
  readonly document: string;
  readonly kind: string;
  readonly ocn: string;
  readonly bcn: string;
  readonly name: string;
  readonly street: string;
  readonly postalCode: string;
  readonly city: string;
  readonly country: string;
}

/**
 * Puts a document into a batch, unless it is in one already: no document is ever printed twice.
 * @returns the entry as it stands in this batch, with the address it was put in with; undefined when it is another batch's
 */
export async function enterPrint(
  publicationId: string,
  document: AccountDocument,
  entry: PrintEntry,
  now: Date,
): Promise<PrintEntry | undefined> {
  const name = `${document.documentId}#${document.version}`;
  const key: Key = { pk: `PRINT#${publicationId}`, sk: `${entry.bcn}#${name}` };
  const claim: Key = { pk: `PRINTED#${entry.bcn}`, sk: name };
  const expiresAt = expiresAfterMonths(now.toISOString(), LOG_MONTHS);
  const failed = await transact([
    { table: 'billing', put: { ...claim, publicationId }, when: expression`attribute_not_exists(#pk)` },
    { table: 'billing', put: { ...key, ...entry, expiresAt } },
  ]);
  return failed.length === 0 ? entry : getItem<PrintEntry>('billing', key);
}

/** The documents of a batch, by account. */
export function printEntries(publicationId: string): AsyncGenerator<PrintEntry> {
  return queryItems<PrintEntry>('billing', { pk: `PRINT#${publicationId}` });
}

/** Opens the batch of a publication; one that exists stays as it is, and is answered. */
export async function openBatch(publicationId: string): Promise<PrintBatch> {
  const batch: PrintBatch = { publicationId, state: 'making', documents: 0 };
  if (await putItem('billing', { ...keyOf(publicationId), ...batch }, expression`attribute_not_exists(#pk)`)) return batch;
  return (await findBatch(publicationId)) ?? batch;
}

/** The address list is written: the batch can be fetched. Said again, it changes nothing. */
export async function closeBatch(publicationId: string, documents: number, sha256: string, now: Date): Promise<void> {
  await updateItem(
    'billing',
    keyOf(publicationId),
    expression`SET #state = ${'ready'}, #documents = ${documents}, #sha256 = ${sha256}, #readyAt = ${now.toISOString()}`,
    expression`#state = ${'making'}`,
  );
}

/**
 * A named person has given a batch to whoever prints it.
 * @throws PermanentError when there is no such batch, or it cannot be handed over, or was already
 */
export async function handOverBatch(publicationId: string, by: string, reason: string, now: Date): Promise<PrintBatch> {
  const handedOver = { by, reason, at: now.toISOString() };
  const change = expression`SET #state = ${'handed-over'}, #handedOver = ${handedOver}`;
  const update = { table: 'billing', update: keyOf(publicationId), change, when: expression`#state = ${'ready'}` } as const;
  const failed = await transact([update, ...toldOf(publicationId, by, reason, now)]);
  const found = await findBatch(publicationId);
  if (found && failed.length === 0) return found;
  if (!found) throw new PermanentError(`publication is "${publicationId}": a publication with a print batch is expected`, 'publication');
  if (!found.handedOver) throw new PermanentError(`The print batch of ${publicationId} is still being made`, 'publication');
  const { by: who, at, reason: why } = found.handedOver;
  throw new PermanentError(`The print batch of ${publicationId} was handed over by ${who} at ${at}: ${why}`, 'publication');
}

function toldOf(publicationId: string, by: string, reason: string, now: Date): Write[] {
  const [period, calendar] = publicationId.split('.');
  const act = { actId: `prints/${publicationId}`, what: 'print.hand-over', doer: { by, reason } } as const;
  const states = { before: { state: 'ready' }, after: { state: 'handed-over' } };
  return witnessed({ ...act, subject: { period, calendar, runId: publicationId }, ...states }, now);
}

export function findBatch(publicationId: string): Promise<PrintBatch | undefined> {
  return getItem<PrintBatch>('billing', keyOf(publicationId));
}

/**
 * Print batches by period, calendar and sequence.
 * @param period `YYYY-MM`; undefined for all of them
 */
export function printBatches(period?: string): AsyncGenerator<PrintBatch> {
  return queryItems<PrintBatch>('billing', { pk: 'PRINTS', beginsWith: period === undefined ? '' : `${period}#` });
}

function keyOf(publicationId: string): Key {
  const [period = '', calendar = '', sequence = ''] = publicationId.split('.');
  return { pk: 'PRINTS', sk: `${period}#${calendar}#${sequence.padStart(6, '0')}` };
}
