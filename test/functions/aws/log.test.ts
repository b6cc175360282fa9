import { expect, test } from 'vitest';
import { withoutAddresses } from '../../../functions/aws/log.ts';

test.each([
  ['Email address is not verified: anna@acme.example', 'Email address is not verified: (address)'],
  ['<anna+invoices@müller.example> and "bob@acme.example"', '<(address)> and "(address)"'],
  ['{"email":"ANNA@ACME.EXAMPLE","id":"K1"}', '{"email":"(address)","id":"K1"}'],
  ['message 0123456789abcdef of run 2026-10.DE.1', 'message 0123456789abcdef of run 2026-10.DE.1'],
])('%s is logged as %s', (text, logged) => {
  expect(withoutAddresses(text)).toBe(logged);
});
