import { expect } from 'vitest';
import { circuit, contact, customer, handedOver, together } from '../carrier-records.ts';
import { FIRST, FOURTH, heard, methods, type Scenario, SECOND, THIRD } from '../scenario.ts';
import { hit, instantOf, MOVED_NIGHT, NIGHT, published } from '../works-events.ts';

const BEFORE_MIDNIGHT = '2026-11-02T15:00:00Z';
const NEXT_MORNING = '2026-11-03T09:00:00Z';
/** Long ago. */
const LEFT = '2026-10-31';

const leavesAndReturns: Scenario = {
  title: 'contact leaves by import: a CANCEL for that address that the customer’s system ignores; back again: a REQUEST above it',
  directory: customer('leaves', { contacts: [contact('leaves', 'noc'), contact('leaves', 'ana')], services: [circuit('leaves', 1)] }),
  steps: [
    { at: FIRST, publish: [revision('leaves', 0)] },
    { at: SECOND, load: { contacts: [contact('leaves', 'ana', { activeTo: LEFT })] } },
    { at: THIRD, load: { contacts: [contact('leaves', 'ana', { activeTo: null })] } },
    { at: FOURTH, publish: [revision('leaves', 1, { windows: [MOVED_NIGHT] })] },
  ],
  check: (seen) => {
    const ana = seen.to('ana@leaves.example');
    expect(methods(ana)).toEqual(['REQUEST', 'CANCEL', 'REQUEST', 'REQUEST']);
    expect([ana[1]?.event?.status, ana[1]?.event?.noteStatus]).toEqual([undefined, undefined]);
    const sequences = ana.map(({ event }) => event?.sequence ?? 0);
    expect(sequences).toEqual([...new Set(sequences)].sort((a, b) => a - b));
    const noc = seen.to('noc@leaves.example');
    expect(methods(noc)).toEqual(['REQUEST', 'REQUEST']);
    expect(noc[1]?.event).toMatchObject({ sequence: ana[3]?.event?.sequence, uid: ana[3]?.event?.uid });
    for (const who of ['noc', 'ana']) expect(seen.diary(`${who}@leaves.example`)).toMatchObject([{ start: instantOf(MOVED_NIGHT.start) }]);
    expect(seen.live('noc@leaves.example', 'ana@leaves.example')).toMatchObject([
      { maintenanceId: 'CRQ-leaves', start: '20261215T230000Z' },
    ]);
  },
};

const staysLive: Scenario = {
  title: 'the only contact leaves: nothing is in the diary, the works stay live in the customer’s system',
  directory: customer('last', { contacts: [contact('last', 'ana')], services: [circuit('last', 1)] }),
  steps: [
    { at: FIRST, publish: [revision('last', 0)] },
    { at: SECOND, load: { contacts: [contact('last', 'ana', { activeTo: LEFT })] } },
    { at: THIRD, publish: [revision('last', 1, { windows: [MOVED_NIGHT] })] },
  ],
  check: (seen) => {
    expect(methods(seen.mails)).toEqual(['REQUEST', 'CANCEL']);
    expect(seen.diary('ana@last.example')).toEqual([]);
    expect(seen.live('ana@last.example')).toMatchObject([{ maintenanceId: 'CRQ-last', status: 'CONFIRMED' }]);
  },
};

const lastDay: Scenario = {
  title: 'contact’s last day passes: the CANCEL comes then, not before',
  directory: customer('ends', {
    contacts: [contact('ends', 'ana', { activeTo: '2026-11-02', timeZone: 'Europe/London' }), contact('ends', 'noc')],
    services: [circuit('ends', 1)],
  }),
  steps: [
    { at: FIRST, publish: [revision('ends', 0)] },
    { at: BEFORE_MIDNIGHT },
    { at: NEXT_MORNING, publish: [revision('ends', 1, { windows: [MOVED_NIGHT] })] },
  ],
  check: (seen) => {
    const ana = seen.to('ana@ends.example');
    expect(methods(ana)).toEqual(['REQUEST', 'CANCEL']);
    expect(ana[1]?.event?.status).toBeUndefined();
    expect(ana[1]?.sentAt).toBeGreaterThanOrEqual(instantOf('2026-11-03T00:00:00Z'));
    expect(methods(seen.to('noc@ends.example'))).toEqual(['REQUEST', 'REQUEST']);
  },
};

