import { expect, test } from 'vitest';
import type { Contact } from '../../../functions/directory/records.ts';
import type { Candidate } from '../../../functions/preferences/invoice-readers.ts';
import { readerReasons } from '../../../functions/preferences/reader-reasons.ts';
import { contactOf } from '../messages/directory-of.ts';

const ON = '2026-11-04';

function candidate(contactId: string, changes: Partial<Contact> & Partial<Candidate> = {}): Candidate {
  const { choice = 'here', reachable = true, ...ofContact } = changes;
  return { contact: contactOf({ contactId, email: `${contactId}@acme.example`, ...ofContact }), choice, reachable };
}

test.each<[string, readonly Candidate[], Readonly<Record<string, string>>]>([
  ['a billing contact', [candidate('A')], { A: 'yes: a billing contact of this account' }],
  ['who left', [candidate('A', { activeTo: '2026-10-31' })], { A: 'no: was a contact until 2026-10-31' }],
  ['another role', [candidate('A', { roles: ['technical'] })], { A: 'no: no billing role, but technical' }],
  ['no role', [candidate('A', { roles: [] })], { A: 'no: no billing role' }],
  ['other accounts', [candidate('A', { bcns: ['B1'] })], { A: 'no: looks after other accounts' }],
  [
    'named instead',
    [candidate('A', { choice: 'to:B' }), candidate('B', { roles: [] })],
    { A: 'no: has them sent to B instead', B: 'yes: named by A' },
  ],
  [
    'left to the others',
    [candidate('A', { choice: 'others' }), candidate('B')],
    { A: 'no: leaves them to the other billing contacts', B: 'yes: a billing contact of this account' },
  ],
  [
    'suppressed',
    [candidate('A', { reachable: false })],
    { A: 'no: a billing contact of this account, but nothing is mailed to its address any more' },
  ],
  [
    'handed over to somebody who cannot be reached',
    [candidate('A', { choice: 'to:B' }), candidate('B', { roles: [], reachable: false })],
    { A: 'yes: handed its invoices over, but nobody else can be reached', B: 'no: no billing role' },
  ],
])('%s', (_, candidates, said) => {
  const told = readerReasons(candidates, 'B4711', ON).map(({ contact, gets, why }) => [
    contact.contactId,
    `${gets ? 'yes' : 'no'}: ${why}`,
  ]);
  expect(Object.fromEntries(told)).toEqual(said);
});
