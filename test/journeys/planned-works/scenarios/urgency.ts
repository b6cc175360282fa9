import { expect } from 'vitest';
import { circuit, contact, customer, together } from '../carrier-records.ts';
import { FIRST, heard, methods, PERSON, type Scenario, SECOND, type Stage, statusAs, THIRD, type WorksStatus, wish } from '../scenario.ts';
import { hit, MOVED_NIGHT, published, type WorksWindow } from '../works-events.ts';

/** Nobody else has a step there: `works` mail is paused meanwhile. */
const CROWDED = '2026-11-02T14:00:00Z';
const DISPERSED = '2026-11-02T14:10:00Z';
/** So many recipients may always be written to. */
export const CROWD = process.env.LONG === '1' ? 300 : 60;
/** More than the local stage lets out without a person's word. */
const MULTITUDE = 600;
const TWO_HOURS_LATER: WorksWindow = { windowId: '1', start: '2026-11-02T12:00:00Z', end: '2026-11-02T13:00:00Z' };
/** Ten days and two hours after FIRST, but only eight working days. */
const TOO_SOON: WorksWindow = { windowId: '1', start: '2026-11-12T12:00:00Z', end: '2026-11-12T16:00:00Z' };
/** Twelve working days after FIRST. */
const SOON_ENOUGH: WorksWindow = { windowId: '1', start: '2026-11-18T12:00:00Z', end: '2026-11-18T16:00:00Z' };

const emergency: Scenario = {
  title: 'emergency, two hours’ notice: at once, labelled; night, short notice and wishes do not hold it back',
  directory: customer('alarm', {
    contacts: [
      contact('alarm', 'noc'),
      contact('alarm', 'night', { timeZone: 'America/Los_Angeles' }),
      contact('alarm', 'feed'),
      contact('alarm', 'quiet'),
    ],
    services: [circuit('alarm', 1)],
  }),
  steps: [
    {
      at: FIRST,
      commands: [wish('alarm', 'feed', 'works', 'feed-only'), wish('alarm', 'quiet', 'other-works', 'off')],
      publish: [
        published('CRQ-alarm', 0, {
          class: 'emergency',
          noticeDays: 10,
          windows: [TWO_HOURS_LATER],
          services: [hit('alarm/1', 'degraded')],
        }),
      ],
    },
    { at: SECOND, act: statusAs('status', 'CRQ-alarm') },
  ],
  check: (seen) => {
    expect(seen.mails.map(({ to }) => to).sort()).toEqual(['feed', 'night', 'noc', 'quiet'].map((who) => `${who}@alarm.example`));
    for (const { sentAt, subject, text, event } of seen.mails) {
      expect(new Date(sentAt).toISOString().slice(0, 16)).toBe(FIRST.slice(0, 16));
      expect(subject).toMatch(/emergency/i);
      expect(subject).toContain('CRQ-alarm');
      expect(text).toMatch(/emergency/i);
      expect(event?.start).toBe(Date.parse(TWO_HOURS_LATER.start));
    }
    for (const who of ['noc', 'night', 'quiet']) expect(heard(seen.to(`${who}@alarm.example`))).toEqual(['REQUEST 0']);
    expect(seen.kept<WorksStatus>('status')).toMatchObject({ class: 'emergency', hold: null });
  },
};

const overtakes: Scenario = {
  title: 'emergency published while many planned messages wait: it is sent before them',
  directory: together([
    customer('crowd', {
      contacts: Array.from({ length: CROWD }, (_, n) => contact('crowd', `c${n}`)),
      services: [circuit('crowd', 1)],
    }),
    customer('ahead', { contacts: [contact('ahead', 'noc')], services: [circuit('ahead', 1)] }),
  ]),
  steps: [
    {
      at: CROWDED,
      act: async (stage) => {
        await stage.cloud.must('mail', 'pause', 'works', ...PERSON);
        await stage.publish(published('CRQ-crowd', 0, { services: [hit('crowd/1')] }));
        await releaseIfHeld(stage, 'CRQ-crowd');
        stage.keep('waiting', (await stage.cloud.json<{ waiting: number }>('mail', 'status')).waiting);
        await stage.publish(
          published('CRQ-ahead', 0, {
            class: 'emergency',
            windows: [{ ...TWO_HOURS_LATER, start: '2026-11-02T15:00:00Z', end: '2026-11-02T16:00:00Z' }],
            services: [hit('ahead/1')],
          }),
        );
        await stage.cloud.must('mail', 'resume', 'works', ...PERSON);
      },
    },
    { at: DISPERSED },
  ],
  check: (seen) => {
    expect(seen.kept('waiting')).toBe(CROWD);
    const [first, ...others] = seen.mails;
    expect(first?.to).toBe('noc@ahead.example');
    expect(new Set(others.map(({ to }) => to)).size).toBe(CROWD);
    expect(others.length).toBe(CROWD);
    expect(new Set(heard(others))).toEqual(new Set(['REQUEST 0']));
  },
};

