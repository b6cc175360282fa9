import { homeLines } from '../directory/home-address.ts';
import type { Address } from '../directory/records.ts';
import type { LanguageCode } from './languages/language.ts';

const names = new Map<LanguageCode, Intl.DisplayNames>();

/** An address as the country's post wants it, without the name; the country stands last when the letter crosses a border. */
export function addressLines(address: Address, fromCountry: string, language: LanguageCode): string[] {
  const { country } = address;
  const abroad = country === fromCountry ? [] : [countryName(country, language).toUpperCase()];
  return [...homeLines(address), ...abroad];
}

/** A Japanese address is read from the postcode to the house, and the name stands below it. */
export function nameStandsLast([first]: readonly string[]): boolean {
  return first?.startsWith('〒') ?? false;
}

/** A company's name as a Japanese letter addresses it. */
export function honoured(name: string): string {
  return /(御中|様)$/u.test(name.trim()) ? name : `${name} 御中`;
}

function countryName(country: string, language: LanguageCode): string {
  let display = names.get(language);
  if (!display) {
    display = new Intl.DisplayNames(language, { type: 'region' });
    names.set(language, display);
  }
  return display.of(country) ?? country;
}
