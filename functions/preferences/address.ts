import { domainToASCII } from 'node:url';

/**
 * The folded form of an email address: lower case, the domain in punycode. Two spellings of one mailbox have one key.
 * @example addressKey('Anna@Müller.Example') === 'anna@xn--mller-kva.example'
 */
export function addressKey(address: string): string {
  const folded = address.trim().normalize('NFC').toLowerCase();
  const at = folded.lastIndexOf('@');
  if (at < 0) return folded;
  const domain = folded.slice(at + 1).replace(/\.$/, '');
  return `${folded.slice(0, at)}@${domainToASCII(domain) || domain}`;
}
