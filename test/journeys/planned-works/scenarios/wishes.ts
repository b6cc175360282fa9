import { expect } from 'vitest';
import { circuit, contact, customer } from '../carrier-records.ts';
import { FIFTH, FIRST, FOURTH, heard, methods, type Scenario, SECOND, THIRD, wish } from '../scenario.ts';
import { hit, type Impact, instantOf, MOVED_NIGHT, published } from '../works-events.ts';

/** A day before the works of `reminded` begin, a little before and after. */
const BEFORE_REMINDER = '2026-11-04T11:50:00Z';
const REMINDED = '2026-11-04T12:10:00Z';
const NEXT_DAY = '2026-11-05T11:50:00Z';

const optsOutThenCancelled = optsOut('quits', 'cancelled', { status: 'cancelled' });
const optsOutThenMoved = optsOut('skips', 'moved', { windows: [MOVED_NIGHT] });

/** All of it is no-impact, so that it may be declined. */
function optsOut(ocn: string, what: string, change: Parameters<typeof published>[2]): Scenario {
  return {
    title: `contact opts out of works in the diary, which are then ${what}: one CANCEL, and no invitation any more`,
    directory: pair(ocn),
    steps: [
      { at: FIRST, publish: [revision(ocn, 0, 'no-impact')] },
      { at: SECOND, commands: [wish(ocn, 'ana', 'other-works', 'off')] },
      { at: THIRD, publish: [revision(ocn, 1, 'no-impact', change)] },
      { at: FOURTH, publish: [revision(ocn, 2, 'no-impact', { ...change, title: 'Router software upgrade, second part' })] },
    ],
    check: (seen) => {
      expect(methods(seen.to(`ana@${ocn}.example`))).toEqual(['REQUEST', 'CANCEL']);
      expect(seen.diary(`ana@${ocn}.example`)).toEqual([]);
      expect(methods(seen.to(`noc@${ocn}.example`)).slice(0, 2)).toEqual(['REQUEST', what === 'moved' ? 'REQUEST' : 'CANCEL']);
    },
  };
}

const nowMandatory: Scenario = {
  title: 'opted out of no-impact works, a revision makes it an outage: now mandatory, a REQUEST above the last SEQUENCE',
  directory: customer('must', {
    contacts: [contact('must', 'early'), contact('must', 'late'), contact('must', 'noc')],
    services: [circuit('must', 1)],
  }),
  steps: [
    { at: FIRST, commands: [wish('must', 'early', 'other-works', 'off')], publish: [revision('must', 0, 'no-impact')] },
    { at: SECOND, commands: [wish('must', 'late', 'other-works', 'off')] },
    { at: THIRD, publish: [revision('must', 1, 'outage')] },
  ],
  check: (seen) => {
    expect(methods(seen.to('early@must.example'))).toEqual(['REQUEST']);
    const late = seen.to('late@must.example').map(({ event }) => event);
    expect(late.at(-1)?.method).toBe('REQUEST');
    expect(late.at(-1)?.sequence).toBeGreaterThan(Math.max(...late.slice(0, -1).map((event) => event?.sequence ?? 0)));
    for (const who of ['early', 'late', 'noc'])
      expect(seen.diary(`${who}@must.example`)).toMatchObject([{ objects: { 'must/1': 'OUTAGE' } }]);
  },
};

const dataOnly: Scenario = {
  title: 'data only: the machine-readable part without METHOD, nothing in the diary, everything in the customer’s system',
  directory: pair('data'),
  steps: [
    { at: FIRST, commands: [wish('data', 'ana', 'works', 'data-only')], publish: [revision('data', 0, 'outage')] },
    { at: SECOND, publish: [revision('data', 1, 'outage', { windows: [MOVED_NIGHT] })] },
    { at: THIRD, publish: [revision('data', 2, 'outage', { status: 'cancelled' })] },
    { at: FOURTH, publish: [revision('data', 3, 'outage')] },
  ],
  check: (seen) => {
    const ana = seen.to('ana@data.example');
    expect(methods(ana)).toEqual(['DATA', 'DATA', 'DATA', 'DATA']);
    expect(ana.map(({ event }) => event?.noteStatus)).toEqual(['CONFIRMED', 'CONFIRMED', 'CANCELLED', 'CONFIRMED']);
    expect(ana.map(({ event }) => event?.alarms)).toEqual([0, 0, 0, 0]);
    expect(seen.diary('ana@data.example')).toEqual([]);
    expect(seen.live('ana@data.example')).toMatchObject([{ maintenanceId: 'CRQ-data', start: '20261208T230000Z' }]);
    expect(methods(seen.to('noc@data.example'))).toEqual(['REQUEST', 'REQUEST', 'CANCEL', 'REQUEST']);
  },
};

const switches: Scenario = {
  title: 'a wish changes while works are open: the diary is cleared, and filled again above the CANCEL',
  directory: customer('turns', {
    contacts: [contact('turns', 'ana'), contact('turns', 'ben'), contact('turns', 'noc')],
    services: [circuit('turns', 1)],
  }),
  steps: [
    { at: FIRST, publish: [revision('turns', 0, 'outage')] },
    { at: SECOND, commands: [wish('turns', 'ana', 'works', 'feed-only'), wish('turns', 'ben', 'works', 'data-only')] },
    { at: THIRD, commands: [wish('turns', 'ana', 'works', 'invitation')] },
  ],
  check: (seen) => {
    const ana = seen.to('ana@turns.example');
    expect(methods(ana)).toEqual(['REQUEST', 'CANCEL', 'REQUEST']);
    expect([ana[1]?.event?.status, ana[1]?.event?.noteStatus]).toEqual([undefined, undefined]);
    expect(ana[2]?.event?.sequence).toBeGreaterThan(ana[1]?.event?.sequence ?? 0);
    expect(seen.diary('ana@turns.example').length).toBe(1);
    const ben = methods(seen.to('ben@turns.example'));
    expect(ben.filter((method) => method !== 'DATA')).toEqual(['REQUEST', 'CANCEL']);
    expect(seen.live('ben@turns.example').length).toBe(1);
    expect(heard(seen.to('noc@turns.example'))).toEqual(['REQUEST 0']);
  },
};

