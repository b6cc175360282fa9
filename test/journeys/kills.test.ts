import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { struck } from './blow.ts';
import { ISSUED, PARKED, sendToBilling, writeCorrected } from './corrected-export.ts';
import { exportedMails, faultsOfMonth, type RunRow, registerLines } from './evidence.ts';
import { type LocalCloud, startLocalCloud } from './local-cloud.ts';
import { FEW, PERIOD, writeSlice } from './slice.ts';

/** Each month survives three kills: in prepare, at publication, in delivery. */
const MONTHS = process.env.LONG === '1' ? 17 : 1;

/** What is played when, and after how many milliseconds at most the power goes. */
const BLOWS = [
  { during: 'prepare', at: '2026-11-04T05:59:59Z', within: 2_500 },
  { during: 'publish', at: '2026-11-04T06:00:00Z', within: 1_200 },
  { during: 'delivery', at: '2026-11-04T07:00:00Z', within: 3_500 },
] as const;
/** And so often in the rerun afterwards: each costs as much as a cloud's start. */
const KILLS = process.env.LONG === '1' ? 3 : 0;
const OVER = '2026-11-04T07:20:00Z';
const OVER_IN_TOKYO = '2026-11-04T22:20:00Z';

describe('Kill -9 of the local cloud', () => {
  it.each(Array.from({ length: MONTHS }, (_, month) => month + 1))('leaves month %i with every document and email once', async (month) => {
    const work = mkdtempSync(join(tmpdir(), `kills-${month}-`));
    const data = join(work, 'data');
    const carrier = writeSlice(join(work, 'export'), FEW);
    let cloud = await startLocalCloud(data);
    try {
      await cloud.must('load', join(work, 'export'));
      for (const { at, within } of BLOWS) {
        const dying = cloud;
        cloud = await struck(dying, () => dying.run('at', at), 300 + Math.random() * within);
        await cloud.must('at', at);
      }
      await cloud.must('at', OVER);
      await cloud.must('at', OVER_IN_TOKYO);
      const doubts = (await cloud.json<RunRow[]>('runs', PERIOD)).reduce((sum, { counts }) => sum + (counts.emailsInDoubt ?? 0), 0);
      const faults = await faultsOfMonth(cloud, carrier);
      const missing = faults.filter((fault) => fault.startsWith('email missing'));
      // Two kills may hit both tries of one email; then the run says so, and it is not sent a third time.
      expect(missing.length > doubts ? faults : faults.filter((fault) => !missing.includes(fault))).toEqual([]);
      cloud = await rerunOnce(cloud, work);
      await correctOnce(cloud);
    } finally {
      await cloud.kill();
      rmSync(work, { recursive: true, force: true });
    }
  });
});

/** Ten people ask for the same rerun at once, and the power goes in the middle of it: one effect. A second rerun finds nothing to do. */
async function rerunOnce(struckCloud: LocalCloud, work: string): Promise<LocalCloud> {
  let cloud = struckCloud;
  writeCorrected(join(work, 'corrected'));
  await cloud.must('at', '2026-11-05T09:00:00Z');
  await cloud.must('load', join(work, 'corrected'));
  const before = await registerLines(cloud);
  const preview = () => cloud.json<Preview>('rerun', PERIOD, '--dry-run', '--reason', 'bills corrected');
  expect((await preview()).outcomes).toMatchObject({ new: 1, refused: 1, broken: 0, unchanged: FEW.length - 2 });
  const asked = { period: PERIOD, bcns: [PARKED], reason: 'bill corrected', requestedBy: 'Jane Clerk', resend: 'changed' };
  await sendToBilling(
    cloud,
    'billing.run.requested',
    asked,
    Array.from({ length: 10 }, (_, n) => `ten-${n}`),
  );
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const dying = cloud;
    cloud = await struck(dying, () => dying.run('at', `2026-11-05T09:${10 * kill}:00Z`), 200 + Math.random() * 1_500);
  }
  await cloud.must('at', '2026-11-05T10:00:00Z');
  await cloud.must('rerun', PERIOD, '--reason', 'looked at once more');
  const [lines, mails] = [await registerLines(cloud), await exportedMails(cloud)];
  const issued = lines.filter(({ number }) => !before.some((line) => line.number === number));
  expect(issued.map(({ bcn, type, gross }) => `${bcn} ${type} ${gross}`)).toEqual([`${PARKED} invoice 1168.91`]);
  const readers = mails.filter(({ text }) => text.includes(issued[0]?.number ?? '')).flatMap(({ to }) => to);
  expect(readers.length).toBeGreaterThan(0);
  expect(new Set(readers).size).toBe(readers.length);
  expect((await preview()).outcomes).toMatchObject({ new: 0, refused: 1, unchanged: FEW.length - 1 });
  expect(await openCorrections(cloud)).toEqual([ISSUED]);
  return cloud;
}

/** What was issued with another price is taken back and issued anew: two documents, one email for each reader, no task left. */
async function correctOnce(cloud: LocalCloud): Promise<void> {
  const [before, mailsBefore] = [await registerLines(cloud), await exportedMails(cloud)];
  const original = before.find(({ bcn, type }) => bcn === ISSUED && type === 'invoice')?.number ?? '';
  await cloud.must('correct', ISSUED, PERIOD, '--reason', 'Wrong price of the Ethernet line');
  const refused = await cloud.run('correct', ISSUED, PERIOD, '--reason', 'once more');
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('differs from what was issued')]);
  const pair = (await registerLines(cloud)).filter(({ number }) => !before.some((line) => line.number === number));
  expect(pair.map(({ type, gross, corrects }) => [type, gross, numberOf(corrects)])).toEqual([
    ['credit-note', '2074.54', original],
    ['invoice', '2062.54', original],
  ]);
  const mails = (await exportedMails(cloud)).filter(({ text }) => pair.some(({ number }) => text.includes(number)));
  const readers = mailsBefore.filter(({ text }) => text.includes(original)).length;
  expect(mails.length).toBe(readers);
  for (const { text } of mails) for (const number of [original, ...pair.map((line) => line.number)]) expect(text).toContain(number);
  expect(await openCorrections(cloud)).toEqual([]);
}

function numberOf(corrects: unknown): unknown {
  return (corrects as { number: string }[] | null)?.[0]?.number;
}

async function openCorrections(cloud: LocalCloud): Promise<string[]> {
  return (await cloud.json<{ bcn: string }[]>('tasks', 'list', '--kind', 'correction-needed')).map(({ bcn }) => bcn);
}

interface Preview {
  readonly outcomes: Readonly<Record<string, number>>;
}
