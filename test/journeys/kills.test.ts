import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { struck } from './blow.ts';
import { faultsOfMonth, type RunRow } from './evidence.ts';
import { correctOnce, rerunOnce } from './hands/second-try.ts';
import { startLocalCloud } from './local-cloud.ts';
import { FEW_IN_EUROPE, PERIOD, writeSlice } from './slice.ts';

/** Each month survives three kills: in prepare, at publication, in delivery. */
const MONTHS = process.env.LONG === '1' ? 17 : 1;

/** What is played when, and after how many milliseconds at most the power goes. */
const BLOWS = [
  { during: 'prepare', at: '2026-11-04T05:59:59Z', within: 2_500 },
  { during: 'publish', at: '2026-11-04T06:00:00Z', within: 1_200 },
  { during: 'delivery', at: '2026-11-04T07:00:00Z', within: 3_500 },
] as const;
/** And so often in the rerun afterwards; without kills a journey of its own plays it. */
const KILLS_OF_RERUN = process.env.LONG === '1' ? 3 : 0;
const OVER = '2026-11-04T07:20:00Z';

describe('Kill -9 of the local cloud', () => {
  it.each(Array.from({ length: MONTHS }, (_, month) => month + 1))('leaves month %i with every document and email once', async (month) => {
    const work = mkdtempSync(join(tmpdir(), `kills-${month}-`));
    const data = join(work, 'data');
    const carrier = writeSlice(join(work, 'export'), FEW_IN_EUROPE);
    let cloud = await startLocalCloud(data);
    try {
      await cloud.must('load', join(work, 'export'));
      for (const { at, within } of BLOWS) {
        const dying = cloud;
        cloud = await struck(dying, () => dying.run('at', at), 300 + Math.random() * within);
        await cloud.must('at', at);
      }
      await cloud.must('at', OVER);
      const doubts = (await cloud.json<RunRow[]>('runs', PERIOD)).reduce((sum, { counts }) => sum + (counts.emailsInDoubt ?? 0), 0);
      const faults = await faultsOfMonth(cloud, carrier);
      const missing = faults.filter((fault) => fault.startsWith('email missing'));
      // Two kills may hit both tries of one email; then the run says so, and it is not sent a third time.
      expect(missing.length > doubts ? faults : faults.filter((fault) => !missing.includes(fault))).toEqual([]);
      if (KILLS_OF_RERUN === 0) return;
      await cloud.must('at', '2026-11-05T09:00:00Z');
      cloud = await rerunOnce(cloud, { bcns: FEW_IN_EUROPE, work, kills: KILLS_OF_RERUN });
      await correctOnce(cloud);
    } finally {
      await cloud.kill();
      rmSync(work, { recursive: true, force: true });
    }
  });
});
