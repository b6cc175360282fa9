import { describe, expect, test } from 'vitest';
import { addressKey, billingContactsOf } from '../../../functions/directory/contact-scope.ts';
import { contactSchema } from '../../../functions/directory/records.ts';
import { contact } from '../intake/export.ts';

describe('who gets the documents of B1 on 2026-11-04', () => {
  test.each([
    ['a billing contact of all accounts', {}, true],
    ['a billing contact of B1', { bcns: ['B0', 'B1'] }, true],
    ['a billing contact of another account', { bcns: ['B2'] }, false],
    ['a billing contact of no account', { bcns: [] }, false],
    ['a technical contact', { roles: ['technical'] }, false],
    ['one with both roles', { roles: ['technical', 'billing'] }, true],
    ['one whose last day it is', { activeTo: '2026-11-04' }, true],
    ['one who left the day before', { activeTo: '2026-11-03' }, false],
  ])('%s', (_, more, gets) => {
    const one = contactSchema.parse(contact(more));
    expect(billingContactsOf([one], 'B1', '2026-11-04')).toEqual(gets ? [one] : []);
  });
});

test.each([
  ['Ada@Acme.Example', 'ada@acme.example'],
  ['rechnung@MÜLLER.example', 'rechnung@xn--mller-kva.example'],
  ['rechnung@xn--mller-kva.example', 'rechnung@xn--mller-kva.example'],
  ['"odd@local"@acme.example', '"odd@local"@acme.example'],
])('%s is the mailbox %s', (email, key) => {
  expect(addressKey(email)).toBe(key);
});
