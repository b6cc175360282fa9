import { expect } from 'vitest';
import { addressIn, headersNamed, readEmail } from '../../../oracle/planned-works/email-parts.ts';
import { saysDate } from '../../../oracle/said.ts';
import { circuit, contact, customer, together } from '../carrier-records.ts';
import { FIRST, FOURTH, heard, methods, PERSON, type Scenario, SECOND, type Seen, statusAs, THIRD, type WorksStatus } from '../scenario.ts';
import { hit, instantOf, MOVED_NIGHT, NIGHT, published } from '../works-events.ts';

/** Nobody else has a step there: `works` mail is paused meanwhile. */
const PAUSED = '2026-11-02T13:00:00Z';
const RESUMED = '2026-11-02T13:10:00Z';
const DESK = { name: 'Planned Works Desk', email: 'works@carrier.example' };

const create: Scenario = {
  title: 'create: one REQUEST per wanted recipient, SEQUENCE 0',
  directory: customer('created', {
    contacts: [
      contact('created', 'noc', { kind: 'mailbox' }),
      contact('created', 'tech', { roles: ['technical'] }),
      contact('created', 'bills', { roles: ['billing'] }),
      contact('created', 'boss', { roles: ['administrator'] }),
      contact('created', 'gone', { activeTo: '2026-10-31' }),
    ],
    services: [circuit('created', 1), circuit('created', 2), circuit('created', 3)],
  }),
  steps: [
    {
      at: FIRST,
      publish: [published('CRQ-created', 0, { coordinator: DESK, services: [hit('created/1', 'degraded'), hit('created/2', 'outage')] })],
    },
    { at: SECOND, act: statusAs('status', 'CRQ-created') },
  ],
  check: (seen) => {
    expect(seen.mails.map(({ to }) => to).sort()).toEqual(['noc@created.example', 'tech@created.example']);
    for (const mail of seen.mails) {
      expect(heard([mail])).toEqual(['REQUEST 0']);
      expect(mail.event).toMatchObject({
        start: instantOf(NIGHT.start),
        end: instantOf(NIGHT.end),
        status: 'CONFIRMED',
        noteStatus: 'CONFIRMED',
        account: 'created',
        maintenanceId: 'CRQ-created',
        objects: { 'created/1': 'DEGRADED', 'created/2': 'OUTAGE' },
        alarms: 1,
      });
      expect(mail.subject).toMatch(/^CRQ-created confirmed\b.{1,39}$/);
      expect(saysDate(mail.subject, '2026-12-09'), mail.subject).toBe(true);
      expect(headersNamed(readEmail(mail.raw), 'reply-to').map(addressIn)).toEqual([DESK.email]);
      for (const body of [mail.text, mail.html]) {
        for (const word of ['created/1', 'created/2', 'PoP Slough, rack 1', '1 Station Road', '00:00', '04:00', 'CET', '23:00', 'UTC'])
          expect(body).toContain(word);
        expect(body).not.toContain('created/3');
      }
    }
    const { invitations, ...status } = seen.kept<WorksStatus>('status');
    expect(status).toMatchObject({ worksId: 'CRQ-created', revision: 0, status: 'confirmed', class: 'planned', hold: null, tickets: [] });
    expect(invitations).toMatchObject([{ windowId: '1', maintenanceId: 'CRQ-created', ocn: 'created', account: 'created', sequence: 0 }]);
    expect(invitations[0]?.uid).toBe(seen.mails[0]?.event?.uid);
    const recipients = invitations[0]?.recipients.toSorted((a, b) => (a.address < b.address ? -1 : 1));
    expect(recipients).toMatchObject(
      ['noc', 'tech'].map((who) => ({
        contactId: `created-${who}`,
        address: `${who}@created.example`,
        sequence: 0,
        method: 'REQUEST',
        state: 'delivered',
        answer: null,
      })),
    );
  },
};

