import { expect } from 'vitest';
import { circuit, contact, customer } from '../carrier-records.ts';
import { FIRST, FOURTH, heard, methods, type Scenario, SECOND, type Seen, THIRD } from '../scenario.ts';
import { hit, instantOf, NEXT_NIGHT, NIGHT, published, type WorksWindow } from '../works-events.ts';

/** When clocks change in Europe: an hour is missing, an hour comes twice. */
const SPRING: WorksWindow = { windowId: '1', start: '2027-03-28T01:00:00+01:00', end: '2027-03-28T04:00:00+02:00' };
const AUTUMN: WorksWindow = { windowId: '2', start: '2027-10-31T02:30:00+02:00', end: '2027-10-31T02:30:00+01:00' };

const dropped: Scenario = {
  title: 'one of two windows dropped: its CANCEL only, and it comes back under its own names',
  directory: single('drops'),
  steps: [
    { at: FIRST, publish: [revision('drops', 0, [NIGHT, NEXT_NIGHT])] },
    { at: SECOND, publish: [revision('drops', 1, [NEXT_NIGHT])] },
    { at: FOURTH, publish: [revision('drops', 2, [NEXT_NIGHT, NIGHT])] },
  ],
  check: (seen) => {
    const { first, second } = byWindow(seen, 'CRQ-drops');
    expect(methods(first)).toEqual(['REQUEST', 'CANCEL', 'REQUEST']);
    expect(first[1]?.event).toMatchObject({ status: 'CANCELLED', noteStatus: 'CANCELLED' });
    expect(heard(second)).toEqual(['REQUEST 0']);
    expect(new Set(first.map(({ event }) => event?.uid)).size).toBe(1);
    expect(seen.diary('noc@drops.example').map(({ start }) => start)).toEqual([instantOf(NIGHT.start), instantOf(NEXT_NIGHT.start)]);
    expect(seen.live('noc@drops.example').map(({ maintenanceId }) => maintenanceId)).toEqual(['CRQ-drops', 'CRQ-drops.2']);
  },
};

const calledOff: Scenario = {
  title: 'one of two windows cancelled: its CANCEL only',
  directory: single('halves'),
  steps: [
    { at: FIRST, publish: [revision('halves', 0, [NIGHT, NEXT_NIGHT])] },
    { at: SECOND, publish: [revision('halves', 1, [NIGHT, { ...NEXT_NIGHT, status: 'cancelled' }])] },
    { at: THIRD, publish: [revision('halves', 2, [NIGHT])] },
  ],
  check: (seen) => {
    const { first, second } = byWindow(seen, 'CRQ-halves');
    expect(heard(first)).toEqual(['REQUEST 0']);
    expect(methods(second)).toEqual(['REQUEST', 'CANCEL']);
    expect(second[1]?.event).toMatchObject({ status: 'CANCELLED', noteStatus: 'CANCELLED' });
    expect(second[1]?.sentAt).toBeLessThan(instantOf(THIRD));
    expect(seen.diary('noc@halves.example').map(({ start }) => start)).toEqual([instantOf(NIGHT.start)]);
    expect(seen.live('noc@halves.example').map(({ maintenanceId }) => maintenanceId)).toEqual(['CRQ-halves']);
  },
};

const added: Scenario = {
  title: 'a second window added: its own invitation; the first keeps UID and MAINTENANCE-ID',
  directory: single('adds'),
  steps: [
    { at: FIRST, publish: [revision('adds', 0, [NIGHT])] },
    { at: SECOND, publish: [revision('adds', 1, [NEXT_NIGHT, NIGHT])] },
  ],
  check: (seen) => {
    const { first, second } = byWindow(seen, 'CRQ-adds');
    expect(heard(first)).toEqual(['REQUEST 0']);
    expect(heard(second)).toEqual(['REQUEST 0']);
    expect(second[0]?.event?.uid).not.toBe(first[0]?.event?.uid);
    expect(seen.live('noc@adds.example')).toMatchObject([
      { maintenanceId: 'CRQ-adds', start: '20261208T230000Z' },
      { maintenanceId: 'CRQ-adds.2', start: '20261209T230000Z' },
    ]);
  },
};

