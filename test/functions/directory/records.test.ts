import { describe, expect, test } from 'vitest';
import type * as z from 'zod';
import { unknownFields, withoutBlanks } from '../../../functions/directory/blanks.ts';
import {
  billingAccountSchema,
  contactSchema,
  customerSchema,
  legalEntitySchema,
  numberRangeSchema,
  ownerOn,
  serviceSchema,
  sizeOf,
} from '../../../functions/directory/records.ts';
import { describeIssue, fieldIssues } from '../../../functions/events/cloud-event.ts';
import { account, contact, customer, entity, numbers, service } from '../intake/export.ts';

const ID = 'an id is expected: 1 to 64 of A-Z a-z 0-9 . _ -, beginning with a letter or digit, without ".."';
const DATE = 'a date that exists is expected, as YYYY-MM-DD';

describe('a wrong field says what would be right', () => {
  test.each<[z.ZodType, object, string]>([
    [customerSchema, customer({ ocn: '..' }), `ocn is "..": ${ID}`],
    [customerSchema, customer({ ocn: 'C\u0007' }), `ocn is "C\\u0007": ${ID}`],
    [customerSchema, customer({ ocn: 'C/1' }), `ocn is "C/1": ${ID}`],
    [customerSchema, customer({ ocn: 7 }), `ocn is 7: ${ID}`],
    [customerSchema, customer({ ocn: 'C'.repeat(65) }), `ocn is "${'C'.repeat(65)}": ${ID}`],
    [customerSchema, customer({ name: null }), 'name is null: text of 1 to 10000 characters is expected'],
    [customerSchema, customer({ country: 'UK' }), 'country is "UK": an ISO 3166-1 alpha-2 country is expected, such as "DE"'],
    [customerSchema, customer({ language: 'german' }), 'language is "german": a language of two letters is expected, such as "de"'],
    [
      customerSchema,
      customer({ updatedAt: '2026-11-02 09:00' }),
      'updatedAt is "2026-11-02 09:00": an RFC 3339 instant with offset is expected, such as "2026-11-02T09:00:00Z"',
    ],
    [
      legalEntitySchema,
      entity({ calendar: 'DE-XX' }),
      'calendar is "DE-XX": a calendar of the calendar table is expected, such as "GB-ENG" or "DE"',
    ],
    [
      legalEntitySchema,
      entity({ currency: 'XXX' }),
      'currency is "XXX": an ISO 4217 currency that carrierpost bills in is expected, such as "EUR"',
    ],
    [legalEntitySchema, entity({ taxRounding: 'up' }), 'taxRounding is "up": one of half-up, down is expected'],
    [
      legalEntitySchema,
      entity({ contact: { email: 'billing', phone: '1' } }),
      'contact.email is "billing": an email address is expected, such as "billing@customer.example": ASCII before the @, a full domain after it',
    ],
    [
      legalEntitySchema,
      entity({ series: [{ type: 'invoice', year: 2026, prefix: 'DE', width: 6, next: 0 }] }),
      'series.0.next is 0: a whole number from 1 to 999999999999 is expected',
    ],
    [billingAccountSchema, account({ activeFrom: '2026-02-30' }), `activeFrom is "2026-02-30": ${DATE}`],
    [billingAccountSchema, account({ delivery: true }), 'delivery is true: an object with attach, post is expected'],
    [
      billingAccountSchema,
      account({ paymentTerms: { days: '30' } }),
      'paymentTerms.days is "30": a whole number from 0 to 366 is expected',
    ],
    [
      billingAccountSchema,
      account({ quote: { monthly: 100 } }),
      'quote.monthly is 100: a decimal in a string is expected, such as "1234.50"',
    ],
    [billingAccountSchema, account({ itemisation: 'some' }), 'itemisation is "some": one of none, masked, full is expected'],
    [
      contactSchema,
      contact({ timeZone: 'Europe/Bonn' }),
      'timeZone is "Europe/Bonn": an IANA time zone is expected, such as "Europe/Berlin"',
    ],
    [contactSchema, contact({ roles: ['boss'] }), 'roles.0 is "boss": one of billing, technical, maintenance, administrator is expected'],
    [contactSchema, contact({ roles: 'billing' }), 'roles is "billing": a list is expected'],
    [serviceSchema, service({ ownership: [] }), 'ownership is []: a list with at least one entry is expected'],
    [
      serviceSchema,
      service({ serviceId: '/etc' }),
      'serviceId is "/etc": a service id is expected: 1 to 64 of A-Z a-z 0-9 . _ - /, beginning with a letter or digit, without ".."',
    ],
    [
      numberRangeSchema,
      numbers({ from: '030 23125000' }),
      'from is "030 23125000": an E.164 number is expected: + and 3 to 15 digits, such as "+442079460000"',
    ],
    [
      numberRangeSchema,
      numbers({ to: '+493023124999' }),
      'to is "+493023124999": the end of a range is expected: as long as +493023125000 and not below it',
    ],
    [
      numberRangeSchema,
      numbers({ endedOn: '2024-12-31' }),
      'endedOn is "2024-12-31": a date not before assignedOn (2025-01-01) is expected',
    ],
  ])('%#', (schema, given, sentence) => {
    const parsed = schema.safeParse(withoutBlanks(given));
    expect(parsed.error && fieldIssues(parsed.error, given).map(describeIssue)).toEqual([sentence]);
  });

  test('a name of 5 MB is told in a short sentence', () => {
    const given = customer({ name: 'x'.repeat(5_000_000) });
    const parsed = customerSchema.safeParse(given);
    const [sentence = ''] = parsed.error ? fieldIssues(parsed.error, given).map(describeIssue) : [];
    expect(sentence).toMatch(/^name is "x+\.\.\. \(5000002 characters\): text of 1 to 10000 characters is expected$/);
    expect(sentence.length).toBeLessThan(250);
  });
});

test.each([null, '', undefined])('%j is the same as missing', (blank) => {
  const given = account({ vatId: blank, calendar: blank, taxStatus: { telecomReseller: true, certificate: blank }, itemisation: blank });
  expect(billingAccountSchema.parse(withoutBlanks(given))).toEqual(
    billingAccountSchema.parse(account({ taxStatus: { telecomReseller: true } })),
  );
});

test('names may be long and hold anything', () => {
  const name = `Müller & Söhne "Ü" <script>{{x}}\r\n\u202e${'x'.repeat(5_000)}`;
  expect(customerSchema.parse(customer({ name })).name).toBe(name);
});

test('fields that no record has are named once, however deep', () => {
  const given = account({
    colour: 'red',
    paymentTerms: { days: 30, weeks: 4 },
    purchaseOrders: [
      { number: '1', validFrom: '2026-01-01', by: 'x' },
      { number: '2', validFrom: '2026-01-01', by: 'y' },
    ],
  });
  expect(unknownFields(given, billingAccountSchema.parse(given))).toEqual(
    ['paymentTerms.weeks', 'purchaseOrders.by', 'colour'].sort(byPlace(given)),
  );
});

function byPlace(given: object) {
  const order = Object.keys(given);
  return (a: string, b: string) => order.indexOf(a.split('.')[0] ?? '') - order.indexOf(b.split('.')[0] ?? '');
}

test.each([
  ['2025-12-31', undefined],
  ['2026-01-01', 'B1'],
  ['2026-10-14', 'B1'],
  ['2026-10-15', 'B2'],
  ['2026-12-31', 'B2'],
  ['2027-01-01', undefined],
])('on %s the service that moved belongs to %s', (onDate, owner) => {
  const ownership = [
    { bcn: 'B1', from: '2026-01-01', to: '2026-10-15' },
    { bcn: 'B2', from: '2026-10-15', to: '2026-12-31' },
  ];
  expect(ownerOn({ ownership }, onDate)).toBe(owner);
});

test.each([
  ['+493023125000', undefined, 1],
  ['+493023125000', '+493023125000', 1],
  ['+493023125000', '+493023125099', 100],
  ['+4930231250000', '+4930231259999', 10_000],
])('%s to %s are %i numbers', (from, to, size) => {
  expect(sizeOf({ from, to })).toBe(size);
});