const twice: Scenario = {
  title: 'the same event twice: nothing more',
  directory: single('twice'),
  steps: [
    { at: FIRST, publish: [revision('twice', 0), revision('twice', 0)] },
    { at: SECOND, publish: [revision('twice', 0)] },
    { at: THIRD, publish: [{ ...revision('twice', 0), id: 'sent-anew' }] },
  ],
  check: (seen) => expect(heard(seen.mails)).toEqual(['REQUEST 0']),
};

const reschedule: Scenario = {
  title: 'reschedule: REQUEST, same UID, higher SEQUENCE, newer DTSTAMP',
  directory: single('moved'),
  steps: [
    { at: FIRST, publish: [revision('moved', 0)] },
    { at: SECOND, publish: [revision('moved', 1, { windows: [MOVED_NIGHT] })] },
  ],
  check: (seen) => {
    const [first, second] = seen.mails;
    expect(methods(seen.mails)).toEqual(['REQUEST', 'REQUEST']);
    expect(second?.event?.uid).toBe(first?.event?.uid);
    expect(second?.event?.sequence).toBeGreaterThan(first?.event?.sequence ?? 0);
    expect(second?.event?.stamp).toBeGreaterThan(first?.event?.stamp ?? 0);
    expectMovedNight(seen, 'noc@moved.example', 'CRQ-moved');
  },
};

const newerFirst: Scenario = {
  title: 'a newer revision arrives first: it is sent, the older one never is',
  directory: single('newer'),
  steps: [
    { at: FIRST, publish: [revision('newer', 3, { windows: [MOVED_NIGHT] }), revision('newer', 2)] },
    { at: SECOND, publish: [revision('newer', 1, { status: 'cancelled' })] },
    { at: THIRD, act: statusAs('status', 'CRQ-newer') },
  ],
  check: (seen) => {
    expect(methods(seen.mails)).toEqual(['REQUEST']);
    expectMovedNight(seen, 'noc@newer.example', 'CRQ-newer');
    expect(seen.kept<WorksStatus>('status')).toMatchObject({ revision: 3, status: 'confirmed' });
  },
};

const superseded: Scenario = {
  title: 'a newer revision arrives while the older one is queued: the queued message is skipped as superseded',
  directory: single('queued'),
  steps: [
    {
      at: PAUSED,
      act: async ({ cloud, publish }) => {
        await cloud.must('mail', 'pause', 'works', ...PERSON);
        await publish(revision('queued', 0));
        await publish(revision('queued', 1, { windows: [MOVED_NIGHT] }));
        await cloud.must('mail', 'resume', 'works', ...PERSON);
      },
    },
    { at: RESUMED, act: statusAs('status', 'CRQ-queued') },
  ],
  check: (seen) => {
    expect(methods(seen.mails)).toEqual(['REQUEST']);
    expectMovedNight(seen, 'noc@queued.example', 'CRQ-queued');
    const [recipient] = seen.kept<WorksStatus>('status').invitations.flatMap(({ recipients }) => recipients);
    expect(recipient).toMatchObject({ state: 'delivered', sequence: seen.mails[0]?.event?.sequence });
  },
};

const cancelFirst: Scenario = {
  title: 'cancel arrives before the create: nothing is sent, now or when the create comes; a later revision is the first that is heard',
  directory: single('never'),
  steps: [
    { at: FIRST, publish: [revision('never', 1, { status: 'cancelled' })] },
    { at: SECOND, publish: [revision('never', 0)] },
    { at: THIRD, publish: [revision('never', 2)] },
  ],
  check: (seen) => {
    expect(methods(seen.mails)).toEqual(['REQUEST']);
    expect(seen.mails[0]?.sentAt).toBeGreaterThanOrEqual(instantOf(THIRD));
  },
};

