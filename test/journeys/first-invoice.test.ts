import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Carrier } from '../oracle/carrier.ts';
import { type Expected, judge } from '../oracle/invoices.ts';
import { expectedMails, sentMails } from '../oracle/mails.ts';
import { type IssuedLine, registerFaults, seriesFaults } from '../oracle/register.ts';
import { answer, approve, corrected, type Invitation, invitationsAmong, linksTo, open, type ReviewRow } from './customers-desk.ts';
import { type DocumentRow, deadLetters, difference, exportedMails, registerLines, voidedNumbers } from './evidence.ts';
import { type LocalCloud, startLocalCloud } from './local-cloud.ts';
import { PERIOD, writeSlice } from './slice.ts';

/** New accounts, each with a story of its own, played side by side. */
const STORY = {
  queried: 'B10024602',
  silent: 'B10029101',
  /** Passes every check, and its legal entity lets silence release it. */
  released: 'B10025202',
  rejected: 'B10028301',
  changed: 'B10029102',
  approvedByTwo: 'B10026502',
  inTheLastSecond: 'B10031701',
  /** New in September already, and nobody has answered when October comes. */
  heldTwice: 'B10021402',
} as const;
const NEW = Object.values(STORY);
const KNOWN = 'B10020101';
const SEPTEMBER = '2026-09';
const CALENDAR = 'GB-ENG';
const JANE = ['--by', 'Jane Clerk', '--reason', 'confirmed by phone'];
/** The law ends the patience on Friday: so the deadline is its evening, not five business days away. */
const DEADLINE = '2026-11-06T17:00:00Z';

const work = mkdtempSync(join(tmpdir(), 'first-invoice-'));
let carrier: Carrier;
let corrections: Carrier;
let cloud: LocalCloud;
/** Every email about a draft so far. */
let invited: readonly Invitation[];

beforeAll(async () => {
  const options = { areNew: NEW, earlier: { [SEPTEMBER]: [STORY.heldTwice] } };
  carrier = writeSlice(join(work, 'export'), [KNOWN, ...NEW], withShortPatience, options);
  const wrong = [STORY.queried, STORY.changed].map((bcn) => `/${bcn}.json`);
  const mended = (name: string, content: Buffer) =>
    wrong.some((bill) => name.endsWith(bill)) ? corrected(content) : withShortPatience(name, content);
  corrections = writeSlice(join(work, 'corrections'), [KNOWN, ...NEW], mended, options);
  cloud = await startLocalCloud(join(work, 'data'));
  await cloud.must('at', '2026-11-03T12:00:00Z');
  await cloud.must('load', join(work, 'export'));
  // September was kept back, and is published late by a named person.
  await cloud.must('runs', 'hold', SEPTEMBER, '--calendar', CALENDAR, ...JANE);
  await cloud.must('runs', 'release', SEPTEMBER, '--calendar', CALENDAR, ...JANE);
  await cloud.must('at', '2026-11-04T07:00:00Z');
});

afterAll(async () => {
  await cloud?.stop();
  rmSync(work, { recursive: true, force: true });
});

function withShortPatience(name: string, content: Buffer): Buffer {
  if (!name.endsWith('legal-entities.json')) return content;
  const entities = JSON.parse(content.toString('utf8')) as object[];
  return Buffer.from(JSON.stringify(entities.map((entity) => ({ ...entity, releaseSilently: true, issueLimit: { domesticDays: 6 } }))));
}

async function tasks(): Promise<(bcn: string) => string[]> {
  const open = await cloud.json<{ bcn: string; kind: string; reason: string }[]>('tasks', 'list');
  return (bcn) => open.filter((task) => task.bcn === bcn).map(({ kind, reason }) => `${kind}: ${reason}`);
}

/** What stands about every account whose first invoice is not issued. */
async function openReviews(): Promise<Record<string, string>> {
  const reviews = await cloud.json<ReviewRow[]>('review', 'list');
  return Object.fromEntries(reviews.map(({ bcn, period, state, version }) => [bcn, `${period} ${state} ${version}`]));
}

