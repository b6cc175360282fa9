import type { Address } from '../directory/records.ts';
import type { LanguageCode } from './languages/language.ts';

/** Countries that write the town before the postcode, the postcode on a line of its own. */
const POSTCODE_LAST = new Set(['GB', 'IE', 'HK', 'IN', 'SG', 'US', 'CA', 'AU']);

const JAPANESE = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]/u;

const names = new Map<LanguageCode, Intl.DisplayNames>();

/** An address as the country's post wants it, without the name; the country stands last when the letter crosses a border. */
export function addressLines(address: Address, fromCountry: string, language: LanguageCode): string[] {
  const { country } = address;
  const abroad = country === fromCountry ? [] : [countryName(country, language).toUpperCase()];
  return [...homeLines(address), ...abroad];
}

/** The same on one line, for a letterhead or a footer. */
export function addressLine(address: Address): string {
  return homeLines(address).join(writtenInJapanese(address) ? ' ' : ', ');
}

/** A Japanese address is read from the postcode to the house, and the name stands below it. */
export function nameStandsLast([first]: readonly string[]): boolean {
  return first?.startsWith('〒') ?? false;
}

function writtenInJapanese({ country, city }: Pick<Address, 'country' | 'city'>): boolean {
  return country === 'JP' && JAPANESE.test(city);
}

/** A company's name as a Japanese letter addresses it. */
export function honoured(name: string): string {
  return /(御中|様)$/u.test(name.trim()) ? name : `${name} 御中`;
}

function homeLines(address: Address): string[] {
  const { street, postalCode, city, country } = address;
  const lines = writtenInJapanese(address) ? [`〒${postalCode}`, `${city}${street}`] : [street, ...townLines(postalCode, city, country)];
  return lines.map((line) => line.trim()).filter((line) => line !== '');
}

function townLines(postalCode: string, city: string, country: string): string[] {
  if (POSTCODE_LAST.has(country)) return [city, postalCode];
  return country === 'JP' ? [`${city} ${postalCode}`] : [`${postalCode} ${city}`];
}

function countryName(country: string, language: LanguageCode): string {
  let display = names.get(language);
  if (!display) {
    display = new Intl.DisplayNames(language, { type: 'region' });
    names.set(language, display);
  }
  return display.of(country) ?? country;
}
