import { describe, expect, it } from 'vitest';
import { readCalendar } from './content-lines.ts';
import { contentFaults, nameFaults, needlessFaults, orderFaults, privacyFaults, threadFaults } from './correspondence.ts';
import { diaryOf } from './diary.ts';
import { leavesOf, readEmail } from './email-parts.ts';
import { type LetterParts, letter } from './letter.ts';
import { readNote } from './maintenance-note.ts';
import { storeOf } from './maintenance-store.ts';
import { parseWorksMail, type WorksMail } from './works-mail.ts';

const NOC = 'noc@customer.example';
const ANA = 'ana@customer.example';
const [NINE, TEN, ELEVEN] = ['2026-11-02T09:00:00Z', '2026-11-02T10:00:00Z', '2026-11-02T11:00:00Z'];
const MOVED = { start: '2026-12-15T23:00:00Z', end: '2026-12-16T03:00:00Z' };

describe('The reader of maintenance notes', () => {
  it('reads every property', () => {
    expect(noteOf({})).toEqual({
      note: {
        provider: 'carrier.example',
        account: '200118',
        maintenanceId: 'CRQ-1001',
        objects: new Map([
          ['FRA/FRA/LE-1', 'OUTAGE'],
          ['FRA/FRA/LE-2', 'DEGRADED'],
        ]),
        impact: 'OUTAGE',
        status: 'CONFIRMED',
      },
    });
  });

  it.each<[string, LetterParts, RegExp]>([
    ['several maintenance ids', { lines: doubled('X-MAINTNOTE-MAINTENANCE-ID') }, /2 X-MAINTNOTE-MAINTENANCE-ID/],
    ['several accounts', { lines: doubled('X-MAINTNOTE-ACCOUNT') }, /2 X-MAINTNOTE-ACCOUNT/],
    ['several providers', { lines: doubled('X-MAINTNOTE-PROVIDER') }, /2 X-MAINTNOTE-PROVIDER/],
    ['several impacts', { lines: doubled('X-MAINTNOTE-IMPACT') }, /2 X-MAINTNOTE-IMPACT/],
    ['several statuses', { lines: doubled('X-MAINTNOTE-STATUS') }, /several X-MAINTNOTE-STATUS/],
    ['no account', { lines: without('X-MAINTNOTE-ACCOUNT') }, /0 X-MAINTNOTE-ACCOUNT/],
    ['an empty maintenance id', { maintenanceId: '' }, /X-MAINTNOTE-MAINTENANCE-ID with a value/],
    ['no impact', { lines: without('X-MAINTNOTE-IMPACT') }, /0 X-MAINTNOTE-IMPACT/],
    ['an impact in small letters', { impact: 'outage' }, /X-MAINTNOTE-IMPACT is outage/],
    ['an impact that is no impact', { objects: { a: 'BROKEN' }, impact: 'BROKEN' }, /BROKEN/],
    ['an impact better than the worst', { impact: 'DEGRADED' }, /worst of its objects is OUTAGE/],
    ['an impact worse than the worst', { objects: { a: 'DEGRADED' } }, /worst of its objects is DEGRADED/],
    [
      'a circuit without impact',
      { lines: replaced(';X-MAINTNOTE-OBJECT-IMPACT=OUTAGE', '') },
      /X-MAINTNOTE-OBJECT-IMPACT of FRA\/FRA\/LE-1/,
    ],
    ['a circuit twice', { lines: doubled('X-MAINTNOTE-OBJECT-ID') }, /twice/],
    ['no circuit', { objects: {} }, /no X-MAINTNOTE-OBJECT-ID/],
    ['a circuit without a name', { objects: { '': 'OUTAGE' } }, /OBJECT-ID without a value/],
    ['a status that is no status', { lines: replaced('X-MAINTNOTE-STATUS:CONFIRMED', 'X-MAINTNOTE-STATUS:STARTED') }, /STARTED/],
    [
      'a status that iCalendar contradicts',
      { lines: replaced('X-MAINTNOTE-STATUS:CONFIRMED', 'X-MAINTNOTE-STATUS:CANCELLED') },
      /CANCELLED is right/,
    ],
    ['STATUS alone', { lines: without('X-MAINTNOTE-STATUS') }, /no X-MAINTNOTE-STATUS/],
    ['X-MAINTNOTE-STATUS alone', { lines: without('STATUS') }, /STATUS is missing/],
  ])('refuses %s', (_, parts, fault) => {
    expect(noteOf(parts)).toEqual({ faults: expect.arrayContaining([expect.stringMatching(fault)]) });
  });
});