describe('First invoices of the sample carrier', () => {
  it('are held while the month is published: no number, no document, no invoice email', async () => {
    const lines = await registerLines(cloud);
    expect(registerFaults(judge(carrier, PERIOD, CALENDAR, '2026-11-04').issued, lines)).toEqual([]);
    expect(await registerLines(cloud, SEPTEMBER)).toEqual([]);
    const mails = await exportedMails(cloud);
    invited = invitationsAmong(mails);
    const others = mails.filter(({ links }) => !links.some((link) => link.includes('/r/')));
    expect(difference('email', expectedMails(carrier, lines), sentMails(others, lines))).toEqual([]);
    expect(others.every(({ text }) => text.includes(KNOWN.slice(1, -2)))).toBe(true);
    expect(await cloud.json<DocumentRow[]>('documents', STORY.heldTwice)).toEqual([]);
  });

  it('have one review each; the October of the one that waits since September has none', async () => {
    const waiting = NEW.map((bcn) => [bcn, bcn === STORY.heldTwice ? `${SEPTEMBER} expired 1` : `${PERIOD} awaiting-customer 1`]);
    expect(await openReviews()).toEqual(Object.fromEntries(waiting));
  });

  it('are shown on a page that changes nothing by being looked at, and that nobody can bend', async () => {
    const [link = ''] = linksTo(STORY.silent, invited);
    expect(link.startsWith(cloud.file.urls.public)).toBe(true);
    const { page } = await open(link);
    expect(page).toContain('not a tax invoice');
    expect(page).toContain(STORY.silent);
    const targets = [...page.matchAll(/href="(\/r\/[^"]+\/[^"]+)"/g)].map(([, path]) => new URL(path ?? '', link));
    const answers = await Promise.all(targets.map((target) => fetch(target)));
    expect(answers.map(({ status }) => status)).toEqual(targets.map(() => 200));
    const file = answers.find(({ headers }) => headers.get('content-type') === 'application/pdf');
    expect(Buffer.from((await file?.arrayBuffer()) ?? new ArrayBuffer(0)).toString('latin1', 0, 5)).toBe('%PDF-');
    await Promise.all(Array.from({ length: 5 }, () => fetch(link, { method: 'HEAD' })));
    const at = link.length - 3;
    expect((await open(link.slice(0, at) + (link[at] === 'A' ? 'B' : 'A') + link.slice(at + 1))).status).toBe(404);
    expect((await open(link.replace('/r/', '/d/'))).status).toBe(404);
  });

  it('approved by two people at once, asked about, and rejected by a named person, all on the first day', async () => {
    const both = linksTo(STORY.approvedByTwo, invited);
    expect(both).toHaveLength(2);
    const answers = await Promise.all([...both, ...both].map(approve));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const [link = ''] = linksTo(STORY.queried, invited);
    const asked = await answer(link, { decision: 'query', 'line-0-0': 'We ordered half of it' });
    expect(asked.page).toContain('we have your questions');
    await cloud.must('review', 'reject', STORY.rejected, '--by', 'Jane Clerk', '--reason', 'the contract was cancelled');
    const tasksOf = await tasks();
    expect(tasksOf(STORY.queried)).toEqual([expect.stringContaining('We ordered half of it')]);
    expect(tasksOf(STORY.rejected)).toEqual([expect.stringContaining('the contract was cancelled')]);
    const { [STORY.approvedByTwo]: approved, ...reviews } = await openReviews();
    expect(['2026-10 approved 1', undefined]).toContain(approved);
    expect(reviews).toMatchObject({ [STORY.queried]: '2026-10 queried 1', [STORY.rejected]: '2026-10 rejected 1' });
    expect(reviews[STORY.silent]).toBe('2026-10 awaiting-customer 1');
  });

  it('rejected: the page shows nothing of it, and no release waves it through', async () => {
    const [link = ''] = linksTo(STORY.rejected, invited);
    expect((await approve(link)).page).toContain('We are correcting');
    expect((await cloud.run('review', 'release', STORY.rejected, ...JANE)).code).toBe(1);
  });

  it('corrected while somebody approves: the approval counts for what was seen, or for nothing', async () => {
    const [link = ''] = linksTo(STORY.changed, invited);
    const loading = cloud.must('load', join(work, 'corrections'));
    await pause(500 + Math.random() * 2_000);
    await approve(link);
    await loading;
    await cloud.must('at', '2026-11-04T10:00:00Z');
    const lines = await registerLines(cloud);
    // When the approval came first, the draft of that moment was issued, and the change is a correction that people make.
    const isIssued = lines.some(({ bcn }) => bcn === STORY.changed);
    const reviews = await openReviews();
    expect(reviews[STORY.changed]).toBe(isIssued ? undefined : '2026-10 awaiting-customer 2');
    expect(reviews[STORY.queried]).toBe('2026-10 awaiting-customer 2');
  });

  it('with corrected data: a new draft; the old link is dead with a friendly word, and the new one is approved', async () => {
    const [first = ''] = linksTo(STORY.queried, invited);
    const old = await approve(first);
    expect([old.status, old.page.includes('newer draft')]).toEqual([404, true]);
    invited = invitationsAmong(await exportedMails(cloud));
    // Where the approval came too late, it is given again.
    const [link = '', changed = ''] = [STORY.queried, STORY.changed].map((bcn) => linksTo(bcn, invited)[0]);
    expect((await approve(link)).page).toContain('the draft is approved');
    await approve(changed);
    await cloud.must('at', '2026-11-04T10:30:00Z');
    const number = (await registerLines(cloud)).find(({ bcn }) => bcn === STORY.queried)?.number;
    expect((await open(link)).page).toContain(`It has the number ${number}`);
  });

  it('answered in the very second of the deadline, or not at all', async () => {
    const [link = ''] = linksTo(STORY.inTheLastSecond, invited);
    await cloud.must('at', '2026-11-06T16:59:59Z');
    await Promise.all([cloud.must('at', DEADLINE), approve(link)]);
    expect((await tasks())(STORY.silent)).toEqual([expect.stringContaining('did not answer')]);
    await cloud.must('review', 'release', STORY.silent, ...JANE);
    await cloud.must('review', 'release', STORY.heldTwice, ...JANE);
    await cloud.must('at', '2026-11-06T18:00:00Z');
    // The policy of the legal entity released what passed every check; the rest was issued by somebody's word.
    expect(await openReviews()).toEqual({ [STORY.rejected]: '2026-10 rejected 1' });
  });

  it('have one number, one email and no gap when all is over; what waited was issued in its order', async () => {
    const [lines, earlier] = [await registerLines(cloud), await registerLines(cloud, SEPTEMBER)];
    const all = [...lines, ...earlier];
    expect(registerFaults([...judge(carrier, PERIOD, CALENDAR, '2026-11-04').issued, ...firstInvoices(lines)], lines)).toEqual([]);
    expect(registerFaults(judge(carrier, SEPTEMBER, CALENDAR, '2026-11-06').first, earlier)).toEqual([]);
    // A number that was bound when its approval became void stands in the void register.
    const given = (await voidedNumbers(cloud, 'NG-GB/invoice-2026')).map((each) => ({ ...(earlier[0] as IssuedLine), ...each }));
    expect(given.every(({ bcn }) => bcn === STORY.changed)).toBe(true);
    expect(seriesFaults(carrier.legalEntities, [...all, ...given])).toEqual([]);
    const october = lines.find(({ bcn }) => bcn === STORY.heldTwice);
    expect((earlier[0]?.number ?? '') < (october?.number ?? '')).toBe(true);
    const mails = await exportedMails(cloud);
    expect(difference('email', expectedMails(carrier, all), sentMails(mails, all))).toEqual([]);
    const told = invitationsAmong(mails).filter(({ text }) => text.includes(STORY.silent));
    // The draft, and the reminder after two business days.
    expect(told).toHaveLength(2 * linksTo(STORY.silent, told).length);
    const tasksOf = await tasks();
    // What was issued before its correction arrived asks for a corrected pair.
    const isLate = judge(corrections, PERIOD, CALENDAR, '2026-11-04').first.every(({ bcn, gross }) => {
      return bcn !== STORY.changed || lines.every((line) => line.bcn !== bcn || line.gross !== gross);
    });
    expect(NEW.filter((bcn) => tasksOf(bcn).length > 0)).toEqual([STORY.rejected, ...(isLate ? [STORY.changed] : [])]);
    if (isLate) expect(tasksOf(STORY.changed)).toEqual([expect.stringMatching(/^correction-needed: /)]);
    expect(await deadLetters(cloud)).toEqual([]);
  });
});

/** What the answered first invoices must say: of the corrected bills, but for the one that was approved before its correction. */
function firstInvoices(lines: readonly IssuedLine[]): Expected[] {
  const later = [STORY.silent, STORY.released, STORY.inTheLastSecond, STORY.heldTwice] as readonly string[];
  const of = (source: Carrier, bcn: string) =>
    judge(source, PERIOD, CALENDAR, later.includes(bcn) ? '2026-11-06' : '2026-11-04').first.filter((each) => each.bcn === bcn);
  return NEW.filter((bcn) => bcn !== STORY.rejected).flatMap((bcn) => {
    const [before, after] = [of(carrier, bcn), of(corrections, bcn)];
    const wasCorrected = lines.some((line) => after.some(({ billId, gross }) => billId === line.billId && gross === line.gross));
    return wasCorrected ? after : before;
  });
}
