import type { Address } from '../directory/records.ts';
import type { LanguageCode } from './languages/language.ts';

/** Countries that write the town before the postcode, the postcode on a line of its own. */
const POSTCODE_LAST = new Set(['GB', 'IE', 'HK', 'IN', 'SG', 'US', 'CA', 'AU']);

const JAPANESE = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]/u;

const names = new Map<LanguageCode, Intl.DisplayNames>();

/** An address as the country's post wants it, without the name; the country stands last when the letter crosses a border. */
export function addressLines(address: Address, fromCountry: string, language: LanguageCode): string[] {
  const { street, postalCode, city, country } = address;
  const abroad = country === fromCountry ? [] : [countryName(country, language).toUpperCase()];
  return [street, ...townLines(postalCode, city, country), ...abroad].map((line) => line.trim()).filter((line) => line !== '');
}

/** The same on one line, for a letterhead or a footer. */
export function addressLine(address: Address): string {
  return [address.street, ...townLines(address.postalCode, address.city, address.country)].filter((line) => line.trim() !== '').join(', ');
}

function townLines(postalCode: string, city: string, country: string): string[] {
  if (POSTCODE_LAST.has(country)) return [city, postalCode];
  if (country === 'JP') return JAPANESE.test(city) ? [`〒${postalCode} ${city}`] : [`${city} ${postalCode}`];
  return [`${postalCode} ${city}`];
}

function countryName(country: string, language: LanguageCode): string {
  let display = names.get(language);
  if (!display) {
    display = new Intl.DisplayNames(language, { type: 'region' });
    names.set(language, display);
  }
  return display.of(country) ?? country;
}
