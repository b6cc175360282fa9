import { expression } from '../aws/expression.ts';
import { getItem, putItem, type Write } from '../aws/tables.ts';
import { addressKey } from '../directory/address-key.ts';

// SUPPRESSED#<folded address> / SUPPRESSION

/** Why nothing is mailed to an address any more. */
export interface Suppression {
  readonly reason: 'bounce' | 'complaint';
  readonly at: string;
  /** The message that came back. */
  readonly messageId: string;
}

/** The suppression of an address, however it is spelt; read consistently. */
export function suppressionOf(address: string): Promise<Suppression | undefined> {
  return getItem<Suppression>('preferences', keyOf(address));
}

/** Suppresses an address; the first reason stays. */
export async function suppress(address: string, suppression: Suppression): Promise<void> {
  await putItem('preferences', { ...keyOf(address), ...suppression }, expression`attribute_not_exists(#pk)`);
}

/** The claim's condition: the address is not suppressed. */
export function notSuppressed(address: string): Write {
  return { check: keyOf(address), table: 'preferences', when: expression`attribute_not_exists(#pk)` };
}

function keyOf(address: string) {
  return { pk: `SUPPRESSED#${addressKey(address)}`, sk: 'SUPPRESSION' };
}