const reinstated: Scenario = {
  title: 'cancel, then reinstated: a REQUEST whose SEQUENCE is above the cancel’s',
  directory: single('back'),
  steps: [
    { at: FIRST, publish: [revision('back', 0)] },
    { at: SECOND, publish: [revision('back', 1, { status: 'cancelled', cancelReason: 'The vendor withdrew the release.' })] },
    { at: THIRD, publish: [revision('back', 2)] },
  ],
  check: (seen) => {
    const [first, cancel, again] = seen.mails;
    expect(methods(seen.mails)).toEqual(['REQUEST', 'CANCEL', 'REQUEST']);
    expect(new Set(seen.mails.map(({ event }) => event?.uid)).size).toBe(1);
    expect(cancel?.event).toMatchObject({ status: 'CANCELLED', noteStatus: 'CANCELLED', objects: first?.event?.objects });
    expect(cancel?.event).toMatchObject({ maintenanceId: 'CRQ-back', account: 'back', start: first?.event?.start, end: first?.event?.end });
    expect(cancel?.text).toContain('The vendor withdrew the release.');
    expect(again?.event?.sequence).toBeGreaterThan(cancel?.event?.sequence ?? 0);
    expect(seen.diary('noc@back.example')).toMatchObject([{ status: 'CONFIRMED', start: instantOf(NIGHT.start) }]);
    expect(seen.live('noc@back.example')).toMatchObject([{ maintenanceId: 'CRQ-back', status: 'CONFIRMED' }]);
  },
};

const cancelled: Scenario = {
  title: 'cancel: the diary and the customer’s system drop the works',
  directory: single('over'),
  steps: [
    { at: FIRST, publish: [revision('over', 0)] },
    { at: SECOND, publish: [revision('over', 1, { status: 'cancelled' })] },
    { at: THIRD, publish: [revision('over', 1, { status: 'cancelled' })] },
  ],
  check: (seen) => {
    expect(methods(seen.mails)).toEqual(['REQUEST', 'CANCEL']);
    expect(seen.diary('noc@over.example')).toEqual([]);
    expect(seen.live('noc@over.example')).toEqual([]);
  },
};

const circuits: Scenario = {
  title: 'circuit added or removed: REQUEST to that customer, SEQUENCE + 1; a newly affected customer gets its first; others hear nothing',
  directory: together([single('grows', 2), single('joins'), single('stays')]),
  steps: [
    { at: FIRST, publish: [published('CRQ-grows', 0, { services: [hit('grows/1'), hit('stays/1')] })] },
    { at: SECOND, publish: [published('CRQ-grows', 1, { services: [hit('grows/1'), hit('grows/2'), hit('joins/1'), hit('stays/1')] })] },
    { at: THIRD, publish: [published('CRQ-grows', 2, { services: [hit('grows/2'), hit('joins/1'), hit('stays/1')] })] },
  ],
  check: (seen) => {
    const grows = seen.to('noc@grows.example');
    expect(heard(grows)).toEqual(['REQUEST 0', 'REQUEST 1', 'REQUEST 2']);
    expect(grows.map(({ event }) => Object.keys(event?.objects ?? {}))).toEqual([['grows/1'], ['grows/1', 'grows/2'], ['grows/2']]);
    expect(heard(seen.to('noc@joins.example'))).toEqual(['REQUEST 0']);
    expect(heard(seen.to('noc@stays.example'))).toEqual(['REQUEST 0']);
    const others = ['joins/1', 'stays/1'];
    for (const { text, html, calendar = '' } of grows)
      for (const body of [text, html, calendar]) for (const other of others) expect(body).not.toContain(other);
  },
};

const lastCircuit: Scenario = {
  title: 'a customer’s last circuit removed: CANCEL without STATUS; other customers hear nothing',
  directory: together([single('freed'), single('remains')]),
  steps: [
    { at: FIRST, publish: [published('CRQ-freed', 0, { services: [hit('freed/1'), hit('remains/1')] })] },
    { at: SECOND, publish: [published('CRQ-freed', 1, { services: [hit('remains/1')] })] },
    { at: THIRD, publish: [published('CRQ-freed', 2, { services: [hit('remains/1'), hit('freed/1')] })] },
  ],
  check: (seen) => {
    const [, cancel, again] = seen.to('noc@freed.example');
    expect(methods(seen.to('noc@freed.example'))).toEqual(['REQUEST', 'CANCEL', 'REQUEST']);
    expect([cancel?.event?.status, cancel?.event?.noteStatus]).toEqual([undefined, undefined]);
    expect(again?.event?.sequence).toBeGreaterThan(cancel?.event?.sequence ?? 0);
    expect(heard(seen.to('noc@remains.example'))).toEqual(['REQUEST 0']);
  },
};

