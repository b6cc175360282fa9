import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cleanText } from '../../functions/icalendar/text.ts';
import { type ReadCalendar, type ReadEvent, readWithIcalJs, readWithNodeIcal, readWithPython, writeCalendars } from './calendar-readers.ts';
import { askLibical, askPython, isJudgeThere } from './judges.ts';
import { type LiveWorks, liveWorks } from './live-works.ts';
import { type PlayedWorks, playSampleWorks, WILD } from './sample-works.ts';

/** libical's table has none of these there, but RFC 5546 has: SEQUENCE in its table (3.2.8), the attendee in its example (4.2.4). */
const LIBICAL_ERRS = /^Failed iTIP restrictions for (SEQUENCE|ATTENDEE) property\. Expected 0 instances/;

const work = mkdtempSync(join(tmpdir(), 'conformance-works-'));
let played: PlayedWorks;
/** Every calendar object that left, by the email's file or the feed's contact. */
let calendars: Map<string, string>;
let files: string[];

beforeAll(async () => {
  played = await playSampleWorks(work);
  const mailed = played.mails.flatMap(({ file, calendar }) => (calendar === undefined ? [] : [[file, calendar] as const]));
  calendars = new Map([...mailed, ...played.feeds]);
  mkdirSync(join(work, 'calendars'));
  files = writeCalendars(join(work, 'calendars'), calendars);
  process.stderr.write(`Judging ${mailed.length} emails of planned works and ${played.feeds.size} calendar feeds\n`);
});

afterAll(() => rmSync(work, { recursive: true, force: true }));

test('the day has emails of every kind, 300 circuits in one, and texts with everything in them', () => {
  const kinds = played.mails.map(({ event }) => [event?.method ?? 'DATA', event?.noteStatus ?? 'none'].join(' '));
  expect([...new Set(kinds)].sort()).toEqual([
    'CANCEL CANCELLED',
    'CANCEL none',
    'DATA CONFIRMED',
    'DATA IN-PROCESS',
    'DECLINECOUNTER none',
    'REQUEST COMPLETED',
    'REQUEST CONFIRMED',
    'REQUEST IN-PROCESS',
    'REQUEST TENTATIVE',
  ]);
  expect(played.mails.every(({ event }) => event !== undefined)).toBe(true);
  expect(played.mails.length).toBeGreaterThan(150);
  expect(Math.max(...played.mails.map(({ event }) => Object.keys(event?.objects ?? {}).length))).toBe(300);
  const wild = played.mails.filter(({ event }) => event?.maintenanceId === 'CRQ-WILD');
  expect(wild.length).toBeGreaterThan(3);
  for (const { event } of wild) expect(event?.description).toContain(cleanText(WILD.description));
});

describe('libraries read the same facts in every calendar', () => {
  test('ical.js and node-ical', () => {
    const texts = [...calendars.values()];
    const [first, second] = [readWithIcalJs, readWithNodeIcal].map((read) => texts.map((text) => sorted(read(text)).map(asNodeIcalReads)));
    expect(second).toEqual(first);
  });

  test.skipIf(!isJudgeThere('icalendar'))('icalendar', () => {
    expect(judged(readWithPython('icalendar', files))).toEqual(told());
  });

  test.skipIf(!isJudgeThere('vobject'))('vobject', () => {
    expect(judged(readWithPython('vobject', files))).toEqual(told());
  });

  test.skipIf(!isJudgeThere('libical'))('libical, which holds them against RFC 5545 and 5546 and writes them again', () => {
    const answers = files.filter((file) => calendars.get(basename(file, '.ics'))?.includes('METHOD:DECLINECOUNTER'));
    const faults = askLibical(files).filter((line) => {
      const [file = '', fault = ''] = line.split('\t');
      return !(answers.includes(file) && LIBICAL_ERRS.test(fault));
    });
    expect(faults).toEqual([]);
    expect(files.map((file) => sorted(readWithIcalJs(readFileSync(`${file}.again`, 'utf8'))))).toEqual(told().map(({ events }) => events));
  });
});

describe.skipIf(!isJudgeThere('circuit-maintenance-parser'))('circuit-maintenance-parser, in every customer’s system', () => {
  let store: { live: LiveWorks[]; refused: Record<string, string> };
  beforeAll(() => {
    store = askPython('circuit-maintenance-parser', 'maintenance-store.py', [played.folder]);
  });

  test('refuses no email but the answer to who proposed another time, which is no notification', () => {
    const answers = played.mails.filter(({ event }) => event?.method === 'DECLINECOUNTER').map(({ file }) => file);
    expect(Object.keys(store.refused)).toEqual(answers);
  });

  test('knows exactly the live works in the end, with their times, states, circuits and impacts', () => {
    const expected = liveWorks();
    expect(expected.length).toBeGreaterThan(50);
    expect(byKey(store.live)).toEqual(byKey(expected));
  });
});

/** What ical.js reads, and nobody complains. */
function told(): ReadCalendar[] {
  return [...calendars.values()].map((text) => ({ errors: [], events: sorted(readWithIcalJs(text)) }));
}

/** node-ical takes a backslash before an n for a line break, escaped or not, and ends a name at a semicolon, quoted or not. */
function asNodeIcalReads(event: ReadEvent): ReadEvent {
  const named = (mailbox: ReadEvent['attendee']): ReadEvent['attendee'] =>
    mailbox && [mailbox[0]?.replace(/^"/, '').split(';')[0] ?? null, mailbox[1]];
  const description = event.description?.replaceAll(/\\?\n|\\n/g, ' ') ?? null;
  return { ...event, description, organizer: named(event.organizer), attendee: named(event.attendee) };
}

function judged(read: readonly ReadCalendar[]): ReadCalendar[] {
  return read.map(({ errors, events }) => ({ errors, events: sorted(events) }));
}

function sorted(events: readonly ReadEvent[]): ReadEvent[] {
  return events.toSorted((a, b) => (a.uid < b.uid ? -1 : 1));
}

function byKey(works: readonly LiveWorks[]): Record<string, LiveWorks> {
  return Object.fromEntries(works.map((one) => [`${one.account} ${one.maintenanceId}`, one] as const).sort(([a], [b]) => (a < b ? -1 : 1)));
}
