import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { faultsOfMonth } from './evidence.ts';
import { startLocalCloud } from './local-cloud.ts';
import { FEW, writeSlice } from './slice.ts';

/** A long run's: in every run, works are played on such a cloud (random-sequences.test.ts), and a month with every event three times. */
const LONG = process.env.LONG === '1';
const SEEDS = [1, 2, 3, 5, 8, 13, 21, 34];
/** The clock stands from the start, so that waits and retries cost no real time. */
const START = '2026-11-01T00:00:00Z';
/** Long enough for every wait, retry and sweep that mischief can bring. */
const OVER = [
  '2026-11-01T02:00:00Z',
  '2026-11-04T06:00:00Z',
  '2026-11-04T07:00:00Z',
  '2026-11-04T09:00:00Z',
  '2026-11-04T22:00:00Z',
  '2026-11-05T00:30:00Z',
];

describe.runIf(LONG)('A cloud that duplicates, reorders, reads stale and fails', () => {
  it.each(SEEDS)('ends its month like a calm one (seed %i)', async (seed) => {
    const work = mkdtempSync(join(tmpdir(), `chaos-${seed}-`));
    const carrier = writeSlice(join(work, 'export'), FEW);
    const cloud = await startLocalCloud(join(work, 'data'), '--chaos', String(seed), '--at', START);
    try {
      await cloud.must('load', join(work, 'export'), '--no-wait');
      for (const instant of OVER) await cloud.must('at', instant);
      expect(await faultsOfMonth(cloud, carrier)).toEqual([]);
    } finally {
      await cloud.stop();
      rmSync(work, { recursive: true, force: true });
    }
  });
});