const progress: Scenario = {
  title: 'started, completed: REQUEST with the X-MAINTNOTE status, higher SEQUENCE, no new alarm',
  directory: single('runs'),
  steps: [
    { at: FIRST, publish: [revision('runs', 0, today())] },
    { at: SECOND, publish: [revision('runs', 1, { ...today(), status: 'in-process' })] },
    { at: FOURTH, publish: [revision('runs', 2, { ...today(), status: 'completed' })] },
  ],
  check: (seen) => {
    expect(methods(seen.mails)).toEqual(['REQUEST', 'REQUEST', 'REQUEST']);
    const [planned, started, completed] = seen.mails.map(({ event }) => event);
    expect(started?.sequence).toBeGreaterThan(planned?.sequence ?? 0);
    expect(completed?.sequence).toBeGreaterThan(started?.sequence ?? 0);
    expect(started).toMatchObject({ status: 'CONFIRMED', noteStatus: 'IN-PROCESS', alarms: 0, uid: planned?.uid });
    expect(completed).toMatchObject({ status: 'CONFIRMED', noteStatus: 'COMPLETED', alarms: 0, uid: planned?.uid });
    expect(seen.live('noc@runs.example')).toMatchObject([{ maintenanceId: 'CRQ-runs', status: 'COMPLETED' }]);
  },
};

const tentative: Scenario = {
  title: 'tentative, then confirmed: the diary says so',
  directory: single('maybe'),
  steps: [
    { at: FIRST, publish: [revision('maybe', 0, { status: 'tentative' })] },
    { at: SECOND, publish: [revision('maybe', 1)] },
  ],
  check: (seen) => {
    expect(seen.mails.map(({ event }) => `${event?.status} ${event?.noteStatus}`)).toEqual(['TENTATIVE TENTATIVE', 'CONFIRMED CONFIRMED']);
    expect(seen.diary('noc@maybe.example')).toMatchObject([{ status: 'CONFIRMED' }]);
  },
};

export const REVISIONS: readonly Scenario[] = [
  create,
  twice,
  reschedule,
  newerFirst,
  superseded,
  cancelFirst,
  reinstated,
  cancelled,
  circuits,
  lastCircuit,
  progress,
  tentative,
];

/** A customer with one network operations centre. */
function single(ocn: string, services = 1) {
  return customer(ocn, {
    contacts: [contact(ocn, 'noc')],
    services: Array.from({ length: services }, (_, index) => circuit(ocn, index + 1)),
  });
}

function revision(ocn: string, number: number, more: Parameters<typeof published>[2] = {}) {
  return published(`CRQ-${ocn}`, number, { services: [hit(`${ocn}/1`)], ...more });
}

/** From 10:20 to 11:20, agreed with the customer: no notice is owed. */
function today() {
  return { noticeDays: 0, windows: [{ windowId: '1', start: '2026-11-02T10:20:00Z', end: '2026-11-02T11:20:00Z' }] };
}

function expectMovedNight(seen: Seen, address: string, maintenanceId: string): void {
  expect(seen.diary(address)).toMatchObject([
    { start: instantOf(MOVED_NIGHT.start), end: instantOf(MOVED_NIGHT.end), status: 'CONFIRMED' },
  ]);
  expect(seen.live(address)).toMatchObject([{ maintenanceId, start: '20261215T230000Z', end: '20261216T040000Z', status: 'CONFIRMED' }]);
}
