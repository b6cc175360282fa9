import { domainToASCII } from 'node:url';

/**
 * What makes two email addresses the same mailbox: lower case, an international domain in punycode.
 * An address without a domain, or with one that cannot be written in punycode, is only put into lower case.
 */
export function addressKey(email: string): string {
  const at = email.lastIndexOf('@');
  const local = email.slice(0, at).toLowerCase();
  const domain = email.slice(at + 1).toLowerCase();
  return at < 0 ? domain : `${local}@${domainToASCII(domain) || domain}`;
}
