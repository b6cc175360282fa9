import { putItem, queryItems, removeItem } from '../aws/tables.ts';

/** An issued document whose bill changed afterwards: a person writes a credit note and a new invoice. */
export interface Correction {
  readonly bcn: string;
  readonly billId: string;
  readonly reason: string;
  /** The event that brought the change. */
  readonly cause: string;
  readonly at: string;
}

/** Keeps a correction task; the same bill again is the same task. */
export async function recordCorrection(period: string, calendar: string, correction: Correction): Promise<void> {
  await putItem('billing', { pk: partition(period, calendar), sk: `${correction.bcn}#${correction.billId}`, ...correction });
}

/** The correction tasks of a period, by account. */
export async function* correctionsOf(period: string, calendar: string): AsyncGenerator<Correction> {
  yield* queryItems<Correction>('billing', { pk: partition(period, calendar) });
}

/** The task's sentence. */
export function correctionReason(billId: string, number: string | undefined): string {
  return `Bill ${billId} changed after it was issued${number ? ` as ${number}` : ''}: issued figures stay, a credit note and a new invoice are needed`;
}

/** The sentence for a bill that was not issued with its period. */
export function lateReason(billId: string): string {
  return `Bill ${billId} came, or came right, after the period was published: a rerun issues it`;
}

/** A bill that a late batch issued needs nobody any more. */
export async function settleCorrection(period: string, calendar: string, bcn: string, billId: string): Promise<void> {
  await removeItem('billing', { pk: partition(period, calendar), sk: `${bcn}#${billId}` });
}

function partition(period: string, calendar: string): string {
  return `CORRECTIONS#${period}#${calendar}`;
}
