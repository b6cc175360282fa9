import * as z from 'zod';
import { type CalendarCode, isCalendar } from '../calendars/calendars.ts';
import { isCurrency } from '../money/currencies.ts';
import { isDecimal } from '../money/money.ts';
import { addressKey } from './address-key.ts';
import { COUNTRIES } from './countries.ts';

/*
 * The kinds of field that a carrier's records are made of. Each message says what would be right; the import report
 * puts file, line, field and value before it.
 */

const ID = /^(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const SERVICE_ID = /^(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$/;
const ID_WORDS = 'an id is expected: 1 to 64 of A-Z a-z 0-9 . _ -, beginning with a letter or digit, without ".."';
const SERVICE_ID_WORDS = 'a service id is expected: 1 to 64 of A-Z a-z 0-9 . _ - /, beginning with a letter or digit, without ".."';
const E164 = /^\+[1-9]\d{2,14}$/;
const EMAIL = /^(?!\.)(?!.*\.\.)[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}(?<!\.)@[^\s@]{1,190}$/;
const DOMAIN = /^(?=.{4,190}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/;
const LANGUAGE = /^[A-Za-z]{2}(-[A-Za-z0-9]{2,8})*$/;

/** True for an id that may stand in a key or a path: `[A-Za-z0-9][A-Za-z0-9._-]{0,63}`, without `..`. */
export function isId(text: string): boolean {
  return ID.test(text);
}

/** A string that passes a test, with one sentence for whatever is wrong with it. */
function textThat(holds: (value: string) => boolean, expected: string) {
  return z.string({ error: expected }).refine(holds, { error: expected, abort: true });
}

export const id = textThat(isId, ID_WORDS);
export const serviceId = textThat((value) => SERVICE_ID.test(value), SERVICE_ID_WORDS);

/** Free text of a bounded length; length is counted in UTF-16 units. */
export function text(most: number) {
  return textThat((value) => value.length >= 1 && value.length <= most, `text of 1 to ${most} characters is expected`);
}

export const name = text(10_000);
export const line = text(1_000);

export const date = z.iso.date({ error: 'a date that exists is expected, as YYYY-MM-DD' });
export const instant = z.iso
  .datetime({ offset: true, error: 'an RFC 3339 instant with offset is expected, such as "2026-11-02T09:00:00Z"' })
  .transform((value) => new Date(value).toISOString());
export const decimal = textThat(isDecimal, 'a decimal in a string is expected, such as "1234.50"');

/** A percentage; carriers write it as a string or, where no money hangs on it, as a number. */
export const percent = z
  .union([z.string(), z.number().transform(String)], { error: 'a percentage in a string is expected, such as "12.5"' })
  .refine((value) => isDecimal(value) && !value.startsWith('-'), { error: 'a percentage in a string is expected, such as "12.5"' });

export const flag = z.boolean({ error: 'true or false is expected' });

/** A whole number within bounds. */
export function whole(least: number, most: number) {
  const error = `a whole number from ${least} to ${most} is expected`;
  return z.int({ error }).min(least, { error }).max(most, { error });
}

/** One of a few words. */
export function oneOf<const Word extends string>(...words: [Word, ...Word[]]) {
  return z.enum(words, { error: `one of ${words.join(', ')} is expected` });
}

/** A list with at least `least` entries. */
export function listOf<Schema extends z.ZodType>(entry: Schema, least = 0) {
  const error = least > 0 ? 'a list with at least one entry is expected' : 'a list is expected';
  return z.array(entry, { error }).min(least, { error }).max(10_000, { error: 'a list of at most 10000 entries is expected' });
}

/** An object with named fields. */
export function fields<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.object(shape, { error: `an object with ${Object.keys(shape).join(', ')} is expected` });
}

export const currency = textThat(isCurrency, 'an ISO 4217 currency that carrierpost bills in is expected, such as "EUR"');
export const country = textThat((value) => COUNTRIES.has(value), 'an ISO 3166-1 alpha-2 country is expected, such as "DE"');

export const calendar = z.custom<CalendarCode>((value) => typeof value === 'string' && isCalendar(value), {
  error: 'a calendar of the calendar table is expected, such as "GB-ENG" or "DE"',
});

/** The primary language: `de` for `de`, `DE` and `de-AT`. */
export const language = textThat((value) => LANGUAGE.test(value), 'a language of two letters is expected, such as "de"').transform(
  (value) => value.slice(0, 2).toLowerCase(),
);

export const timeZone = textThat(isTimeZone, 'an IANA time zone is expected, such as "Europe/Berlin"');
export const number = textThat((value) => E164.test(value), 'an E.164 number is expected: + and 3 to 15 digits, such as "+442079460000"');
export const email = textThat(
  isEmail,
  'an email address is expected, such as "billing@customer.example": ASCII before the @, a full domain after it',
);

export const address = fields({ street: line, postalCode: text(40).default(''), city: line, country });

/** A place in words or as an address; kept as one line of words. */
export const place = z
  .union([text(2_000), z.record(z.string(), z.string())], { error: 'a place is expected, in words or as an address' })
  .transform((value) => (typeof value === 'string' ? value : Object.values(value).join(', ')));

export const bank = fields({
  name: line,
  iban: textThat((value) => /^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(value.replaceAll(' ', '')), 'an IBAN is expected').optional(),
  bic: textThat((value) => /^[A-Z0-9]{8}([A-Z0-9]{3})?$/.test(value), 'a BIC of 8 or 11 characters is expected').optional(),
  account: text(100).optional(),
});

function isEmail(value: string): boolean {
  return EMAIL.test(value) && DOMAIN.test(addressKey(value).slice(value.lastIndexOf('@') + 1));
}

const knownTimeZones = new Map<string, boolean>();

function isTimeZone(value: string): boolean {
  if (value.length > 64) return false;
  let known = knownTimeZones.get(value);
  if (known === undefined) {
    known = /^[A-Za-z]/.test(value) && resolves(value);
    if (knownTimeZones.size < 1_000) knownTimeZones.set(value, known);
  }
  return known;
}

function resolves(value: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
