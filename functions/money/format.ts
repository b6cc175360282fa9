import { decimalsOf } from './currencies.ts';
import { isDecimal } from './money.ts';

/** The languages that customers read. One line a language; `Intl` is not asked, so that the same input gives the same text on every machine. */
const LANGUAGES = {
  en: {
    decimal: '.',
    group: ',',
    months: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
    short: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
    day: (day: number) => `${day}`,
  },
  de: {
    decimal: ',',
    group: '.',
    months: ['Januar', 'Februar', 'März', 'April', 'Mai', 'Juni', 'Juli', 'August', 'September', 'Oktober', 'November', 'Dezember'],
    short: ['Jan.', 'Feb.', 'März', 'Apr.', 'Mai', 'Juni', 'Juli', 'Aug.', 'Sep.', 'Okt.', 'Nov.', 'Dez.'],
    day: (day: number) => `${day}.`,
  },
  fr: {
    decimal: ',',
    group: '\u202f',
    months: ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'],
    short: ['janv.', 'févr.', 'mars', 'avr.', 'mai', 'juin', 'juil.', 'août', 'sept.', 'oct.', 'nov.', 'déc.'],
    day: (day: number) => (day === 1 ? '1er' : `${day}`),
  },
} as const;

export type Language = keyof typeof LANGUAGES;

export const LANGUAGE_CODES = Object.keys(LANGUAGES) as Language[];

/** The language we write to somebody who asked for `code` (`de`, `de-AT`, anything): English when we do not have theirs. */
export function languageOf(code: string | undefined): Language {
  const primary = code?.toLowerCase().split(/[-_]/)[0];
  return LANGUAGE_CODES.find((language) => language === primary) ?? 'en';
}

/**
 * An amount with its currency code: `1,234.56 EUR`, `1.234,56 EUR`, `1 234,56 EUR`.
 * @param amount decimal string
 * @throws RangeError when it is no decimal
 */
export function formatMoney(amount: string, currency: string, language: Language): string {
  if (!isDecimal(amount)) throw new RangeError(`${JSON.stringify(amount)} is no decimal amount such as "1234.50"`);
  const [whole = '0', fraction = ''] = amount.replace('-', '').split('.');
  const { group, decimal } = LANGUAGES[language];
  const grouped = whole.replace(/^0+(?=\d)/, '').replace(/\B(?=(\d{3})+$)/g, group);
  const digits = fraction.padEnd(decimalsOf(currency), '0');
  const sign = amount.startsWith('-') ? '\u2212' : '';
  return `${sign}${grouped}${digits ? decimal + digits : ''}\u00a0${currency}`;
}

/** A date as people write it in running text: `4 Dec 2026`, `4. Dez. 2026`, `4 déc. 2026`. */
export function formatDate(date: string, language: Language): string {
  const [year, month, day] = partsOf(date);
  const { short, day: written } = LANGUAGES[language];
  return `${written(day)} ${short[month - 1]} ${year}`;
}

/** A billing period (`2026-10`) by its name: `October 2026`. */
export function formatPeriod(period: string, language: Language): string {
  const [year, month] = partsOf(`${period}-01`);
  return `${LANGUAGES[language].months[month - 1]} ${year}`;
}

function partsOf(date: string): [number, number, number] {
  const match = /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.exec(date);
  if (!match) throw new RangeError(`${JSON.stringify(date)} is no date such as 2026-12-04`);
  return [Number(match[1]), Number(match[2]), Number(match[3])];
}
