import { describe, expect, it } from 'vitest';
import { diaryFaults, type State, type WantedEntry, wantedDiaries } from './wanted-diaries.ts';

const WINDOW = { windowId: '1', start: '2026-12-09T00:00:00+01:00', end: '2026-12-09T04:00:00+01:00' };
const LATER = { windowId: '2', start: '2026-12-10T00:00:00+01:00', end: '2026-12-10T04:00:00+01:00' };
const BASE: State = {
  works: {
    status: 'confirmed',
    windows: [WINDOW],
    services: [
      { serviceId: 'x/1', impact: 'outage' },
      { serviceId: 'x/2', impact: 'no-impact' },
      { serviceId: 'y/1', impact: 'degraded' },
    ],
  },
  today: '2026-11-02',
  contacts: [
    { contactId: 'noc', ocn: 'x', email: 'NOC@x.example', roles: ['maintenance'] },
    { contactId: 'ana', ocn: 'x', email: 'ana@x.example', roles: ['technical'], bcns: ['x-b'] },
    { contactId: 'bills', ocn: 'x', email: 'bills@x.example', roles: ['billing'] },
    { contactId: 'yo', ocn: 'y', email: 'yo@y.example', roles: ['maintenance'] },
  ],
  services: [
    { serviceId: 'x/1', ownership: [{ bcn: 'x-a', from: '2025-01-01' }] },
    { serviceId: 'x/2', ownership: [{ bcn: 'x-b', from: '2025-01-01' }] },
    { serviceId: 'y/1', ownership: [{ bcn: 'y-a', from: '2025-01-01' }] },
  ],
  accounts: new Map([
    ['x-a', 'x'],
    ['x-b', 'x'],
    ['y-a', 'y'],
  ]),
  wishes: new Map(),
};

describe('The oracle of diaries', () => {
  it.each<[string, Partial<State>, string[]]>([
    ['as they are', {}, ['noc x x/1 x/2', 'ana x x/2', 'yo y y/1']],
    ['cancelled works', { works: { ...BASE.works, status: 'cancelled' } }, []],
    [
      'a second window',
      { works: { ...BASE.works, windows: [WINDOW, LATER] } },
      ['noc x x/1 x/2', 'noc x x/1 x/2', 'ana x x/2', 'ana x x/2', 'yo y y/1', 'yo y y/1'],
    ],
    [
      'a cancelled window',
      { works: { ...BASE.works, windows: [WINDOW, { ...LATER, status: 'cancelled' }] } },
      ['noc x x/1 x/2', 'ana x x/2', 'yo y y/1'],
    ],
    ['a circuit of another window', { works: { ...BASE.works, services: [{ serviceId: 'x/1', impact: 'outage', windowIds: ['2'] }] } }, []],
    ['a contact who has left', { today: '2026-11-03', contacts: BASE.contacts.map((one) => ({ ...one, activeTo: '2026-11-02' })) }, []],
    [
      'a contact on the last day',
      { contacts: BASE.contacts.slice(0, 1).map((one) => ({ ...one, activeTo: '2026-11-02' })) },
      ['noc x x/1 x/2'],
    ],
    [
      'the same mailbox twice',
      {
        contacts: [
          ...BASE.contacts.slice(0, 1),
          { ...BASE.contacts[0], contactId: 'k', email: 'noc@X.example' } as State['contacts'][number],
        ],
      },
      ['noc x x/1 x/2'],
    ],
    [
      'one per account',
      { wishes: new Map([['noc', { grouping: 'per-account' }]]) },
      ['noc x-a x/1', 'noc x-b x/2', 'ana x x/2', 'yo y y/1'],
    ],
    ['feed only', { wishes: new Map([['noc', { works: 'feed-only' }]]) }, ['ana x x/2', 'yo y y/1']],
    [
      'declined works without impact',
      {
        wishes: new Map([
          ['ana', { 'other-works': 'off' }],
          ['noc', { 'other-works': 'off' }],
        ]),
      },
      ['noc x x/1 x/2', 'ana x x/2 optional', 'yo y y/1'],
    ],
    [
      'a circuit that is sold before',
      {
        services: [
          {
            serviceId: 'x/1',
            ownership: [
              { bcn: 'x-a', from: '2025-01-01', to: '2026-12-01' },
              { bcn: 'y-a', from: '2026-12-02' },
            ],
          },
        ],
      },
      ['yo y x/1'],
    ],
  ])('%s', (_, change, expected) => {
    const found = [...wantedDiaries({ ...BASE, ...change })].flatMap(([address, entries]) =>
      entries.map(({ account, objects, optional }) =>
        [address.split('@')[0], account, ...Object.keys(objects), ...(optional ? ['optional'] : [])].join(' '),
      ),
    );
    expect(found).toEqual(expected);
  });

  it('finds what a diary lacks, has unasked and has twice', () => {
    const [wanted] = wantedDiaries(BASE).get('noc@x.example') as [WantedEntry];
    const entry = { ...wanted, uid: 'u', sequence: 0, stamp: 0, summary: '', description: '', alarms: 0, cancelled: false };
    expect(diaryFaults('noc', [wanted], [entry])).toEqual([]);
    expect(diaryFaults('noc', [wanted], [])).toEqual([expect.stringMatching(/^noc lacks/)]);
    expect(diaryFaults('noc', [{ ...wanted, optional: true }], [])).toEqual([]);
    expect(diaryFaults('noc', [], [entry])).toEqual([expect.stringMatching(/^noc has \[/)]);
    expect(diaryFaults('noc', [wanted], [entry, { ...entry, uid: 'v' }])).toEqual([expect.stringMatching(/^noc has twice/)]);
    expect(diaryFaults('noc', [wanted], [{ ...entry, status: 'TENTATIVE' }]).length).toBe(2);
  });
});
