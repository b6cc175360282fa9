import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Carrier } from '../oracle/carrier.ts';
import { expectedMails, sentMails } from '../oracle/mails.ts';
import { type DocumentRow, difference, exportedMails, faultsOfMonth, type RunRow, registerLines } from './evidence.ts';
import { type LocalCloud, startLocalCloud } from './local-cloud.ts';
import { PERIOD, writeSlice } from './slice.ts';

const LONDON = [
  ...['B10020101', 'B10021402', 'B10023901', 'B10024601', 'B10024602'],
  ...['B10028301', 'B10028303', 'B10030401', 'B10031701'],
];
const EVE = '2026-11-04T06:59:59Z';
const MORNING = '2026-11-04T07:00:00Z';
const PERSON = ['--by', 'Jane Clerk', '--reason', 'wrong bank details on the invoices'];
/** These get a link instead of an attachment, 9 of 15 emails: a kind of its own, which can be paused by itself. */
const LINKS_ONLY = ['B10020101', 'B10021402', 'B10023901', 'B10024601', 'B10024602'];

const work = mkdtempSync(join(tmpdir(), 'stop-resume-'));
let carrier: Carrier;

beforeAll(async () => {
  carrier = writeSlice(join(work, 'export'), LONDON, withLinksOnly);
  const cloud = await startLocalCloud(join(work, 'eve'));
  await cloud.must('load', join(work, 'export'));
  await cloud.must('at', EVE);
  await cloud.stop();
});

afterAll(() => rmSync(work, { recursive: true, force: true }));

describe('A person at the brake', () => {
  it('stops a delivery halfway; an hour later it goes on, nobody twice, nobody missed', async () => {
    const cloud = await onTheEve('stopped');
    try {
      await cloud.must('mail', 'pause', 'documents-ready', ...PERSON);
      await cloud.must('at', MORNING);
      const lines = await registerLines(cloud);
      const [all, sent] = [expectedMails(carrier, lines), sentMails(await exportedMails(cloud), lines)];
      expect(sent.length / all.length).toBeCloseTo(6 / 15);
      await cloud.must('runs', 'stop', PERIOD, '--calendar', 'GB-ENG', ...PERSON);
      await cloud.must('mail', 'resume', 'documents-ready', ...PERSON);
      await cloud.must('at', '2026-11-04T07:30:00Z');
      expect((await cloud.json<RunRow[]>('runs', PERIOD)).map(({ state }) => state)).toEqual(['stopped']);
      expect(sentMails(await exportedMails(cloud), lines)).toEqual(sent);
      await cloud.must('at', '2026-11-04T08:00:00Z');
      await cloud.must('runs', 'resume', PERIOD, '--calendar', 'GB-ENG', ...PERSON);
      await cloud.must('at', '2026-11-04T08:20:00Z');
      expect(difference('email', all, sentMails(await exportedMails(cloud), lines))).toEqual([]);
      expect(await faultsOfMonth(cloud, carrier)).toEqual([]);
    } finally {
      await cloud.stop();
    }
  });

  it('holds a month back on its eve, and releases it later: with the later issue date on every page', async () => {
    const cloud = await onTheEve('held');
    try {
      await cloud.must('runs', 'hold', PERIOD, '--calendar', 'GB-ENG', ...PERSON);
      await cloud.must('at', '2026-11-04T09:00:00Z');
      expect(await cloud.json<DocumentRow[]>('documents', '100201', PERIOD)).toEqual([]);
      expect((await cloud.json<RunRow[]>('runs', PERIOD)).map(({ state }) => state)).toEqual(['held']);
      await cloud.must('at', '2026-11-05T09:00:00Z');
      await cloud.must('runs', 'release', PERIOD, '--calendar', 'GB-ENG', ...PERSON);
      await cloud.must('at', '2026-11-05T09:20:00Z');
      const lines = await registerLines(cloud);
      expect(new Set(lines.map(({ issueDate }) => issueDate))).toEqual(new Set(['2026-11-05']));
      expect(lines.find(({ bcn }) => bcn === 'B10020101')?.dueDate).toBe('2026-12-05');
    } finally {
      await cloud.stop();
    }
  });
});

describe('A month beyond its thresholds', () => {
  it('waits for a named person instead of publishing at 07:00', async () => {
    const small = mkdtempSync(join(work, 'small-'));
    const own = writeSlice(join(small, 'export'), ['B10020101'], (name, content) => {
      return name.endsWith('legal-entities.json')
        ? Buffer.from(content.toString().replaceAll('"minAccounts": 1', '"minAccounts": 2'))
        : content;
    });
    const cloud = await startLocalCloud(join(small, 'data'));
    try {
      await cloud.must('load', join(small, 'export'));
      await cloud.must('at', MORNING);
      expect((await cloud.json<RunRow[]>('runs', PERIOD)).map(({ state }) => state)).toEqual(['awaiting-release']);
      expect(await cloud.json<DocumentRow[]>('documents', '100201', PERIOD)).toEqual([]);
      await cloud.must('runs', 'release', PERIOD, '--calendar', 'GB-ENG', ...PERSON);
      await cloud.must('at', '2026-11-04T07:20:00Z');
      expect(await faultsOfMonth(cloud, own)).toEqual([]);
    } finally {
      await cloud.stop();
    }
  });
});

function withLinksOnly(name: string, content: Buffer): Buffer {
  if (!name.endsWith('billing-accounts.jsonl')) return content;
  const lines = content.toString().split('\n');
  return Buffer.from(
    lines.map((line) => (LINKS_ONLY.some((bcn) => line.includes(bcn)) ? line.replace('"attach":true', '"attach":false') : line)).join('\n'),
  );
}

async function onTheEve(name: string): Promise<LocalCloud> {
  cpSync(join(work, 'eve'), join(work, name), { recursive: true });
  return startLocalCloud(join(work, name));
}
