import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Carrier } from '../oracle/carrier.ts';
import { PARKED } from './corrected-export.ts';
import { aDayAtTheBrake, theNightAndTheNextDay } from './hands/at-the-brake.ts';
import { Visitor } from './hands/console-visitor.ts';
import { aMonthLookedAt, theWayIn, theWayOut } from './hands/in-the-console.ts';
import { correctOnce, rerunOnce } from './hands/second-try.ts';
import { theTrail } from './hands/the-trail.ts';
import { BERLIN, JANE, TOKYO, type World } from './hands/world.ts';
import { startLocalCloud } from './local-cloud.ts';
import { writeSlice } from './slice.ts';

/** Stopped halfway. */
const LONDON = [
  ...['B10020101', 'B10021402', 'B10023901', 'B10024602', 'B10025201'],
  ...['B10028301', 'B10028303', 'B10030401', 'B10031701'],
];
const ALL = [...LONDON, BERLIN.bcn, PARKED, TOKYO.bcn];
/** These get a link instead of an attachment, 9 of 15 emails: a kind of its own, which can be paused by itself. */
const LINKS_ONLY = ['B10020101', 'B10021402', 'B10023901', 'B10024602', 'B10025201'];

interface Imported {
  readonly new: number;
  readonly changed: number;
  readonly rejected: number;
}

const work = mkdtempSync(join(tmpdir(), 'hands-on-'));
const world = { work } as World;
let london: Carrier;
let everything: Carrier;

beforeAll(async () => {
  london = writeSlice(join(work, 'london'), LONDON, changed);
  everything = writeSlice(join(work, 'export'), ALL, changed);
  world.cloud = await startLocalCloud(join(work, 'data'));
  await world.cloud.must('load', join(work, 'export'), ...JANE);
  await world.cloud.must('at', '2026-11-04T05:59:59Z');
  [world.omar, world.vera] = [new Visitor(world.cloud.file), new Visitor(world.cloud.file)];
  await world.omar.signIn('local-omar');
  await world.vera.signIn('local-vera');
});

afterAll(async () => {
  await world.cloud?.stop();
  rmSync(work, { recursive: true, force: true });
});

// One month of three calendars in which people intervene, by the command line and in the console, in the order of its hours.
describe('An export', () => {
  it('that is loaded a second time changes nothing', async () => {
    const report = await world.cloud.json<{ files: Imported[] }>('load', join(work, 'export'), ...JANE);
    expect(report.files.length).toBeGreaterThan(5);
    expect(report.files.filter((file) => file.new + file.changed + file.rejected > 0)).toEqual([]);
  });
});

describe('The way into the console', () => theWayIn(world));
describe('A month, looked at', () => aMonthLookedAt(world));
describe('A person at the brake', () => aDayAtTheBrake(world, () => london));
describe('The way out of the console', () => theWayOut(world));
describe('A name that is waited for', () => theNightAndTheNextDay(world, () => everything));

describe('What the carrier delivers again', () => {
  it('is run again once, however many ask for it at once', async () => {
    await rerunOnce(world.cloud, { bcns: ALL, work, kills: 0 });
  });

  it('is corrected by a pair of documents where it was issued already', async () => {
    await correctOnce(world.cloud);
  });
});

describe('What people did', () => theTrail(world));

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