describe('The model diary', () => {
  it.each<[string, LetterParts[], string[]]>([
    ['takes an invitation', [{}], ['CONFIRMED 2026-12-08T23:00:00.000Z 0']],
    ['moves it', [{}, { sequence: 1, sentAt: TEN, ...MOVED }], ['CONFIRMED 2026-12-15T23:00:00.000Z 1']],
    ['ignores an older SEQUENCE', [{ sequence: 1, ...MOVED }, { sentAt: TEN }], ['CONFIRMED 2026-12-15T23:00:00.000Z 1']],
    ['takes the same SEQUENCE with a newer DTSTAMP', [{}, { sentAt: TEN, ...MOVED }], ['CONFIRMED 2026-12-15T23:00:00.000Z 0']],
    [
      'ignores the same SEQUENCE with an older DTSTAMP',
      [{ sentAt: TEN }, { sentAt: NINE, ...MOVED }],
      ['CONFIRMED 2026-12-08T23:00:00.000Z 0'],
    ],
    ['crosses out what is cancelled', [{}, { method: 'CANCEL', status: 'CANCELLED', sequence: 1, sentAt: TEN }], []],
    [
      'ignores an older CANCEL',
      [{ sequence: 2 }, { method: 'CANCEL', status: null, sequence: 1, sentAt: TEN }],
      ['CONFIRMED 2026-12-08T23:00:00.000Z 2'],
    ],
    ['ignores a CANCEL of what it never had', [{ method: 'CANCEL', status: 'CANCELLED' }], []],
    [
      'does not bring back what has the CANCEL’s SEQUENCE and an older stamp',
      [{}, { method: 'CANCEL', status: 'CANCELLED', sequence: 1, sentAt: ELEVEN }, { sequence: 1, sentAt: TEN }],
      [],
    ],
    [
      'brings it back above the CANCEL',
      [{}, { method: 'CANCEL', status: 'CANCELLED', sequence: 1, sentAt: TEN }, { sequence: 2, sentAt: ELEVEN }],
      ['CONFIRMED 2026-12-08T23:00:00.000Z 2'],
    ],
    [
      'keeps two UIDs apart',
      [{}, { uid: 'crq-1001-2', start: MOVED.start, end: MOVED.end }],
      ['CONFIRMED 2026-12-08T23:00:00.000Z 0', 'CONFIRMED 2026-12-15T23:00:00.000Z 0'],
    ],
    ['is not for data', [{ method: null }], []],
    ['is not for others', [{ to: ANA }], []],
  ])('%s', async (_, letters, entries) => {
    const found = diaryOf(NOC, await mails(letters));
    expect(found.map(({ status, start = 0, sequence }) => `${status} ${new Date(start).toISOString()} ${sequence}`)).toEqual(entries);
  });
});

describe('The maintenance store', () => {
  it.each<[string, LetterParts[], string[]]>([
    ['takes works', [{}], ['CRQ-1001 20261208T230000Z CONFIRMED']],
    ['takes data without METHOD', [{ method: null }], ['CRQ-1001 20261208T230000Z CONFIRMED']],
    ['moves works', [{}, { sequence: 1, sentAt: TEN, ...MOVED }], ['CRQ-1001 20261215T230000Z CONFIRMED']],
    ['ignores an older message', [{ sentAt: TEN, ...MOVED }, { sentAt: NINE }], ['CRQ-1001 20261215T230000Z CONFIRMED']],
    [
      'keeps works when a contact leaves',
      [{}, { method: 'CANCEL', status: null, sequence: 1, sentAt: TEN }],
      ['CRQ-1001 20261208T230000Z CONFIRMED'],
    ],
    ['drops cancelled works', [{}, { method: 'CANCEL', status: 'CANCELLED', sequence: 1, sentAt: TEN }], []],
    ['knows works in process', [{}, { status: 'IN-PROCESS', sequence: 1, sentAt: TEN }], ['CRQ-1001 20261208T230000Z IN-PROCESS']],
    [
      'holds two windows',
      [{}, { uid: 'b', maintenanceId: 'CRQ-1001.2', ...MOVED }],
      ['CRQ-1001 20261208T230000Z CONFIRMED', 'CRQ-1001.2 20261215T230000Z CONFIRMED'],
    ],
    ['takes nothing that it has to guess', [{ impact: 'DEGRADED' }], []],
  ])('%s', async (_, letters, works) => {
    const store = storeOf([NOC], await mails(letters));
    expect(store.live().map(({ maintenanceId, start, status }) => `${maintenanceId} ${start} ${status}`)).toEqual(works);
    expect(store.refused().length).toBe(letters.some(({ impact }) => impact === 'DEGRADED') ? 1 : 0);
  });
});

