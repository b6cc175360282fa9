import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Carrier } from '../oracle/carrier.ts';
import { expectedMails, sentMails } from '../oracle/mails.ts';
import { type DocumentRow, difference, exportedMails, faultsOf, type RunRow, registerLines } from './evidence.ts';
import { type LocalCloud, startLocalCloud } from './local-cloud.ts';
import { PERIOD, writeSlice } from './slice.ts';

/** Stopped halfway. */
const LONDON = [
  ...['B10020101', 'B10021402', 'B10023901', 'B10024601', 'B10024602'],
  ...['B10028301', 'B10028303', 'B10030401', 'B10031701'],
];
/** Held on its eve. */
const BERLIN = { ocn: '200126', bcn: 'B20012601' };
/** Of an entity that wants two accounts in a month at least. */
const TOKYO = { ocn: '400121', bcn: 'B40012101' };
const PERSON = ['--by', 'Jane Clerk', '--reason', 'wrong bank details on the invoices'];
/** These get a link instead of an attachment, 9 of 15 emails: a kind of its own, which can be paused by itself. */
const LINKS_ONLY = ['B10020101', 'B10021402', 'B10023901', 'B10024601', 'B10024602'];

const work = mkdtempSync(join(tmpdir(), 'stop-resume-'));
let london: Carrier;
let everything: Carrier;
let cloud: LocalCloud;

beforeAll(async () => {
  london = writeSlice(join(work, 'london'), LONDON, changed);
  everything = writeSlice(join(work, 'export'), [...LONDON, BERLIN.bcn, TOKYO.bcn], changed);
  cloud = await startLocalCloud(join(work, 'data'));
  await cloud.must('load', join(work, 'export'));
  await cloud.must('at', '2026-11-04T05:59:59Z');
});

afterAll(async () => {
  await cloud?.stop();
  rmSync(work, { recursive: true, force: true });
});

// One month of three calendars, in the order of its hours.
describe('A person at the brake', () => {
  it('holds a month back on its eve: nothing of it is seen at its hour', async () => {
    await cloud.must('runs', 'hold', PERIOD, '--calendar', 'DE', ...PERSON);
    await cloud.must('at', '2026-11-04T06:59:59Z');
    expect(await cloud.json<DocumentRow[]>('documents', BERLIN.ocn, PERIOD)).toEqual([]);
    expect(await stateOf('DE')).toBe('held');
  });

  it('stops a delivery halfway; an hour later it goes on, nobody twice, nobody missed', async () => {
    await cloud.must('mail', 'pause', 'documents-ready', ...PERSON);
    await cloud.must('at', '2026-11-04T07:00:00Z');
    const lines = await registerLines(cloud);
    const [all, sent] = [expectedMails(london, lines), sentMails(await exportedMails(cloud), lines)];
    expect(sent.length / all.length).toBeCloseTo(6 / 15);
    await cloud.must('runs', 'stop', PERIOD, '--calendar', 'GB-ENG', ...PERSON);
    await cloud.must('mail', 'resume', 'documents-ready', ...PERSON);
    await cloud.must('at', '2026-11-04T07:30:00Z');
    expect(await stateOf('GB-ENG')).toBe('stopped');
    expect(sentMails(await exportedMails(cloud), lines)).toEqual(sent);
    await cloud.must('at', '2026-11-04T08:00:00Z');
    await cloud.must('runs', 'resume', PERIOD, '--calendar', 'GB-ENG', ...PERSON);
    await cloud.must('at', '2026-11-04T08:20:00Z');
    expect(faultsOf(london, await registerLines(cloud), await exportedMails(cloud))).toEqual([]);
  });

  it('releases what is beyond its thresholds, which waits for a name instead of publishing at 07:00', async () => {
    await cloud.must('at', '2026-11-04T22:00:00Z');
    expect(await stateOf('JP')).toBe('awaiting-release');
    expect(await cloud.json<DocumentRow[]>('documents', TOKYO.ocn, PERIOD)).toEqual([]);
    await cloud.must('runs', 'release', PERIOD, '--calendar', 'JP', ...PERSON);
  });

  it('releases what was held, with the later issue date on every page', async () => {
    await cloud.must('at', '2026-11-05T09:00:00Z');
    await cloud.must('runs', 'release', PERIOD, '--calendar', 'DE', ...PERSON);
    await cloud.must('at', '2026-11-05T09:20:00Z');
    const lines = await registerLines(cloud);
    expect(lines.filter(({ bcn }) => bcn === BERLIN.bcn).map(({ issueDate }) => issueDate)).toEqual(['2026-11-05']);
    expect(lines.map(({ bcn }) => bcn)).toContain(TOKYO.bcn);
    expect(difference('email', expectedMails(everything, lines), sentMails(await exportedMails(cloud), lines))).toEqual([]);
  });
});

async function stateOf(calendar: string): Promise<string | undefined> {
  return (await cloud.json<RunRow[]>('runs', PERIOD)).find((run) => run.calendar === calendar)?.state;
}

function changed(name: string, content: Buffer): Buffer {
  return name.endsWith('legal-entities.json') ? withThreshold(content) : withLinksOnly(name, content);
}

/** The entity of Tokyo wants a person to look at a month of fewer than two accounts. */
function withThreshold(content: Buffer): Buffer {
  const entities = JSON.parse(content.toString()) as { legalEntityId: string; control: object }[];
  const careful = entities.map((entity) =>
    entity.legalEntityId === 'NG-JP' ? { ...entity, control: { ...entity.control, minAccounts: 2 } } : entity,
  );
  return Buffer.from(JSON.stringify(careful));
}

function withLinksOnly(name: string, content: Buffer): Buffer {
  if (!name.endsWith('billing-accounts.jsonl')) return content;
  const lines = content.toString().split('\n');
  return Buffer.from(
    lines.map((line) => (LINKS_ONLY.some((bcn) => line.includes(bcn)) ? line.replace('"attach":true', '"attach":false') : line)).join('\n'),
  );
}
