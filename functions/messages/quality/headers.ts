import { addressKey } from '../../directory/address-key.ts';
import { isMandatory } from '../../preferences/categories.ts';
import { unsubscribeGrant } from '../links.ts';
import { categoryOf, isAboutWorks } from '../message.ts';
import type { Candidate, Rules } from './candidate.ts';

const POST = 'List-Unsubscribe=One-Click';

/** What mail programs act on. */
export const HEADERS: Rules = {
  "it comes from the category's sender": (candidate) => otherThan(candidate, 'from', candidate.from),
  "answers go to the category's desk": (candidate) => otherThan(candidate, 'reply-to', candidate.replyTo),
  'the headers of the way out are those of the category': (candidate) =>
    isMandatory(categoryOf(candidate.message)) ? waysOutOf(candidate) : faultsOfWayOut(candidate),
};

/** The header of an email's bytes: names in lower case, values unfolded, those of a name that is there twice with a line break between. */
export function headersOf(raw: Buffer): Map<string, string> {
  const end = raw.indexOf('\r\n\r\n');
  const lines = raw
    .subarray(0, end < 0 ? raw.length : end)
    .toString('latin1')
    .replace(/\r\n(?=[ \t])/g, '')
    .split('\r\n');
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    headers.set(name, headers.has(name) ? `${headers.get(name)}\n${value}` : value);
  }
  return headers;
}

/** `"Name" <address>` or `address`. */
export function addressIn(mailbox: string): string {
  return /<([^<>]*)>$/.exec(mailbox)?.[1] ?? mailbox;
}

function otherThan({ headers }: Candidate, name: string, expected: string): string[] {
  const found = headers.get(name) ?? 'missing';
  return addressKey(addressIn(found)) === addressKey(expected) ? [] : [`${addressIn(found)}, ${expected} is expected`];
}

function waysOutOf({ headers }: Candidate): string[] {
  return ['list-unsubscribe', 'list-unsubscribe-post'].filter((name) => headers.has(name)).map((name) => `${name} on mandatory mail`);
}

/** RFC 8058: one https link that ends exactly this category, the same by mail, and the word that makes it one click. */
function faultsOfWayOut({ message, headers, publicOrigin, linkKeys, unsubscribe }: Candidate): string[] {
  const [link = '', mail = '', ...more] = (headers.get('list-unsubscribe') ?? '')
    .split(/\s*,\s*/)
    .map((part) => part.replace(/^<|>$/g, ''));
  const page = `${publicOrigin}/u/`;
  const token = link.startsWith(page) ? link.slice(page.length) : '';
  const ends = unsubscribeGrant(token, linkKeys);
  const bcn = isAboutWorks(message) ? '*' : message.bcn;
  const isOurs =
    ends?.ocn === message.ocn && ends.contactId === message.contactId && ends.bcn === bcn && ends.category === categoryOf(message);
  const isMail = mail === `mailto:${unsubscribe}?subject=${encodeURIComponent(token)}`;
  return [
    ...(isOurs ? [] : ['list-unsubscribe has no link that ends this category for this contact']),
    ...(isMail && more.length === 0 ? [] : ['list-unsubscribe has no second part that says the same by mail']),
    ...(headers.get('list-unsubscribe-post') === POST ? [] : [`list-unsubscribe-post is not ${POST}`]),
  ];
}
