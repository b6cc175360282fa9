import { addressKey, looksAfterCircuits } from '../directory/contact-scope.ts';
import type { BillingAccount, Contact } from '../directory/records.ts';
import { worstOf } from '../icalendar/maintenance.ts';
import type { InvitedCircuit } from '../messages/invitation.ts';
import { worksCategory } from '../preferences/categories.ts';
import type { Preference } from '../preferences/preference.ts';

/** What a contact looks after: contacts with the same scope share their invitations. */
export interface Scope {
  /** Missing: every billing account of the customer. */
  readonly bcns?: readonly string[] | undefined;
  /** Missing: every circuit of these accounts. */
  readonly serviceIds?: readonly string[] | undefined;
  /** X-MAINTNOTE-ACCOUNT: the customer, or the one billing account. */
  readonly account: string;
}

/** A contact, and what it wants for each account. */
export interface Watcher {
  readonly contact: Contact;
  readonly preference: (bcn?: string) => Preference;
}

/** A contact in one of its scopes, with the settings that hold for all accounts of it. */
export interface Watch {
  readonly scope: Scope;
  readonly contact: Contact;
  readonly preference: Preference;
}

/** Who is told, and how: by folded address, so that a mailbox that is listed twice is told once. */
export type Audience = ReadonlyMap<string, { readonly contact: Contact; readonly how: 'REQUEST' | 'DATA' }>;

/**
 * The scopes of a customer's contacts on a day: role `maintenance` or `technical`, `activeTo` not passed. Accounts for which a contact wants
 * something else are a scope of their own.
 * @param accounts the customer's
 */
export function watchesOf(ocn: string, accounts: readonly Pick<BillingAccount, 'bcn'>[], watchers: readonly Watcher[], now: Date): Watch[] {
  return watchers.filter(({ contact }) => looksAfterCircuits(contact, now)).flatMap((watcher) => scopesOf(ocn, accounts, watcher));
}

/** The scope as one string: what makes invitations the same. */
export function scopeKey({ bcns, serviceIds, account }: Scope): string {
  return JSON.stringify([bcns ?? '*', serviceIds ?? '*', account]);
}

/** Those of a window's circuits that a scope sees. */
export function circuitsIn({ bcns, serviceIds }: Scope, circuits: readonly InvitedCircuit[]): InvitedCircuit[] {
  return circuits.filter(
    ({ bcn, serviceId }) => (bcns?.includes(bcn) ?? true) && (serviceIds === undefined || serviceIds.includes(serviceId)),
  );
}

/**
 * Who of a scope's contacts is told of these circuits. Emergencies are told to everyone and always; what touches no service may be switched
 * off; feed-only contacts read it in their feed.
 */
export function audienceOf(watches: readonly Watch[], worksClass: 'planned' | 'emergency', circuits: readonly InvitedCircuit[]): Audience {
  const audience = new Map<string, { contact: Contact; how: 'REQUEST' | 'DATA' }>();
  const category = worksCategory(worksClass, worstOf(circuits.map(({ impact }) => impact)));
  for (const { contact, preference } of watches) {
    if (preference.off.has(category)) continue;
    const channel = worksClass === 'emergency' ? 'invitation' : preference.works;
    if (channel === 'feed-only') continue;
    const how = channel === 'invitation' ? 'REQUEST' : 'DATA';
    const key = addressKey(contact.email);
    const known = audience.get(key);
    if (!known || (known.how === 'DATA' && how === 'REQUEST')) audience.set(key, { contact, how });
  }
  return audience;
}

function scopesOf(ocn: string, accounts: readonly Pick<BillingAccount, 'bcn'>[], { contact, preference }: Watcher): Watch[] {
  const bcns = accounts.map(({ bcn }) => bcn).filter((bcn) => contact.bcns?.includes(bcn) ?? true);
  const serviceIds = contact.serviceIds?.toSorted();
  const watch = (scope: Omit<Scope, 'serviceIds'>, of: Preference): Watch => ({ scope: { ...scope, serviceIds }, contact, preference: of });
  if (preference().grouping === 'per-account') return bcns.map((bcn) => watch({ bcns: [bcn], account: bcn }, preference(bcn)));
  const alike = Map.groupBy(bcns, (bcn) => settingsOf(preference(bcn)));
  if (alike.size <= 1) return [watch({ bcns: contact.bcns?.toSorted(), account: ocn }, preference(bcns[0]))];
  return [...alike.values()].map((group) => watch({ bcns: group.toSorted(), account: ocn }, preference(group[0])));
}

function settingsOf({ works, off }: Preference): string {
  return JSON.stringify([works, off.has('other-works')]);
}
