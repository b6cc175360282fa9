import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { accountsOf, type Carrier, readCarrier } from '../oracle/carrier.ts';
import { judge } from '../oracle/invoices.ts';
import { expectedMails, sentMails } from '../oracle/mails.ts';
import { PUBLICATIONS } from '../oracle/month.ts';
import { type IssuedLine, registerFaults, seriesFaults } from '../oracle/register.ts';
import { struck } from './blow.ts';
import { approve, invitationsAmong, linksTo, type ReviewRow } from './customers-desk.ts';
import { type DocumentRow, deadLetters, difference, everythingExpected, exportedMails, type RunRow, registerLines } from './evidence.ts';
import { type LocalCloud, startLocalCloud } from './local-cloud.ts';
import { PERIOD, SAMPLES, writeSlice } from './slice.ts';

const LONG = process.env.LONG === '1';
/** Every phase of each month is struck, and every answer. */
const MONTHS = 12;

const KNOWN = ['B10020101', 'B10030401', 'B10031701', 'B10021402', 'B10024602', 'B20011802', 'B20015902'];
const NEW = ['B10025202', 'B10028301', 'B20012602'];

/** Where the power goes before anybody answers: while drafts are made, while they are published, while they are told and mailed. */
const BLOWS = [
  { at: '2026-11-04T05:59:59Z', within: 2_500 },
  { at: '2026-11-04T07:00:00Z', within: 1_500 },
  { at: '2026-11-04T07:00:01Z', within: 1_500 },
] as const;
/** When answers are given: on the day of the month's publication, on either side of a midnight in Berlin, and after it in London. */
const ANSWERED = ['2026-11-04T07:30:00Z', '2026-11-04T23:30:00Z', '2026-11-05T00:30:00Z'];
/** From the answer to the invoice's last email, on a machine that has other things to do as well. */
const ANSWERING = 3_000;

/** Takes a minute a month: kills.test.ts strikes a month, and first-invoice.test.ts holds first invoices, in every run. */
describe.runIf(LONG)('A month in which three accounts of ten are new', () => {
  it.each(Array.from({ length: MONTHS }, (_, month) => month + 1))(
    'is published without them; month %i survives whatever dies',
    async (month) => {
      const work = mkdtempSync(join(tmpdir(), `first-invoice-month-${month}-`));
      const carrier = writeSlice(join(work, 'export'), [...KNOWN, ...NEW], undefined, { areNew: NEW });
      let cloud = await startLocalCloud(join(work, 'data'));
      try {
        await cloud.must('load', join(work, 'export'));
        for (const { at, within } of BLOWS) {
          const dying = cloud;
          cloud = await struck(dying, () => dying.run('at', at), 300 + Math.random() * within);
          await cloud.must('at', at);
        }
        await cloud.must('at', ANSWERED[0] ?? '');
        await expectHeld(cloud, carrier, NEW);
        for (const [index, bcn] of shuffled(NEW).entries()) {
          await cloud.must('at', ANSWERED[index] ?? '');
          const dying = cloud;
          cloud = await struck(dying, () => answered(dying, bcn), 200 + Math.random() * ANSWERING);
          await answered(cloud, bcn);
        }
        await cloud.must('at', '2026-11-05T01:00:00Z');
        await expectAllIssued(cloud, carrier, NEW);
      } finally {
        await cloud.kill();
        rmSync(work, { recursive: true, force: true });
      }
    },
  );

  it('of all sample accounts leaves series without a gap when they are released in any order', async () => {
    const work = mkdtempSync(join(tmpdir(), 'first-invoice-all-'));
    const all = readCarrier(SAMPLES).accounts.map(({ bcn }) => bcn);
    // The customer of one account cannot be written to, and the bill of another is wrong: these are held by more than an answer.
    const areNew = all.filter((bcn, index) => index % 3 === 0 && bcn !== 'B10032201' && bcn !== 'B20016401');
    const carrier = writeSlice(join(work, 'export'), all, undefined, { areNew });
    const cloud = await startLocalCloud(join(work, 'data'));
    try {
      await cloud.must('load', join(work, 'export'));
      await cloud.must('at', '2026-11-04T22:20:00Z');
      await expectHeld(cloud, carrier, areNew);
      const waiting = (await cloud.json<ReviewRow[]>('review', 'list')).map(({ bcn }) => bcn);
      const days = ['2026-11-04T23:30:00Z', '2026-11-05T00:30:00Z', '2026-11-05T16:00:00Z', '2026-11-06T09:00:00Z'];
      const order = shuffled(waiting);
      for (const [index, at] of days.entries()) {
        await cloud.must('at', at);
        for (const bcn of order.filter((_, place) => place % days.length === index))
          await cloud.must('review', 'release', bcn, '--by', 'Jane Clerk', '--reason', 'confirmed by phone');
      }
      await cloud.must('at', '2026-11-06T10:00:00Z');
      await expectAllIssued(cloud, carrier, waiting);
    } finally {
      await cloud.stop();
      rmSync(work, { recursive: true, force: true });
    }
  });
});

