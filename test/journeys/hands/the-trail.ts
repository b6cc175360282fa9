import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { PERIOD } from '../slice.ts';
import { BERLIN, HELD_BECAUSE, JANE, type World } from './world.ts';

interface Act {
  readonly what: string;
  readonly by: string;
  readonly from: string;
  readonly reason?: string;
}

/** A line of the exported evidence. */
interface Line {
  readonly entry?: { readonly about?: string; readonly kind?: string; readonly history?: readonly { readonly cause: string }[] };
}

const RUN = `${PERIOD}.${BERLIN.calendar}.1`;
const CONTACT = ['100201', 'K100201-1'] as const;

/** What people did in this month, by who did it. */
export function theTrail(world: World): void {
  const evidence = join(world.work, 'evidence');
  const list = async (...of: string[]) => (await world.cloud.json<{ acts: Act[] }>('audit', 'list', ...of)).acts;
  const exported = () =>
    world.cloud.must(
      ...['audit', 'export', evidence, '--from', '2026-11-03', '--to', '2026-11-05', '--period', PERIOD, '--calendar', BERLIN.calendar],
    );

  beforeAll(async () => {
    const { cloud } = world;
    await cloud.must('at', '2026-11-05T11:00:00Z');
    await cloud.must('preferences', 'set', ...CONTACT, 'reminders', 'on', ...JANE);
    await cloud.must('mail', 'pause', '--by', 'Tom Clerk', '--reason', 'a test');
    await cloud.must('mail', 'resume', '--by', 'Tom Clerk', '--reason', 'corrected');
  });

  it('is found by day, by subject and by person', async () => {
    // At one instant of the clock the order is nobody's.
    expect((await list('--day', '2026-11-04')).map(({ what, by, from }) => `${by}: ${what}, ${from}`).sort()).toEqual([
      'Jane Clerk: export.load, command line',
      'Jane Clerk: mail.pause, command line',
      'Jane Clerk: mail.resume, command line',
      'Jane Clerk: run.release, command line',
      'Jane Clerk: run.release, command line',
      'Jane Clerk: run.stop, command line',
      'Omar Reyes: run.hold, console',
    ]);
    expect((await list('--subject', RUN)).map(({ what }) => what)).toEqual(['run.release', 'run.hold']);
    expect((await list('--subject', CONTACT.join('/'))).map(({ what }) => what)).toEqual(['preference.set']);
    const toms = (await list('--by', 'tom clerk')).map(({ what, reason }) => `${what}: ${reason}`);
    expect(toms.sort()).toEqual(['mail.pause: a test', 'mail.resume: corrected']);
    const hers = (await list('--by', 'Jane Clerk')).map(({ what }) => what);
    expect(hers).toEqual(expect.arrayContaining(['export.load', 'run.stop', 'preference.set']));
  });

  it('is read on page after page', async () => {
    const all = await list('--by', 'Jane Clerk');
    const page = (limit: number, ...after: string[]) =>
      world.cloud.json<{ acts: Act[]; after: string }>('audit', 'list', '--by', 'Jane Clerk', '--limit', String(limit), ...after);
    const first = await page(2);
    const rest = await page(all.length - 2, '--after', first.after);
    expect([...first.acts, ...rest.acts]).toEqual(all);
    expect(rest.after).toBeNull();
  });

  it('is exported with what came of it, and a line that is missing shows', async () => {
    await exported();
    const files = readdirSync(evidence).sort();
    const days = ['2026-11-03', '2026-11-04', '2026-11-05'].map((day) => `acts-${day}.jsonl`);
    const batches = files.filter((file) => file.startsWith('run-'));
    expect(files).toEqual([...days, ...batches]);
    expect(batches[0]).toBe(`run-${RUN}.jsonl`);
    const before = files.map((file) => readFileSync(join(evidence, file), 'utf8'));
    await world.cloud.must('audit', 'verify', evidence);
    await exported();
    expect(files.map((file) => readFileSync(join(evidence, file), 'utf8'))).toEqual(before);
    const lines = before[3]?.trimEnd().split('\n') ?? [];
    const entries = lines.flatMap((line) => (JSON.parse(line) as Line).entry ?? []);
    // The one that was issued, and what the parked account got later.
    expect(entries.filter(({ kind, about }) => about === 'document' && kind === 'invoice')).toHaveLength(2);
    expect(entries.flatMap(({ history = [] }) => history.map(({ cause }) => cause)).every((cause) => cause !== '')).toBe(true);
    expect(before.join('')).not.toContain('@');
    expect(before.join('')).toContain(HELD_BECAUSE);
    writeFileSync(join(evidence, files[3] ?? ''), `${lines.toSpliced(2, 1).join('\n')}\n`);
    const { code, stdout, stderr } = await world.cloud.run('audit', 'verify', evidence);
    expect(code).toBe(1);
    expect(stdout).toContain(`run-${RUN}.jsonl  line 3: it does not follow from the lines before it`);
    expect(stderr).toContain(`1 of ${files.length} files are not as they were written.`);
  });

  it('is asked for with a usage where the question is wrong', async () => {
    const wrong = [
      ['list', '--day', 'yesterday'],
      ['list', '--after', 'here'],
      ['list', '--day', '2026-11-05', '--subject', 'B1'],
      ['export', evidence, '--from', '2026-11-05'],
      ['verify', join(world.work, 'nothing')],
    ];
    for (const words of wrong) expect((await world.cloud.run('audit', ...words)).code, words.join(' ')).toBe(2);
  });
}