const otherScope: Scenario = {
  title: 'contact goes to another scope: CANCEL there, an invitation of the new scope here',
  directory: customer('scope', {
    accounts: ['a', 'b'],
    contacts: [
      contact('scope', 'ana', { bcns: ['scope-a'] }),
      contact('scope', 'ben', { bcns: ['scope-a'] }),
      contact('scope', 'cora', { bcns: ['scope-b'] }),
    ],
    services: [circuit('scope', 1, 'a'), circuit('scope', 2, 'b')],
  }),
  steps: [
    { at: FIRST, publish: [published('CRQ-scope', 0, { services: [hit('scope/1'), hit('scope/2', 'degraded')] })] },
    { at: SECOND, load: { contacts: [contact('scope', 'ana', { bcns: ['scope-b'] })] } },
  ],
  check: (seen) => {
    const ana = seen.to('ana@scope.example');
    expect(methods(ana).sort()).toEqual(['CANCEL', 'REQUEST', 'REQUEST']);
    const diary = seen.diary('ana@scope.example');
    const [cora] = seen.to('cora@scope.example');
    expect(diary).toMatchObject([{ objects: { 'scope/2': 'DEGRADED' }, uid: cora?.event?.uid }]);
    for (const who of ['ben', 'cora']) expect(heard(seen.to(`${who}@scope.example`))).toEqual(['REQUEST 0']);
    expect(seen.diary('ben@scope.example')).toMatchObject([{ objects: { 'scope/1': 'OUTAGE' } }]);
  },
};

const unaffectedScope: Scenario = {
  title: 'contact goes to a scope that the works do not touch: CANCEL only',
  directory: customer('aside', {
    accounts: ['a', 'b'],
    contacts: [contact('aside', 'ana', { bcns: ['aside-a'] }), contact('aside', 'noc')],
    services: [circuit('aside', 1, 'a'), circuit('aside', 2, 'b')],
  }),
  steps: [
    { at: FIRST, publish: [revision('aside', 0)] },
    { at: SECOND, load: { contacts: [contact('aside', 'ana', { bcns: ['aside-b'] })] } },
  ],
  check: (seen) => {
    expect(methods(seen.to('ana@aside.example'))).toEqual(['REQUEST', 'CANCEL']);
    expect(heard(seen.to('noc@aside.example'))).toEqual(['REQUEST 0']);
  },
};

const narrowed: Scenario = {
  title: 'a contact who looks after some services: their circuits are the event’s objects, and no other',
  directory: customer('narrow', {
    contacts: [contact('narrow', 'ana', { serviceIds: ['narrow/2', 'narrow/3'] }), contact('narrow', 'noc')],
    services: [circuit('narrow', 1), circuit('narrow', 2), circuit('narrow', 3)],
  }),
  steps: [{ at: FIRST, publish: [published('CRQ-narrow', 0, { services: [hit('narrow/1'), hit('narrow/2', 'degraded')] })] }],
  check: (seen) => {
    expect(seen.diary('ana@narrow.example')).toMatchObject([{ objects: { 'narrow/2': 'DEGRADED' } }]);
    expect(Object.keys(seen.diary('ana@narrow.example')[0]?.objects ?? {})).toEqual(['narrow/2']);
    expect(Object.keys(seen.diary('noc@narrow.example')[0]?.objects ?? {})).toEqual(['narrow/1', 'narrow/2']);
    expect(seen.to('ana@narrow.example')[0]?.text).not.toContain('narrow/1');
  },
};

const sharedAddress: Scenario = {
  title: 'an address that two contacts of the scope share: no CANCEL while one of them stays, one when both are gone',
  directory: customer('shared', {
    contacts: [contact('shared', 'ana', { email: 'noc@shared.example' }), contact('shared', 'ben', { email: 'NOC@Shared.Example' })],
    services: [circuit('shared', 1)],
  }),
  steps: [
    { at: FIRST, publish: [revision('shared', 0)] },
    { at: SECOND, load: { contacts: [contact('shared', 'ana', { email: 'noc@shared.example', activeTo: LEFT })] } },
    { at: FOURTH, load: { contacts: [contact('shared', 'ben', { email: 'NOC@Shared.Example', activeTo: LEFT })] } },
  ],
  check: (seen) => {
    expect(methods(seen.mails)).toEqual(['REQUEST', 'CANCEL']);
    expect(seen.mails[1]?.sentAt).toBeGreaterThanOrEqual(instantOf(FOURTH));
  },
};

const newContact: Scenario = {
  title: 'a contact comes while works are open: the invitation at its current SEQUENCE; the others hear nothing',
  directory: customer('comes', { contacts: [contact('comes', 'noc')], services: [circuit('comes', 1)] }),
  steps: [
    { at: FIRST, publish: [revision('comes', 0)] },
    { at: SECOND, publish: [revision('comes', 1, { windows: [MOVED_NIGHT] })] },
    { at: THIRD, load: { contacts: [contact('comes', 'ana')] } },
  ],
  check: (seen) => {
    const [, moved] = seen.to('noc@comes.example');
    expect(methods(seen.to('noc@comes.example'))).toEqual(['REQUEST', 'REQUEST']);
    const [ana, ...more] = seen.to('ana@comes.example');
    expect(more).toEqual([]);
    expect(ana?.event).toMatchObject({
      method: 'REQUEST',
      uid: moved?.event?.uid,
      sequence: moved?.event?.sequence,
      start: moved?.event?.start,
    });
    expect(ana?.references).toEqual([]);
  },
};

