import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Candidate, invoiceReaders } from '../../../functions/preferences/invoice-readers.ts';
import type { InvoicesChoice } from '../../../functions/preferences/setting.ts';
import { contactOf } from '../messages/directory-of.ts';

const TODAY = '2026-11-04';

type Row = [id: string, choice: InvoicesChoice, changes?: Partial<Candidate['contact']> & { reachable?: boolean }];

function candidate([contactId, choice, { reachable = true, ...changes } = {}]: Row): Candidate {
  return { contact: contactOf({ contactId, email: `${contactId}@acme.example`, ...changes }), choice, reachable };
}

const readers = (...rows: Row[]) => invoiceReaders(rows.map(candidate), 'B1', TODAY).map(({ contact }) => contact.contactId);
const gone = { activeTo: '2026-11-03' };
const noRole = { roles: [] };

describe("who gets an account's invoices", () => {
  test.each<[string, Row[], string[]]>([
    [
      'everybody with the role',
      [
        ['a', 'here'],
        ['b', 'here'],
        ['c', 'here', noRole],
      ],
      ['a', 'b'],
    ],
    [
      'one relies on the other',
      [
        ['a', 'others'],
        ['b', 'here'],
      ],
      ['b'],
    ],
    [
      'one names a colleague without the role',
      [
        ['a', 'to:c'],
        ['c', 'here', noRole],
      ],
      ['c'],
    ],
    [
      'two name the same colleague',
      [
        ['a', 'to:c'],
        ['b', 'to:c'],
        ['c', 'here', noRole],
      ],
      ['c'],
    ],
    [
      'whoever is named names somebody in turn',
      [
        ['a', 'to:b'],
        ['b', 'to:c'],
        ['c', 'here', noRole],
      ],
      ['c'],
    ],
    [
      'whoever is named has left the company',
      [
        ['a', 'to:c'],
        ['c', 'here', { ...noRole, ...gone }],
      ],
      ['a'],
    ],
    [
      'whoever is named is unknown',
      [
        ['a', 'to:z'],
        ['b', 'here'],
      ],
      ['b'],
    ],
    [
      'whoever is named cannot be reached',
      [
        ['a', 'to:c'],
        ['c', 'here', { ...noRole, reachable: false }],
      ],
      ['a'],
    ],
    [
      'those who remain cannot be reached: back to who left',
      [
        ['a', 'others'],
        ['b', 'here', { reachable: false }],
      ],
      ['b', 'a'],
    ],
    [
      'those who remain have left the company',
      [
        ['a', 'others'],
        ['b', 'here', gone],
      ],
      ['a'],
    ],
    [
      'nobody can be reached at all',
      [
        ['a', 'others', { reachable: false }],
        ['b', 'here', { reachable: false }],
      ],
      ['b'],
    ],
    [
      'all rely on the others',
      [
        ['a', 'others'],
        ['b', 'others'],
      ],
      ['a', 'b'],
    ],
    [
      'two name each other',
      [
        ['a', 'to:b'],
        ['b', 'to:a'],
      ],
      ['a', 'b'],
    ],
    ['one names itself', [['a', 'to:a']], ['a']],
    [
      'an address that takes no mail stays a reader while it is its own',
      [
        ['a', 'here', { reachable: false }],
        ['b', 'here'],
      ],
      ['a', 'b'],
    ],
    [
      'another account is out of scope',
      [
        ['a', 'others'],
        ['b', 'here', { bcns: ['B2'] }],
      ],
      ['a'],
    ],
    ['no billing contact at all', [['a', 'here', noRole]], []],
  ])('%s', (_, rows, expected) => {
    expect(readers(...rows)).toEqual(expected);
  });

  test('whoever decides what: while one billing contact can be reached, somebody who can be reached gets them', () => {
    const ids = ['a', 'b', 'c', 'd'];
    const choice = fc.oneof(
      fc.constantFrom<InvoicesChoice>('here', 'others'),
      fc.constantFrom(...ids, 'z').map((id) => `to:${id}` as const),
    );
    const one = fc.record({ choice, reachable: fc.boolean(), billing: fc.boolean(), left: fc.boolean() });
    fc.assert(
      fc.property(fc.tuple(one, one, one, one), (all) => {
        const candidates = all.map(({ choice, reachable, billing, left }, index) =>
          candidate([ids[index] as string, choice, { reachable, ...(billing ? {} : noRole), ...(left ? gone : {}) }]),
        );
        const found = invoiceReaders(candidates, 'B1', TODAY);
        const could = all.some(({ reachable, billing, left }) => reachable && billing && !left);
        expect(found.some(({ reachable }) => reachable) || !could).toBe(true);
        expect(found.every(({ contact }) => contact.activeTo === undefined)).toBe(true);
        expect(new Set(found).size).toBe(found.length);
      }),
      { numRuns: 500 },
    );
  });
});
