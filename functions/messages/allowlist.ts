import { addressKey } from '../directory/address-key.ts';

/**
 * True when this stage may mail the address.
 * @param allowlist comma list of addresses, `@domain` for a whole domain, `*` for everybody (production only)
 */
export function isAllowed(address: string, allowlist: string): boolean {
  const key = addressKey(address);
  return allowlist
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .some((entry) => entry === '*' || (entry.startsWith('@') ? key.endsWith(addressKey(entry)) : key === addressKey(entry)));
}
