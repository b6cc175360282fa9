import { describe, expect, test } from 'vitest';
import { compose } from '../../../functions/messages/compose.ts';
import type { Invitation } from '../../../functions/messages/invitation.ts';
import type { WorksNotice } from '../../../functions/messages/works-notice.ts';
import { invitationOf, SURROUNDINGS, worksMessageOf } from './candidates.ts';

const NOW = new Date('2026-11-02T09:00:00Z');

function circuit(n: number): Invitation['circuits'][number] {
  return { serviceId: `FRA/FRA/LE-${n}`, bcn: 'B1', impact: 'outage', product: '=Ethernet Line', aEnd: 'Frankfurt', bEnd: 'Berlin' };
}

function invitation(changes: Partial<Invitation> = {}): Invitation {
  return invitationOf({ circuits: [circuit(1)], ...changes });
}

let made = 0;

/** Each email is of an invitation of its own: what one says under a number is written once and never changes. */
function mail(facts: Partial<WorksNotice> = {}, told: Partial<Invitation> = {}, before?: Partial<Invitation>) {
  made += 1;
  const uid = `${made}@works`;
  const message = worksMessageOf({ uid, sequence: 3, content: 3, ...facts }, { subject: uid });
  return compose(message, { ...SURROUNDINGS, now: NOW }, { invitation: invitation(told), before: before && invitation(before) });
}

describe('an email about works', () => {
  test.each<[WorksNotice['act'], boolean, string | undefined, string | undefined]>([
    ['request', false, 'REQUEST', 'CONFIRMED'],
    ['cancel', true, 'CANCEL', undefined],
    ['data', false, undefined, 'CONFIRMED'],
  ])('that is a %s (the reader leaves: %s) tells the diary so', (act, leaves, method, status) => {
    const { calendar } = mail({ act, leaves });
    expect(calendar?.method).toBe(method);
    expect(/^METHOD:(\w+)/m.exec(calendar?.content ?? '')?.[1]).toBe(method);
    expect(/^X-MAINTNOTE-STATUS:(\S+)/m.exec(calendar?.content ?? '')?.[1]).toBe(status);
    expect(calendar?.content).toContain('SEQUENCE:3');
  });

  test('that reminds leaves the diary alone', () => {
    expect(mail({ act: 'none', variant: 'reminder' }).calendar).toBeUndefined();
  });

  test.each<[string, Partial<WorksNotice>, Partial<Invitation>, boolean]>([
    ['weeks ahead', {}, {}, true],
    ['that begin within the hour', {}, { start: '2026-11-02T09:30:00.000Z' }, false],
    ['that have begun', { variant: 'starting' }, { status: 'in-process' }, false],
    ['that are done', { variant: 'completed' }, { status: 'completed' }, false],
    ['that are cancelled', { act: 'cancel', variant: 'cancelled' }, { status: 'cancelled' }, false],
  ])('works %s ring: %s', (_, facts, told, rings) => {
    expect(mail(facts, told).calendar?.content.includes('BEGIN:VALARM')).toBe(rings);
  });

  test.each<[string, string, number | undefined, string | undefined, boolean]>([
    ['12 days for 10 agreed', '2026-11-17T23:00:00.000Z', 10, '12 working days', false],
    ['12 days for 15 agreed', '2026-11-17T23:00:00.000Z', 15, '12 working days', true],
    ['12 days, nothing agreed', '2026-11-17T23:00:00.000Z', undefined, '12 working days', false],
    ['today, nothing agreed', '2026-11-02T20:00:00.000Z', undefined, '0 working days', false],
    ['today, none agreed', '2026-11-02T20:00:00.000Z', 0, '0 working days', false],
    ['today, one agreed', '2026-11-02T20:00:00.000Z', 1, '0 working days', true],
  ])('owns up to short notice: %s', (_, start, noticeDays, notice, isShort) => {
    const { text } = mail({}, { start, noticeDays });
    expect(/Notice given: (.*)/.exec(text)?.[1]).toBe(notice);
    expect(text.includes('This is shorter notice than we promised you.')).toBe(isShort);
  });

  test('shows old and new side by side', () => {
    const moved = { start: '2026-11-19T23:00:00.000Z', end: '2026-11-20T03:00:00.000Z', circuits: [circuit(1), circuit(2)] };
    const { text, subject } = mail({ variant: 'changed', before: 2 }, moved, {});
    expect(subject).toBe('CRQ-1 moved: 20 Nov 2026, 00:00-04:00 CET');
    for (const said of ['Wed 18 Nov 2026, 00:00 - 04:00 CET', 'Fri 20 Nov 2026, 00:00 - 04:00 CET', 'FRA/FRA/LE-2'])
      expect(text).toContain(said);
  });

  test('names all of 26 circuits in a file that no spreadsheet takes for formulas, and in the diary', () => {
    const { files, text, calendar } = mail({}, { circuits: Array.from({ length: 26 }, (_, n) => circuit(n)) });
    const lines = files[0]?.content.toString('utf8').trim().split('\n') ?? [];
    expect(files[0]?.filename).toBe('circuits-CRQ-1.csv');
    expect([lines.length, lines[26]]).toEqual([27, "FRA/FRA/LE-25,outage,,'=Ethernet Line,Frankfurt,Berlin,B1"]);
    expect(text).toContain('26 circuits; the first 25 are shown, all are in circuits-CRQ-1.csv');
    expect(calendar?.content.match(/^X-MAINTNOTE-OBJECT-ID/gm)).toHaveLength(26);
  });

  test('tells the diary one event, whatever the works are called', () => {
    for (const title of ['{{x}}', '<script>', 'END:VEVENT\r\nX:Y', '工事 🚧']) {
      expect(mail({}, { title, description: title, location: title }).calendar?.content.match(/^END:VEVENT/gm)).toHaveLength(1);
    }
  });
});