const ownWindows: Scenario = {
  title: 'a circuit of one window only: it is an object of that window’s event and of no other',
  directory: single('partly'),
  steps: [
    {
      at: FIRST,
      publish: [
        published('CRQ-partly', 0, {
          windows: [NIGHT, NEXT_NIGHT],
          services: [hit('partly/1', 'outage', { windowIds: ['1'] }), hit('partly/2', 'reduced-redundancy')],
        }),
      ],
    },
  ],
  check: (seen) => {
    expect(seen.diary('noc@partly.example').map(({ objects }) => objects)).toEqual([
      { 'partly/1': 'OUTAGE', 'partly/2': 'REDUCED-REDUNDANCY' },
      { 'partly/2': 'REDUCED-REDUNDANCY' },
    ]);
  },
};

const clocksChange: Scenario = {
  title: 'windows on the days when clocks change: UTC in the event, both local names in the text',
  directory: customer('clocks', {
    contacts: [contact('clocks', 'berlin'), contact('clocks', 'london', { timeZone: 'Europe/London' })],
    services: [circuit('clocks', 1)],
  }),
  steps: [{ at: FIRST, publish: [published('CRQ-clocks', 0, { windows: [SPRING, AUTUMN], services: [hit('clocks/1')] })] }],
  check: (seen) => {
    const words: Record<string, [string[], string[]]> = {
      'berlin@clocks.example': [
        ['01:00', 'CET', '04:00', 'CEST', 'UTC'],
        ['02:30', 'CEST', 'CET', '00:30', '01:30', 'UTC'],
      ],
      'london@clocks.example': [
        ['00:00', 'GMT', '03:00', 'BST', 'UTC'],
        ['01:30', 'BST', 'GMT', '00:30', 'UTC'],
      ],
    };
    for (const [address, windows] of Object.entries(words)) {
      const diary = seen.diary(address);
      expect(diary.map(({ start, end }) => [start, end])).toEqual(
        [SPRING, AUTUMN].map((one) => [instantOf(one.start), instantOf(one.end)]),
      );
      const mails = diary.map(({ uid }) => seen.to(address).find(({ event }) => event?.uid === uid));
      for (const [place, expected] of windows.entries())
        for (const word of expected) expect(mails[place]?.text, `${address}, window ${place + 1}`).toContain(word);
    }
  },
};

const farAway: Scenario = {
  title: 'readers in Tokyo and Frankfurt, in English and German: the same facts, in the hours and words of each',
  directory: customer('zones', {
    contacts: [
      contact('zones', 'tokyo', { timeZone: 'Asia/Tokyo' }),
      contact('zones', 'frankfurt', { language: 'de' }),
      contact('zones', 'slough', { timeZone: 'Europe/London' }),
    ],
    services: [circuit('zones', 1)],
  }),
  steps: [{ at: FIRST, publish: [published('CRQ-zones', 0, { services: [hit('zones/1')] })] }],
  check: (seen) => {
    const [tokyo, frankfurt, slough] = ['tokyo', 'frankfurt', 'slough'].map((who) => seen.to(`${who}@zones.example`)[0]);
    for (const word of ['08:00', '12:00', '23:00', '03:00', 'UTC']) expect(tokyo?.text).toContain(word);
    for (const word of ['00:00', '04:00', '23:00', '03:00', 'UTC', 'Dez']) expect(frankfurt?.text).toContain(word);
    expect(frankfurt?.event?.description).not.toBe(slough?.event?.description);
    const facts = [tokyo, frankfurt, slough].map((mail) => [
      mail?.event?.uid,
      mail?.event?.sequence,
      mail?.event?.start,
      mail?.event?.objects,
    ]);
    expect(facts[1]).toEqual(facts[0]);
    expect(facts[2]).toEqual(facts[0]);
  },
};

export const WINDOWS: readonly Scenario[] = [dropped, calledOff, added, ownWindows, clocksChange, farAway];

function single(ocn: string) {
  return customer(ocn, { contacts: [contact(ocn, 'noc')], services: [circuit(ocn, 1), circuit(ocn, 2)] });
}

function revision(ocn: string, number: number, windows: readonly WorksWindow[]) {
  return published(`CRQ-${ocn}`, number, { windows, services: [hit(`${ocn}/1`)] });
}

/** The emails about the window that was seen first, and about window 2. */
function byWindow(seen: Seen, worksId: string) {
  return {
    first: seen.mails.filter(({ event }) => event?.maintenanceId === worksId),
    second: seen.mails.filter(({ event }) => event?.maintenanceId === `${worksId}.2`),
  };
}
