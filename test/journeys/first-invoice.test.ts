import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Carrier } from '../oracle/carrier.ts';
import { type Expected, judge } from '../oracle/invoices.ts';
import { expectedMails, sentMails } from '../oracle/mails.ts';
import { registerFaults, seriesFaults } from '../oracle/register.ts';
import { type DocumentRow, deadLetters, difference, everythingExpected, exportedMails, type RunRow, registerLines } from './evidence.ts';
import { type LocalCloud, startLocalCloud } from './local-cloud.ts';
import { PERIOD, writeSlice } from './slice.ts';

/** Accounts that had invoices before, and three that are new: a solicitor in London, a clinic in France, a trader in Kobe. */
const KNOWN = ['B10020101', 'B10028303', 'B20011801', 'B40012101'];
const NEW = ['B10025202', 'B30013402', 'B40012102'] as const;
const PUBLISHED = '2026-11-04T23:00:00Z';

/** Released in another order than they were drafted, each on a day of its own; the power goes on the way. */
const RELEASES = [
  { bcn: 'B30013402', calendar: 'FR', at: '2026-11-06T09:00:00Z', issueDate: '2026-11-06' },
  { bcn: 'B40012102', calendar: 'JP', at: '2026-11-09T16:00:00Z', issueDate: '2026-11-10' },
  { bcn: 'B10025202', calendar: 'GB-ENG', at: '2026-11-10T09:00:00Z', issueDate: '2026-11-10' },
] as const;

interface ReviewRow {
  readonly bcn: string;
  readonly state: string;
  readonly version: number;
}

const work = mkdtempSync(join(tmpdir(), 'first-invoice-'));
let carrier: Carrier;
let cloud: LocalCloud;

beforeAll(async () => {
  carrier = writeSlice(join(work, 'export'), [...KNOWN, ...NEW]);
  cloud = await startLocalCloud(join(work, 'data'));
  await cloud.must('load', join(work, 'export'));
  await cloud.must('at', PUBLISHED);
});

afterAll(async () => {
  await cloud?.kill();
  rmSync(work, { recursive: true, force: true });
});

describe('First invoices of the sample carrier', () => {
  it('are held while the month is published: no number, no document, no invoice email', async () => {
    const runs = await cloud.json<RunRow[]>('runs', PERIOD);
    expect(runs.reduce((sum, { counts }) => sum + (counts.held ?? 0), 0)).toBe(NEW.length);
    expect(runs.flatMap(({ failures }) => failures)).toEqual([]);
    const lines = await registerLines(cloud);
    expect(registerFaults(everythingExpected(carrier), lines)).toEqual([]);
    for (const bcn of NEW) expect(await cloud.json<DocumentRow[]>('documents', bcn, PERIOD)).toEqual([]);
    expect(difference('email', expectedMails(carrier, lines), sentMails(await exportedMails(cloud), lines))).toEqual([]);
  });

  it('wait for their customers', async () => {
    const reviews = await cloud.json<ReviewRow[]>('review', 'list');
    expect(reviews.map(({ bcn, state, version }) => `${bcn} ${state} ${version}`).sort()).toEqual(
      NEW.map((bcn) => `${bcn} awaiting-customer 1`),
    );
  });

  it.each(RELEASES)('$bcn is issued on the day of its release, whatever dies on the way', async ({ bcn, at }) => {
    await cloud.must('at', at);
    const releasing = cloud.run('review', 'release', bcn, '--by', 'Jane Clerk', '--reason', 'confirmed by phone');
    await pause(500 + Math.random() * 2_500);
    await cloud.kill();
    await releasing;
    cloud = await startLocalCloud(cloud.data);
    await cloud.run('review', 'release', bcn, '--by', 'Jane Clerk', '--reason', 'confirmed by phone');
    await cloud.must('at', new Date(Date.parse(at) + 2 * 3_600_000).toISOString());
    expect((await cloud.json<ReviewRow>('review', 'show', bcn)).state).toBe('issued');
    expect((await cloud.json<DocumentRow[]>('documents', bcn, PERIOD)).map(({ kind }) => kind)).toContain('invoice');
  });

  it('have one number, one email and no gap when all are released', async () => {
    const lines = await registerLines(cloud);
    const first = RELEASES.flatMap(({ bcn, calendar, issueDate }): Expected[] =>
      judge(carrier, PERIOD, calendar, issueDate).first.filter((document) => document.bcn === bcn),
    );
    expect(first).toHaveLength(NEW.length);
    expect(registerFaults([...everythingExpected(carrier), ...first], lines)).toEqual([]);
    expect(seriesFaults(carrier.legalEntities, lines)).toEqual([]);
    expect(difference('email', expectedMails(carrier, lines), sentMails(await exportedMails(cloud), lines))).toEqual([]);
    expect(await cloud.json<ReviewRow[]>('review', 'list')).toEqual([]);
    expect(await deadLetters(cloud)).toEqual([]);
  });
});
