import { GuardError } from '../documents/records.ts';
import { PassingError } from '../events/failure.ts';
import type { AccountRecord } from './account.ts';

/** What the system or a neighbour does to us, not what an account holds. */
const SYSTEM_ERROR = /^E[A-Z]+$/;
const BROKEN_OFF = new Set(['ERR_STREAM_PREMATURE_CLOSE', 'ABORT_ERR']);
/** Longer reasons help nobody. */
const LONGEST_REASON = 4000;

/**
 * True for an error that passes by itself (throttling, network, disk): the chunk is tried again. Everything else is the
 * account's own trouble: it is parked with the reason, and the others go on.
 */
export function passes(error: unknown): boolean {
  if (error instanceof PassingError || error instanceof GuardError) return true;
  if (!(error instanceof Error)) return false;
  if ('$metadata' in error || error.name === 'TimeoutError') return true;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return SYSTEM_ERROR.test(code) || BROKEN_OFF.has(code);
}

/** An account that was on its way, taken out of its run: nothing of it is issued, its figures no longer count. */
export function parked(record: AccountRecord, reason: string): AccountRecord {
  const figures = { ...record.figures, billed: false, parked: true, held: false, doubtful: true, net: {}, vat: [] };
  return { ...record, state: 'parked', reason, bills: [], documents: [], draft: undefined, release: undefined, figures };
}

/** The reason as a person reads it. */
export function parkingReason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.length > LONGEST_REASON ? `${text.slice(0, LONGEST_REASON)}... (${text.length} characters)` : text;
}
