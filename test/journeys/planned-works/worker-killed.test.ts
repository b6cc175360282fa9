import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { needlessFaults } from '../../oracle/planned-works/correspondence.ts';
import { deadLetters } from '../evidence.ts';
import { startLocalCloud } from '../local-cloud.ts';
import { circuit, contact, customer, writeExport } from './carrier-records.ts';
import { mailsOf } from './lock-step.ts';
import { heard } from './scenario.ts';
import { sentFiles, untilSent } from './sent-files.ts';
import { hit, MOVED_NIGHT, published, writeEvents } from './works-events.ts';

const CONTACTS = Array.from({ length: 40 }, (_, n) => contact('forty', `c${n}`));
const START = '2026-11-02T09:00:00Z';
/** How many emails have left when the power goes. */
const BLOWS = [0, 1, 3, 5, 8, 12, 16, 20, 24, 28, 32, 36, 38];
/** A long run's: in every run the power goes once among a hundred works (random-sequences.test.ts). */
const LONG = process.env.LONG === '1';

describe.runIf(LONG)('40 contacts, the worker dies on the way', () => {
  it.each(BLOWS)('after %i emails: each of the 40 hears once, of the works and of their change', async (blow) => {
    const work = mkdtempSync(join(tmpdir(), `killed-${blow}-`));
    const data = join(work, 'data');
    let cloud = await startLocalCloud(data, '--at', START);
    try {
      await cloud.must('at', START);
      await cloud.must(
        'load',
        writeExport(join(work, 'export'), customer('forty', { contacts: CONTACTS, services: [circuit('forty', 1)] })),
      );
      for (const [number, at] of ['2026-11-02T10:00:00Z', '2026-11-02T12:00:00Z'].entries()) {
        await cloud.must('at', at);
        const windows = number === 0 ? {} : { windows: [MOVED_NIGHT] };
        const file = writeEvents(join(work, `${number}.jsonl`), [
          published('CRQ-forty', number, { ...windows, services: [hit('forty/1')] }),
        ]);
        const publishing = cloud.run('works', file);
        await Promise.race([untilSent(data, number * CONTACTS.length + blow), publishing]);
        await cloud.kill();
        await publishing;
        expect(sentFiles(data)).toBeLessThan((number + 1) * CONTACTS.length);
        cloud = await startLocalCloud(data);
        // What the command had not put onto the queue yet; the rest knows its event.
        await cloud.must('works', file);
        await cloud.must('at', at.replace(':00:00Z', ':50:00Z'));
      }
      const mails = await mailsOf(cloud);
      for (const { email } of CONTACTS) expect(heard(mails.filter(({ to }) => to === email)), email).toEqual(['REQUEST 0', 'REQUEST 1']);
      expect(needlessFaults(mails)).toEqual([]);
      expect(await deadLetters(cloud)).toEqual([]);
    } finally {
      await cloud.kill();
      rmSync(work, { recursive: true, force: true });
    }
  });
});
