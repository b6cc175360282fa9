import type { Write } from '../aws/tables.ts';
import type { Preference } from './preference.ts';
import { unchangedPreference } from './preferences.ts';
import { notSuppressed } from './suppression.ts';

/** The conditions of a claim, in this order. */
export const CLAIM_CHECKS = ['preference', 'defaults', 'suppression'] as const;

/**
 * What must still be true at the moment of the claim: an opt-out (the contact's own, or one by default) or a suppression that
 * was answered before it wins.
 * @param preference as it was read for this claim
 */
export function claimChecks(recipient: { ocn: string; contactId: string; address: string; preference: Preference }): Write[] {
  return [...unchangedPreference(recipient.ocn, recipient.contactId, recipient.preference), notSuppressed(recipient.address)];
}