/** Nothing is to be seen of who is new but the email that asks to check the draft; the others were published at their hour. */
async function expectHeld(cloud: LocalCloud, carrier: Carrier, areNew: readonly string[]): Promise<void> {
  const lines = await registerLines(cloud);
  expect(registerFaults(everythingExpected(carrier), lines)).toEqual([]);
  for (const { calendar, publishedAt } of await cloud.json<RunRow[]>('runs', PERIOD))
    expect(Date.parse(publishedAt ?? '')).toBe(Date.parse(PUBLICATIONS[PERIOD]?.[calendar]?.at ?? ''));
  const mails = await exportedMails(cloud);
  const asked = invitationsAmong(mails);
  expect(difference('email', expectedMails(carrier, lines), sentMails(mails, lines))).toEqual([]);
  for (const bcn of areNew) {
    expect(linksTo(bcn, asked).length).toBeGreaterThan(0);
    expect(new Set(asked.filter(({ text }) => text.includes(bcn)).map(({ to }) => to)).size).toBe(linksTo(bcn, asked).length);
    expect(mails.filter(({ text, links }) => text.includes(bcn) && !links.some((link) => link.includes('/r/')))).toEqual([]);
  }
  const [one = ''] = areNew;
  expect(await cloud.json<DocumentRow[]>('documents', one, PERIOD)).toEqual([]);
}

/** Each first invoice is there once, with its number, its day and its email, and no number is missing. */
async function expectAllIssued(cloud: LocalCloud, carrier: Carrier, areNew: readonly string[]): Promise<void> {
  const lines = await registerLines(cloud);
  const first = lines.filter(({ bcn }) => areNew.includes(bcn));
  const expected = first.flatMap(({ bcn, billId, issueDate }) =>
    judge(carrier, PERIOD, calendarOf(carrier, bcn), issueDate).first.filter((document) => document.billId === billId),
  );
  expect([...new Set(first.map(({ bcn }) => bcn))].sort()).toEqual([...areNew].sort());
  expect(registerFaults([...everythingExpected(carrier), ...expected], lines)).toEqual([]);
  expect(seriesFaults(carrier.legalEntities, lines)).toEqual([]);
  expect(datesThatFall(lines)).toEqual([]);
  expect(difference('email', expectedMails(carrier, lines), sentMails(await exportedMails(cloud), lines))).toEqual([]);
  expect(await cloud.json<ReviewRow[]>('review', 'list')).toEqual([]);
  expect(await deadLetters(cloud)).toEqual([]);
}

/** The customer approves on the page; asked again after a blow, it says the same. */
async function answered(cloud: LocalCloud, bcn: string): Promise<void> {
  const [link = ''] = linksTo(bcn, invitationsAmong(await exportedMails(cloud)));
  expect((await approve(link)).status).toBe(200);
}

/** Numbers that are higher than another one of an earlier date. */
function datesThatFall(lines: readonly IssuedLine[]): string[] {
  const series = Map.groupBy(lines, ({ legalEntityId, type, issueDate }) => `${legalEntityId} ${type} ${issueDate.slice(0, 4)}`);
  return [...series.values()].flatMap((members) => {
    const inOrder = members.toSorted((a, b) => (a.number < b.number ? -1 : 1));
    return inOrder.filter(({ issueDate }, index) => issueDate < (inOrder[index - 1]?.issueDate ?? '')).map(({ number }) => number);
  });
}

function calendarOf(carrier: Carrier, bcn: string): string {
  const calendars = Object.keys(PUBLICATIONS[PERIOD] ?? {});
  return calendars.find((calendar) => accountsOf(carrier, calendar).some((account) => account.bcn === bcn)) ?? '';
}

function shuffled(bcns: readonly string[]): string[] {
  return bcns
    .map((bcn) => ({ bcn, place: Math.random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ bcn }) => bcn);
}
