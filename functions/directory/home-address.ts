import type { Address } from './records.ts';

/** Countries that write the town before the postcode, the postcode on a line of its own. */
const POSTCODE_LAST = new Set(['GB', 'IE', 'HK', 'IN', 'SG', 'US', 'CA', 'AU']);

const JAPANESE = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]/u;

/** An address as the post of its own country wants it: without the name, without the country. */
export function homeLines(address: Address): string[] {
  const { street, postalCode, city, country } = address;
  const lines = writtenInJapanese(address) ? [`〒${postalCode}`, `${city}${street}`] : [street, ...townLines(postalCode, city, country)];
  return lines.map((line) => line.trim()).filter((line) => line !== '');
}

/** The same on one line, for a letterhead or the foot of a page or an email. */
export function addressLine(address: Address): string {
  return homeLines(address).join(writtenInJapanese(address) ? ' ' : ', ');
}

function townLines(postalCode: string, city: string, country: string): string[] {
  if (POSTCODE_LAST.has(country)) return [city, postalCode];
  return country === 'JP' ? [`${city} ${postalCode}`] : [`${postalCode} ${city}`];
}

function writtenInJapanese({ country, city }: Pick<Address, 'country' | 'city'>): boolean {
  return country === 'JP' && JAPANESE.test(city);
}
