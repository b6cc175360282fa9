import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { describe, expect, it } from 'vitest';
import { calendarFaults } from '../../oracle/planned-works/calendar-bytes.ts';
import { contentFaults, nameFaults } from '../../oracle/planned-works/correspondence.ts';
import type { Status } from '../../oracle/planned-works/doubts.ts';
import { type LocalCloud, startLocalCloud } from '../local-cloud.ts';
import { isEmpty, together, writeExport } from './carrier-records.ts';
import { mailsOf } from './lock-step.ts';
import { sentFiles, untilSent } from './sent-files.ts';
import { SequenceWorld } from './sequence-world.ts';
import { ALL, SHORT, sequencesOf } from './sequences.ts';
import { writeEvents } from './works-events.ts';

/** 5,000 sequences when there is time, of up to five rounds and among up to six people; each batch has a cloud of its own. */
const LONG = process.env.LONG === '1';
const TOGETHER = 100;
const [BATCHES, SIZE] = LONG ? [50, ALL] : [1, SHORT];
const ROUNDS = Math.max(...SIZE.rounds);
/** `SEQUENCE=7` plays the sequences of seed 7, `SEQUENCE=7:12` of these only number 12. */
const [SEED, ONLY] = process.env.SEQUENCE?.split(':').map(Number) ?? [];
const SEEDS = SEED !== undefined ? [SEED] : Array.from({ length: BATCHES }, (_, batch) => batch + 1);
const START = Date.parse('2026-11-02T09:00:00Z');
const MINUTE = 60_000;
const ROUND = 20 * MINUTE;
/** The power goes in this round, after so many emails of it. */
const STRUCK = Math.min(3, ROUNDS);
const SENT_WHEN_STRUCK = 10;
/** Long enough for every wait, retry and sweep that mischief can bring. */
const REST = [60, 120, 180].map((minutes) => minutes * MINUTE);

describe('Whatever happens to works, directory and wishes, in whatever order it arrives', () => {
  it.each(SEEDS)('every diary ends as the newest state has it (seed %i)', async (seed) => {
    const work = mkdtempSync(join(tmpdir(), `sequences-${seed}-`));
    const sequences = sequencesOf(seed, ONLY === undefined ? TOGETHER : ONLY + 1, SIZE);
    const worlds = sequences.map((sequence, n) => ({ n, sequence, world: new SequenceWorld(`s${n}`, sequence) })).slice(ONLY ?? 0);
    const options = ['--chaos', String(seed)];
    let cloud = await startLocalCloud(join(work, 'data'), ...options, '--at', instant(0));
    try {
      await cloud.must('at', instant(0));
      await load(cloud, join(work, 'export'), together(worlds.map(({ world }) => world.start())));
      for (let round = 0; round <= ROUNDS; round++) {
        cloud = await play(
          cloud,
          options,
          join(work, String(round)),
          worlds.map(({ world }) => world),
          round,
        );
      }
      for (const later of REST) await cloud.must('at', instant((ROUNDS + 1) * ROUND + later));
      const mails = await mailsOf(cloud);
      const byCustomer = Map.groupBy(mails, ({ to }) => to.split('@')[1]?.split('-')[0]);
      const faults: string[] = [];
      for (const { n, sequence, world } of worlds) {
        const own = byCustomer.get(`s${n}`) ?? [];
        if (world.faults(own).length === 0) continue;
        const found = world.faults(own, await cloud.json<Status>('works', 'status', world.worksId));
        if (found.length > 0) faults.push(`SEQUENCE=${seed}:${n}\n${found.join('\n')}\n${JSON.stringify(sequence)}`);
      }
      expect(faults.slice(0, 3), `${faults.length} sequences end wrong`).toEqual([]);
      expect(mails.length).toBeGreaterThan(worlds.length);
      expect([...contentFaults(mails), ...nameFaults(mails)].slice(0, 10)).toEqual([]);
      expect(mails.flatMap(({ file, raw }) => calendarFaults(raw).map((fault) => `${file}: ${fault}`)).slice(0, 10)).toEqual([]);
    } finally {
      await cloud.stop();
      rmSync(work, { recursive: true, force: true });
    }
  });
});

/** One round of every sequence; in one of them the cloud is killed while emails leave, and everything is sent once more. */
async function play(
  cloud: LocalCloud,
  options: string[],
  folder: string,
  worlds: readonly SequenceWorld[],
  round: number,
): Promise<LocalCloud> {
  await cloud.must('at', instant((round + 1) * ROUND));
  const rounds = worlds.map((world) => world.round(round));
  await load(cloud, `${folder}-export`, together(rounds.map((one) => one.load)));
  const limit = pLimit(2);
  await Promise.all(
    rounds.map(({ commands }) =>
      limit(async () => {
        for (const command of commands) await cloud.must(...command);
      }),
    ),
  );
  const events = rounds.flatMap(({ publish }) => publish);
  if (events.length === 0) return cloud;
  const file = writeEvents(`${folder}-works.jsonl`, events);
  if (round !== STRUCK) {
    await cloud.must('works', file);
    return cloud;
  }
  const sent = sentFiles(cloud.data);
  const publishing = cloud.run('works', file);
  await Promise.race([untilSent(cloud.data, sent + SENT_WHEN_STRUCK), publishing]);
  await cloud.kill();
  await publishing;
  const again = await startLocalCloud(cloud.data, ...options);
  await again.must('works', file);
  return again;
}

async function load(cloud: LocalCloud, folder: string, records: Parameters<typeof writeExport>[1]): Promise<void> {
  if (isEmpty(records)) return;
  const report = await cloud.json<{ rejections: unknown[] }>('load', writeExport(folder, records));
  expect(report.rejections).toEqual([]);
}

function instant(after: number): string {
  return new Date(START + after).toISOString();
}
