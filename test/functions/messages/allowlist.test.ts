import { expect, test } from 'vitest';
import { isAllowed } from '../../../functions/messages/allowlist.ts';

test.each([
  ['anna@acme.example', '*', true],
  ['anna@acme.example', 'anna@acme.example', true],
  ['Anna@ACME.example', ' ANNA@acme.example ,x@y.example', true],
  ['anna@acme.example', '@acme.example', true],
  ['anna@müller.example', '@xn--mller-kva.example', true],
  ['anna@notacme.example', '@acme.example', false],
  ['anna@acme.example.evil.example', '@acme.example', false],
  ['anna@acme.example', 'bob@acme.example', false],
  ['anna@acme.example', '', false],
])('%s with the allowlist "%s": %s', (address, allowlist, allowed) => {
  expect(isAllowed(address, allowlist)).toBe(allowed);
});
