import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalCloud, startLocalCloud } from './local-cloud.ts';
import { PERIOD, writeSlice } from './slice.ts';

const LONDON = ['B10020101', 'B10021402', 'B10023901'];
const JANE = ['--by', 'Jane Clerk', '--reason', 'wrong bank details on the invoices'];

interface Act {
  readonly at: string;
  readonly what: string;
  readonly by: string;
  readonly from: string;
  readonly reason?: string;
  readonly ledTo?: string;
}

interface Line {
  readonly entry?: { readonly about?: string; readonly kind?: string; readonly history?: readonly { readonly cause: string }[] };
}

const work = mkdtempSync(join(tmpdir(), 'audit-'));
const evidence = join(work, 'evidence');
let cloud: LocalCloud;

beforeAll(async () => {
  writeSlice(join(work, 'export'), LONDON);
  cloud = await startLocalCloud(join(work, 'cloud'));
  await cloud.must('load', join(work, 'export'), ...JANE);
  await cloud.must('at', '2026-11-04T06:59:59Z');
  await cloud.must('runs', 'hold', PERIOD, '--calendar', 'GB-ENG', ...JANE);
  await cloud.must('at', '2026-11-04T09:00:00Z');
  await cloud.must('runs', 'release', PERIOD, '--calendar', 'GB-ENG', ...JANE);
  await cloud.must('at', '2026-11-05T09:00:00Z');
  await cloud.must('preferences', 'set', '100201', 'K100201-1', 'reminders', 'on', ...JANE);
  await cloud.must('mail', 'pause', ...JANE);
  await cloud.must('mail', 'resume', '--by', 'Tom Clerk', '--reason', 'corrected');
});

afterAll(async () => {
  await cloud?.stop();
  rmSync(work, { recursive: true, force: true });
});

const list = async (...of: string[]) => (await cloud.json<{ acts: Act[] }>('audit', 'list', ...of)).acts;

describe('What people did', () => {
  it('is found by day, by subject and by person', async () => {
    expect((await list('--day', '2026-11-04')).map(({ what, by, from }) => `${by}: ${what}, ${from}`)).toEqual([
      'Jane Clerk: run.hold, command line',
      'Jane Clerk: run.release, command line',
    ]);
    expect((await list('--subject', `${PERIOD}.GB-ENG.1`)).map(({ what }) => what)).toEqual(['run.release', 'run.hold']);
    expect((await list('--subject', '100201/K100201-1')).map(({ what }) => what)).toEqual(['preference.set']);
    expect((await list('--by', 'tom clerk')).map(({ what, reason }) => `${what}: ${reason}`)).toEqual(['mail.resume: corrected']);
    const hers = (await list('--by', 'Jane Clerk')).map(({ what }) => what);
    expect(hers.sort()).toEqual(['export.load', 'mail.pause', 'preference.set', 'run.hold', 'run.release']);
  });

  it('is read on page after page', async () => {
    const first = await cloud.json<{ acts: Act[]; after: string }>('audit', 'list', '--by', 'Jane Clerk', '--limit', '2');
    const second = await cloud.json<{ acts: Act[]; after: string }>(
      ...['audit', 'list', '--by', 'Jane Clerk', '--limit', '3', '--after', first.after],
    );
    expect([...first.acts, ...second.acts].map(({ what }) => what)).toHaveLength(5);
    expect(second.after).toBeNull();
  });

  it('is exported with what came of it, and a line that is missing shows', async () => {
    await cloud.must('audit', 'export', evidence, '--from', '2026-11-03', '--to', '2026-11-05', '--period', PERIOD, '--calendar', 'GB-ENG');
    const files = readdirSync(evidence).sort();
    expect(files).toEqual(['acts-2026-11-03.jsonl', 'acts-2026-11-04.jsonl', 'acts-2026-11-05.jsonl', `run-${PERIOD}.GB-ENG.1.jsonl`]);
    const before = files.map((file) => readFileSync(join(evidence, file), 'utf8'));
    await cloud.must('audit', 'verify', evidence);
    await cloud.must('audit', 'export', evidence, '--from', '2026-11-03', '--to', '2026-11-05', '--period', PERIOD, '--calendar', 'GB-ENG');
    expect(files.map((file) => readFileSync(join(evidence, file), 'utf8'))).toEqual(before);
    const lines = before[3]?.trimEnd().split('\n') ?? [];
    const entries = lines.flatMap((line) => (JSON.parse(line) as Line).entry ?? []);
    expect(entries.filter(({ kind, about }) => about === 'document' && kind === 'invoice').length).toBe(LONDON.length);
    expect(entries.flatMap(({ history = [] }) => history.map(({ cause }) => cause)).every((cause) => cause !== '')).toBe(true);
    expect(before.join('')).not.toContain('@');
    writeFileSync(join(evidence, files[3] ?? ''), `${lines.toSpliced(2, 1).join('\n')}\n`);
    const { code, stdout, stderr } = await cloud.run('audit', 'verify', evidence);
    expect(code).toBe(1);
    expect(stdout).toContain(`run-${PERIOD}.GB-ENG.1.jsonl  line 3: it does not follow from the lines before it`);
    expect(stderr).toContain('1 of 4 files are not as they were written.');
  });

  it('is asked for with a usage where the question is wrong', async () => {
    const wrong = [
      ['list', '--day', 'yesterday'],
      ['list', '--after', 'here'],
      ['list', '--day', '2026-11-05', '--subject', 'B1'],
      ['export', evidence, '--from', '2026-11-05'],
      ['verify', join(work, 'nothing')],
    ];
    for (const words of wrong) expect((await cloud.run('audit', ...words)).code, words.join(' ')).toBe(2);
  });
});
