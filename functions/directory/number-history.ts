import type { Stored } from './keys.ts';
import type { NumberRange } from './records.ts';

/**
 * A number that was given back and assigned again stands twice. Two holdings of the same first number that overlap in
 * time are one whose `assignedOn` was corrected: the one the carrier stated last is true.
 * @param stored an account's ranges in the order of `from`, then `assignedOn`
 */
export async function* withoutOverlaps(
  stored: AsyncIterable<Pick<Stored<NumberRange>, 'record' | 'version'>>,
): AsyncGenerator<NumberRange> {
  let held: Pick<Stored<NumberRange>, 'record' | 'version'> | undefined;
  for await (const next of stored) {
    if (held && overlap(held.record, next.record)) {
      if (next.version > held.version) held = next;
      continue;
    }
    if (held) yield held.record;
    held = next;
  }
  if (held) yield held.record;
}

function overlap(earlier: NumberRange, later: NumberRange): boolean {
  return earlier.from === later.from && (earlier.endedOn === undefined || earlier.endedOn > later.assignedOn);
}
