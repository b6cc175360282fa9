import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calendarFaults } from '../../oracle/planned-works/calendar-bytes.ts';
import {
  contentFaults,
  nameFaults,
  needlessFaults,
  orderFaults,
  privacyFaults,
  threadFaults,
} from '../../oracle/planned-works/correspondence.ts';
import { deadLetters } from '../evidence.ts';
import { type LocalCloud, startLocalCloud } from '../local-cloud.ts';
import { type Played, playInLockStep } from './lock-step.ts';
import { addressesOf, type Scenario } from './scenario.ts';
import { ANSWERS } from './scenarios/answers.ts';
import { BAD_COUNT, BAD_EVENTS } from './scenarios/bad-events.ts';
import { FEEDS } from './scenarios/feeds.ts';
import { PEOPLE } from './scenarios/people.ts';
import { REVISIONS } from './scenarios/revisions.ts';
import { TEXTS } from './scenarios/texts.ts';
import { CROWD, URGENCY } from './scenarios/urgency.ts';
import { WINDOWS } from './scenarios/windows.ts';
import { REMINDED_OCN, WISHES } from './scenarios/wishes.ts';

const CHAPTERS: Readonly<Record<string, readonly Scenario[]>> = {
  'Works that change': REVISIONS,
  'Windows and clocks': WINDOWS,
  'People and owners': PEOPLE,
  Wishes: WISHES,
  'Emergencies and holds': URGENCY,
  'Sizes and texts': TEXTS,
  Feeds: FEEDS,
  Answers: ANSWERS,
  'Bad events': BAD_EVENTS,
};
const START = '2026-11-02T09:00:00Z';
/** A minute on a machine that has nothing else to do. */
const LONGEST_PLAY = 15 * 60_000;
/** So many emails at least: judges of nothing would find nothing. */
const MANY = 150 + CROWD;
const SCENARIOS = Object.values(CHAPTERS).flat();

const work = mkdtempSync(join(tmpdir(), 'planned-works-'));
let cloud: LocalCloud;
let played: Played;

beforeAll(async () => {
  cloud = await startLocalCloud(join(work, 'data'), '--at', START);
  // Ready does not mean that the clock stands there already.
  await cloud.must('at', START);
  played = await playInLockStep(cloud, work, SCENARIOS);
}, LONGEST_PLAY);

afterAll(async () => {
  await cloud?.stop();
  rmSync(work, { recursive: true, force: true });
});

describe.each(Object.entries(CHAPTERS))('%s', (_, scenarios) => {
  it.each(scenarios.map((scenario) => [scenario.title, scenario] as const))('%s', (_title, scenario) => {
    scenario.check(played.seen(scenario));
  });
});

describe('All emails of all scenarios', () => {
  it('are built so that diaries and customers’ systems take them', () => {
    const written = everyMail().filter(({ event, to }) => event || !to.endsWith(`@${REMINDED_OCN}.example`));
    expect(written.flatMap(({ file, to, raw }) => calendarFaults(raw).map((fault) => `${file} to ${to}: ${fault}`)).slice(0, 20)).toEqual(
      [],
    );
  });

  it('never give a SEQUENCE other content, nor an invitation other names', () => {
    const mails = everyMail();
    expect([...contentFaults(mails), ...nameFaults(mails)].slice(0, 20)).toEqual([]);
  });

  it('come with a newer DTSTAMP and no lower SEQUENCE each time, threaded to the first', () => {
    const mails = everyMail();
    expect([...orderFaults(mails), ...threadFaults(mails)].slice(0, 20)).toEqual([]);
  });

  it('tell nobody the same twice, and nobody to cross out what was never there', () => {
    // A reminder says the same again: that is its purpose.
    const others = everyMail().filter(({ to }) => !to.endsWith(`@${REMINDED_OCN}.example`));
    expect(needlessFaults(others).slice(0, 20)).toEqual([]);
  });

  it('show nobody another contact’s address', () => {
    const addresses = SCENARIOS.flatMap(({ directory, steps }) => [directory, ...steps.flatMap(({ load }) => load ?? [])]).flatMap(
      addressesOf,
    );
    expect(privacyFaults(everyMail(), addresses).slice(0, 20)).toEqual([]);
  });

  it('leave nothing in a dead-letter queue but the bad events', async () => {
    expect(await deadLetters(cloud)).toEqual([`planned-works-dlq.fifo: ${BAD_COUNT}`]);
  });
});

/** @throws when there are too few to judge anything by */
function everyMail(): Played['mails'] {
  expect(played.mails.length).toBeGreaterThan(MANY);
  return played.mails;
}
