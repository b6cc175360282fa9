import { domainToASCII } from 'node:url';
import type { Carrier, NumberRange } from './carrier.ts';

/** The mailbox an address means: small letters, the domain in punycode. */
export function folded(email: string): string {
  const [local = '', domain = ''] = email.toLowerCase().split('@');
  return `${local}@${domainToASCII(domain)}`;
}

/** The mailboxes that an account's documents go to on a date, each once. */
export function recipientsOf(carrier: Carrier, ocn: string, bcn: string, onDate: string): string[] {
  const wanted = carrier.contacts.filter((contact) => {
    const scope = contact.bcns ?? undefined;
    const stays = !contact.activeTo || contact.activeTo >= onDate;
    return contact.ocn === ocn && contact.roles.includes('billing') && (scope === undefined || scope.includes(bcn)) && stays;
  });
  return [...new Set(wanted.map(({ email }) => folded(email)))].sort();
}

/** The numbers that an account held at some time of a period. */
export function numbersHeld(carrier: Carrier, bcn: string, period: string): number {
  const first = `${period}-01`;
  const last = `${period}-31`;
  return carrier.numbers
    .filter((range) => range.bcn === bcn && range.assignedOn <= last && (!range.endedOn || range.endedOn >= first))
    .reduce((sum, range) => sum + sizeOf(range), 0);
}

function sizeOf({ from, to }: NumberRange): number {
  return to ? Number(to.slice(1)) - Number(from.slice(1)) + 1 : 1;
}