const perAccount: Scenario = {
  title: 'one invitation per billing account: each names its BCN and its own circuits; others get one for the customer',
  directory: customer('bills', {
    accounts: ['a', 'b', 'c'],
    contacts: [contact('bills', 'ana'), contact('bills', 'ben'), contact('bills', 'noc')],
    services: [circuit('bills', 1, 'a'), circuit('bills', 2, 'b'), circuit('bills', 3, 'c')],
  }),
  steps: [
    {
      at: FIRST,
      commands: [wish('bills', 'ana', 'grouping', 'per-account')],
      publish: [published('CRQ-bills', 0, { services: [hit('bills/1'), hit('bills/2', 'degraded')] })],
    },
    { at: SECOND, commands: [wish('bills', 'ben', 'grouping', 'per-account')] },
    { at: FIFTH, publish: [published('CRQ-bills', 1, { services: [hit('bills/1'), hit('bills/2', 'outage')] })] },
  ],
  check: (seen) => {
    const ana = seen.to('ana@bills.example').map(({ event }) => event);
    expect(ana.map((event) => `${event?.account} ${Object.keys(event?.objects ?? {})}`).sort()).toEqual([
      'bills-a bills/1',
      'bills-b bills/2',
      'bills-b bills/2',
    ]);
    expect(new Set(ana.map((event) => event?.uid)).size).toBe(2);
    const noc = seen.to('noc@bills.example').map(({ event }) => event);
    expect(noc.map((event) => event?.account)).toEqual(['bills', 'bills']);
    expect(noc[0]?.objects).toEqual({ 'bills/1': 'OUTAGE', 'bills/2': 'DEGRADED' });
    for (const who of ['ana', 'ben']) {
      const diary = seen.diary(`${who}@bills.example`).map(({ account, objects }) => ({ account, objects }));
      expect(diary.sort((a, b) => ((a.account ?? '') < (b.account ?? '') ? -1 : 1))).toEqual([
        { account: 'bills-a', objects: { 'bills/1': 'OUTAGE' } },
        { account: 'bills-b', objects: { 'bills/2': 'OUTAGE' } },
      ]);
    }
    expect(seen.live('ana@bills.example').map(({ account }) => account)).toEqual(['bills-a', 'bills-b']);
  },
};

export const REMINDED_OCN = 'reminded';

const reminder: Scenario = {
  title: 'reminder 24 h before: exactly once, only to those who want it, and of no cancelled works',
  directory: customer(REMINDED_OCN, {
    contacts: [contact(REMINDED_OCN, 'ana'), contact(REMINDED_OCN, 'ben')],
    services: [circuit(REMINDED_OCN, 1)],
  }),
  steps: [
    {
      at: FIRST,
      commands: [wish(REMINDED_OCN, 'ana', 'reminders', 'on'), wish(REMINDED_OCN, 'ben', 'reminders', 'off')],
      publish: ['CRQ-reminded', 'CRQ-forgotten'].map((worksId) => soon(worksId, 0)),
    },
    { at: SECOND, publish: [{ ...soon('CRQ-forgotten', 1, 'cancelled') }] },
    { at: BEFORE_REMINDER },
    { at: REMINDED },
    { at: NEXT_DAY },
  ],
  check: (seen) => {
    const from = instantOf(BEFORE_REMINDER);
    const [before, after] = [seen.mails.filter(({ sentAt }) => sentAt <= from), seen.mails.filter(({ sentAt }) => sentAt > from)];
    expect(methods(before).sort()).toEqual(['CANCEL', 'CANCEL', 'REQUEST', 'REQUEST', 'REQUEST', 'REQUEST']);
    expect(after.map(({ to }) => to)).toEqual(['ana@reminded.example']);
    const [mail] = after;
    expect(mail?.sentAt).toBeLessThanOrEqual(instantOf(REMINDED));
    expect(mail?.subject).toContain('CRQ-reminded');
    expect(mail?.event?.method).not.toBe('CANCEL');
    for (const who of ['ana', 'ben']) expect(seen.diary(`${who}@reminded.example`)).toMatchObject([{ maintenanceId: 'CRQ-reminded' }]);
  },
};

export const WISHES: readonly Scenario[] = [optsOutThenCancelled, optsOutThenMoved, nowMandatory, dataOnly, switches, perAccount, reminder];

function pair(ocn: string) {
  return customer(ocn, { contacts: [contact(ocn, 'ana'), contact(ocn, 'noc')], services: [circuit(ocn, 1)] });
}

function revision(ocn: string, number: number, impact: Impact, more: Parameters<typeof published>[2] = {}) {
  return published(`CRQ-${ocn}`, number, { services: [hit(`${ocn}/1`, impact)], ...more });
}

function soon(worksId: string, number: number, status: 'confirmed' | 'cancelled' = 'confirmed') {
  return published(worksId, number, {
    status,
    noticeDays: 0,
    windows: [{ windowId: '1', start: '2026-11-05T12:00:00Z', end: '2026-11-05T16:00:00Z' }],
    services: [hit(`${REMINDED_OCN}/1`)],
  });
}