const shortNotice: Scenario = {
  title: 'planned, but shorter than the contracted notice: held for a named release, with the counts; its cancel is not held',
  directory: customer('hasty', { contacts: [contact('hasty', 'noc'), contact('hasty', 'ana')], services: [circuit('hasty', 1)] }),
  steps: [
    { at: FIRST, publish: [hasty('CRQ-hasty', 0, [TOO_SOON])], act: statusAs('held', 'CRQ-hasty') },
    {
      at: SECOND,
      act: async (stage) => {
        stage.keep('before', (await stage.mails()).length);
        stage.keep('nameless', (await stage.cloud.run('works', 'release', 'CRQ-hasty')).code);
        await stage.cloud.must('works', 'release', 'CRQ-hasty', ...PERSON);
        await statusAs('released', 'CRQ-hasty')(stage);
      },
    },
    { at: THIRD, publish: [hasty('CRQ-hasty', 1, [TOO_SOON], 'cancelled')] },
  ],
  check: (seen) => {
    const { hold } = seen.kept<WorksStatus>('held');
    expect(hold).toMatchObject({ customers: 1, recipients: 2 });
    expect(hold?.reason).toMatch(/notice/i);
    expect(Math.abs(Date.parse(hold?.since ?? '') - Date.parse(FIRST))).toBeLessThan(60_000);
    expect(seen.kept('before')).toBe(0);
    expect(seen.kept('nameless')).toBe(2);
    expect(seen.kept<WorksStatus>('released').hold).toBeNull();
    for (const who of ['noc', 'ana']) expect(methods(seen.to(`${who}@hasty.example`))).toEqual(['REQUEST', 'CANCEL']);
    expect(seen.mails.every(({ sentAt }) => sentAt >= Date.parse(SECOND))).toBe(true);
  },
};

const enoughNotice: Scenario = {
  title: 'planned with the contracted notice in working days: not held',
  directory: customer('timely', { contacts: [contact('timely', 'noc')], services: [circuit('timely', 1)] }),
  steps: [
    {
      at: FIRST,
      publish: [published('CRQ-timely', 0, { noticeDays: 10, windows: [SOON_ENOUGH], services: [hit('timely/1')] })],
      act: statusAs('status', 'CRQ-timely'),
    },
  ],
  check: (seen) => {
    expect(heard(seen.mails)).toEqual(['REQUEST 0']);
    expect(seen.kept<WorksStatus>('status').hold).toBeNull();
  },
};

const heldThenMoved: Scenario = {
  title: 'a held revision that a better one replaces, or a cancel: only the better one is ever sent',
  directory: together(['patient', 'dropped'].map((ocn) => customer(ocn, { contacts: [contact(ocn, 'noc')], services: [circuit(ocn, 1)] }))),
  steps: [
    { at: FIRST, publish: [hasty('CRQ-patient', 0, [TOO_SOON]), hasty('CRQ-dropped', 0, [TOO_SOON])] },
    { at: SECOND, publish: [hasty('CRQ-patient', 1, [MOVED_NIGHT]), hasty('CRQ-dropped', 1, [TOO_SOON], 'cancelled')] },
    {
      at: THIRD,
      act: async (stage) => {
        await statusAs('patient', 'CRQ-patient')(stage);
        await statusAs('dropped', 'CRQ-dropped')(stage);
      },
    },
  ],
  check: (seen) => {
    expect(methods(seen.to('noc@patient.example'))).toEqual(['REQUEST']);
    expect(seen.diary('noc@patient.example')).toMatchObject([{ start: Date.parse(MOVED_NIGHT.start) }]);
    expect(seen.to('noc@dropped.example')).toEqual([]);
    for (const name of ['patient', 'dropped']) expect(seen.kept<WorksStatus>(name).hold).toBeNull();
  },
};

const tooMany: Scenario = {
  title: 'more recipients than the stage’s limit: held with the counts, and nobody is mailed',
  directory: customer('legion', {
    contacts: Array.from({ length: MULTITUDE }, (_, n) => contact('legion', `c${n}`)),
    services: [circuit('legion', 1)],
  }),
  steps: [
    { at: FIRST, publish: [published('CRQ-legion', 0, { services: [hit('legion/1')] })], act: statusAs('held', 'CRQ-legion') },
    { at: SECOND, publish: [published('CRQ-legion', 1, { status: 'cancelled', services: [hit('legion/1')] })] },
  ],
  check: (seen) => {
    expect(seen.kept<WorksStatus>('held').hold).toMatchObject({ customers: 1, recipients: MULTITUDE });
    expect(seen.kept<WorksStatus>('held').hold?.reason).toMatch(/recipients/i);
    expect(seen.mails).toEqual([]);
  },
};

export const URGENCY: readonly Scenario[] = [emergency, overtakes, shortNotice, enoughNotice, heldThenMoved, tooMany];

function hasty(worksId: string, number: number, windows: readonly WorksWindow[], status: 'confirmed' | 'cancelled' = 'confirmed') {
  return published(worksId, number, { noticeDays: 10, windows, status, services: [hit(`${worksId.slice('CRQ-'.length)}/1`)] });
}

async function releaseIfHeld({ cloud }: Stage, worksId: string): Promise<void> {
  const { hold } = await cloud.json<WorksStatus>('works', 'status', worksId);
  if (hold) await cloud.must('works', 'release', worksId, ...PERSON);
}