const otherAddress: Scenario = {
  title: 'a contact’s address changes: CANCEL at the old one, the invitation at the new one',
  directory: customer('renamed', { contacts: [contact('renamed', 'ana')], services: [circuit('renamed', 1)] }),
  steps: [
    { at: FIRST, publish: [revision('renamed', 0)] },
    { at: SECOND, load: { contacts: [contact('renamed', 'ana', { email: 'ana.smith@renamed.example' })] } },
  ],
  check: (seen) => {
    expect(methods(seen.to('ana@renamed.example'))).toEqual(['REQUEST', 'CANCEL']);
    expect(methods(seen.to('ana.smith@renamed.example'))).toEqual(['REQUEST']);
  },
};

const thrice: Scenario = {
  title: 'a mailbox that stands in the directory three times gets one email',
  directory: customer('thrice', {
    contacts: ['noc', 'NOC', 'Noc'].map((local, n) => contact('thrice', `k${n}`, { email: `${local}@Thrice.example` })),
    services: [circuit('thrice', 1)],
  }),
  steps: [{ at: FIRST, publish: [revision('thrice', 0)] }],
  check: (seen) => expect(heard(seen.mails)).toEqual(['REQUEST 0']),
};

const consultant: Scenario = {
  title: 'a person who is a contact of two customers gets two invitations, each for its own customer',
  directory: together(
    ['east', 'west'].map((ocn) =>
      customer(ocn, { contacts: [contact(ocn, 'k', { email: 'jo@consultant.example' })], services: [circuit(ocn, 1)] }),
    ),
  ),
  steps: [
    { at: FIRST, publish: [published('CRQ-twins', 0, { services: [hit('east/1'), hit('west/1')] })] },
    { at: SECOND, publish: [published('CRQ-twins', 1, { services: [hit('west/1')] })] },
  ],
  check: (seen) => {
    const [east, west] = ['east', 'west'].map((ocn) => seen.mails.filter(({ event }) => event?.account === ocn));
    expect(methods(east ?? [])).toEqual(['REQUEST', 'CANCEL']);
    expect(methods(west ?? [])).toEqual(['REQUEST']);
    expect(seen.diary('jo@consultant.example')).toMatchObject([{ account: 'west', objects: { 'west/1': 'OUTAGE' } }]);
    for (const { text } of east ?? []) expect(text).not.toContain('west/1');
  },
};

const soldBefore: Scenario = {
  title: 'a service that goes to another customer before the window: the notice follows the owner on that date',
  directory: together([
    customer('seller', {
      contacts: [contact('seller', 'noc')],
      services: [handedOver(circuit('seller', 1), 'buyer-a', '2026-12-02', '2026-12-01')],
    }),
    customer('buyer', { contacts: [contact('buyer', 'noc')] }),
  ]),
  steps: [
    {
      at: FIRST,
      publish: [
        published('CRQ-sold-late', 0, { services: [hit('seller/1')] }),
        published('CRQ-sold-early', 0, {
          noticeDays: 0,
          windows: [{ ...NIGHT, start: '2026-12-01T00:00:00+01:00', end: '2026-12-01T04:00:00+01:00' }],
          services: [hit('seller/1')],
        }),
      ],
    },
  ],
  check: (seen) => {
    expect(seen.to('noc@buyer.example').map(({ event }) => event?.maintenanceId)).toEqual(['CRQ-sold-late']);
    expect(seen.to('noc@seller.example').map(({ event }) => event?.maintenanceId)).toEqual(['CRQ-sold-early']);
  },
};

const soldMeanwhile: Scenario = {
  title: 'a service goes to another customer while works are open: CANCEL without STATUS there, the first REQUEST here',
  directory: together([
    customer('gives', { contacts: [contact('gives', 'noc')], services: [circuit('gives', 1)] }),
    customer('takes', { contacts: [contact('takes', 'noc')] }),
  ]),
  steps: [
    { at: FIRST, publish: [revision('gives', 0)] },
    { at: SECOND, load: { services: [handedOver(circuit('gives', 1), 'takes-a', '2026-12-02', '2026-12-01')] } },
  ],
  check: (seen) => {
    const gives = seen.to('noc@gives.example');
    expect(methods(gives)).toEqual(['REQUEST', 'CANCEL']);
    expect([gives[1]?.event?.status, gives[1]?.event?.noteStatus]).toEqual([undefined, undefined]);
    expect(heard(seen.to('noc@takes.example'))).toEqual(['REQUEST 0']);
    expect(seen.diary('noc@takes.example')).toMatchObject([
      { account: 'takes', maintenanceId: 'CRQ-gives', objects: { 'gives/1': 'OUTAGE' } },
    ]);
  },
};

export const PEOPLE: readonly Scenario[] = [
  leavesAndReturns,
  staysLive,
  lastDay,
  otherScope,
  unaffectedScope,
  narrowed,
  sharedAddress,
  newContact,
  otherAddress,
  thrice,
  consultant,
  soldBefore,
  soldMeanwhile,
];

function revision(ocn: string, number: number, more: Parameters<typeof published>[2] = {}) {
  return published(`CRQ-${ocn}`, number, { services: [hit(`${ocn}/1`)], ...more });
}