describe('The judges of a correspondence', () => {
  const change: LetterParts = { sequence: 1, sentAt: TEN, messageId: 'second', references: 'first@mail.example', ...MOVED };
  const cancel: LetterParts = { ...change, method: 'CANCEL', status: 'CANCELLED' };
  const back: LetterParts = { sequence: 2, sentAt: ELEVEN, messageId: 'third', references: 'first@mail.example' };
  const judges = { contentFaults, nameFaults, needlessFaults, orderFaults, threadFaults };

  it.each<[string, LetterParts[]]>([
    ['an invitation and a change', [{}, change]],
    ['a cancel and a return', [{}, cancel, back]],
    ['a newcomer who gets the current SEQUENCE', [{}, change, { ...change, to: ANA, sentAt: ELEVEN, messageId: 'ana' }]],
  ])('let pass %s', async (_, letters) => {
    const told = await mails(letters);
    expect(Object.values(judges).flatMap((judge) => judge(told))).toEqual([]);
  });

  it.each<[string, keyof typeof judges, LetterParts[], RegExp]>([
    ['another time under the same SEQUENCE', 'contentFaults', [{}, { ...change, sequence: 0 }], /SEQUENCE 0 says/],
    ['another status under the same SEQUENCE', 'contentFaults', [{}, { to: ANA, status: 'IN-PROCESS' }], /SEQUENCE 0 says/],
    ['another circuit under the same SEQUENCE', 'contentFaults', [{}, { to: ANA, objects: { a: 'OUTAGE' } }], /SEQUENCE 0 says/],
    ['another maintenance id', 'nameFaults', [{}, { ...change, maintenanceId: 'CRQ-1001.1' }], /CRQ-1001.1/],
    ['an old DTSTAMP', 'orderFaults', [{}, { ...change, sentAt: NINE }], /DTSTAMP is not newer/],
    ['a SEQUENCE that falls', 'orderFaults', [{ sequence: 2 }, change], /SEQUENCE is lower/],
    ['a return under the CANCEL’s SEQUENCE', 'orderFaults', [{}, cancel, { ...back, sequence: 1 }], /not above the CANCEL/],
    ['no References', 'threadFaults', [{}, { ...change, references: '' }], /References is missing/],
    ['References to another message', 'threadFaults', [{}, { ...change, references: 'other@mail.example' }], /<other@mail.example>/],
    ['the same twice', 'needlessFaults', [{}, { sentAt: TEN }], /says the same again/],
    ['a CANCEL of nothing', 'needlessFaults', [cancel], /is the first that/],
    ['two CANCELs in a row', 'needlessFaults', [{}, cancel, { ...cancel, sequence: 2, sentAt: ELEVEN }], /second CANCEL/],
  ])('catch %s', async (_, judge, letters, fault) => {
    expect(judges[judge](await mails(letters))).toContainEqual(expect.stringMatching(fault));
  });

  it('catch another contact’s address in a folded line', async () => {
    const told = await mails([
      { lines: (lines) => [...lines.slice(0, -1), `COMMENT:${'x'.repeat(60)} ${ANA}`, 'END:VEVENT'], alarm: null },
    ]);
    expect(privacyFaults(told, [NOC, ANA])).toEqual([expect.stringContaining(`shows ${ANA}`)]);
    expect(privacyFaults(await mails([{}]), [NOC, ANA])).toEqual([]);
  });
});

function noteOf(parts: LetterParts) {
  const calendar = leavesOf(readEmail(letter(parts))).find(({ type }) => type === 'text/calendar');
  const [event] = readCalendar(calendar?.content ?? Buffer.alloc(0)).components;
  if (!event) throw new Error('no event');
  return readNote(event, 'carrier.example');
}

function mails(letters: readonly LetterParts[]): Promise<WorksMail[]> {
  return Promise.all(letters.map((parts, place) => parseWorksMail(`${place}.eml`, letter(parts))));
}

function without(...names: string[]) {
  return (lines: readonly string[]) => lines.filter((line) => !names.some((name) => line.startsWith(name)));
}

function doubled(name: string) {
  return (lines: readonly string[]) => {
    const place = lines.findIndex((line) => line.startsWith(name));
    return [...lines.slice(0, place), lines[place] ?? '', ...lines.slice(place)];
  };
}

function replaced(from: string, to: string) {
  return (lines: readonly string[]) => lines.map((line) => line.replace(from, to));
}
