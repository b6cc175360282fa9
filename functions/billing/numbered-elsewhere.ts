import { publishedInstants } from '../documents/publications.ts';
import { PermanentError } from '../events/failure.ts';
import { bindingsOf, type NumberRecord } from './numbers.ts';

/**
 * Which of these bills belong to another run, because that one bound their numbers: an earlier publication of the period,
 * another rerun that is under way, or the calendar that the account followed before. A bill is issued by that one run.
 * @returns `issued` tells whether that run is published already
 */
export async function numberedElsewhere(
  runId: string,
  bills: readonly Pick<NumberRecord, 'bcn' | 'period' | 'billId'>[],
): Promise<(NumberRecord & { readonly issued: boolean })[]> {
  const others = [...(await bindingsOf(bills)).values()].filter((record) => record.runId !== runId);
  if (others.length === 0) return [];
  const published = await publishedInstants(others.map((record) => record.runId));
  return others.map((record) => ({ ...record, issued: published.has(record.runId) }));
}

/** Another run is issuing a bill: nothing is wrong with what was delivered. */
export class ElsewhereError extends PermanentError {
  constructor(record: NumberRecord) {
    super(elsewhereReason(record), 'billId');
  }
}

/** The sentence for an account whose bill another run issues. */
export function elsewhereReason({ billId, number, runId }: NumberRecord): string {
  return `Bill ${billId} has the number ${number} in run ${runId}: it is issued there, not here`;
}
