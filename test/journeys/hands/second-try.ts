import { join } from 'node:path';
import { expect } from 'vitest';
import { struck } from '../blow.ts';
import { ISSUED, PARKED, sendToBilling, writeCorrected } from '../corrected-export.ts';
import { exportedMails, registerLines } from '../evidence.ts';
import type { LocalCloud } from '../local-cloud.ts';
import { PERIOD } from '../slice.ts';

interface Preview {
  readonly outcomes: Readonly<Record<string, number>>;
}

/** A month that is over, and what of it is delivered again. */
interface Month {
  readonly bcns: readonly string[];
  readonly work: string;
  /** How often the power goes while it is run again: each costs as much as a cloud's start. */
  readonly kills: number;
}

/** Ten people ask for the same rerun at once, with or without the power going in the middle of it: one effect. A second rerun finds nothing to do. */
export async function rerunOnce(living: LocalCloud, { bcns, work, kills }: Month): Promise<LocalCloud> {
  let cloud = living;
  writeCorrected(join(work, 'corrected'), bcns);
  await cloud.must('load', join(work, 'corrected'));
  const before = await registerLines(cloud);
  const preview = () => cloud.json<Preview>('rerun', PERIOD, '--dry-run', '--reason', 'bills corrected');
  expect((await preview()).outcomes).toMatchObject({ new: 1, refused: 1, broken: 0, unchanged: bcns.length - 2 });
  const asked = { period: PERIOD, bcns: [PARKED], reason: 'bill corrected', requestedBy: 'Jane Clerk', resend: 'changed' };
  await sendToBilling(
    cloud,
    'billing.run.requested',
    asked,
    Array.from({ length: 10 }, (_, n) => `ten-${n}`),
  );
  for (let kill = 1; kill <= kills; kill += 1) {
    const dying = cloud;
    cloud = await struck(dying, () => dying.run('at', `2026-11-05T09:${20 + 10 * kill}:00Z`), 200 + Math.random() * 1_500);
  }
  await cloud.must('at', '2026-11-05T10:00:00Z');
  await cloud.must('rerun', PERIOD, '--reason', 'looked at once more');
  const [lines, mails] = [await registerLines(cloud), await exportedMails(cloud)];
  const issued = lines.filter(({ number }) => !before.some((line) => line.number === number));
  expect(issued.map(({ bcn, type, gross }) => `${bcn} ${type} ${gross}`)).toEqual([`${PARKED} invoice 1168.91`]);
  const readers = mails.filter(({ text }) => text.includes(issued[0]?.number ?? '')).flatMap(({ to }) => to);
  expect(readers.length).toBeGreaterThan(0);
  expect(new Set(readers).size).toBe(readers.length);
  expect((await preview()).outcomes).toMatchObject({ new: 0, refused: 1, unchanged: bcns.length - 1 });
  expect(await openCorrections(cloud)).toEqual([ISSUED]);
  return cloud;
}

/** What was issued with another price is taken back and issued anew: two documents, one email for each reader, no task left. */
export async function correctOnce(cloud: LocalCloud): Promise<void> {
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
