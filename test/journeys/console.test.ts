import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Visitor } from './console-visitor.ts';
import type { RunRow } from './evidence.ts';
import { type LocalCloud, startLocalCloud } from './local-cloud.ts';
import { PERIOD, writeSlice } from './slice.ts';

const RUN = `/runs/${PERIOD}/GB-ENG`;
const HOLD = { act: 'hold', reason: 'wrong tariff on two accounts' };
const EVE = '2026-11-04T06:30:00Z';
const LONDON = ['B10020101', 'B10031701', 'B10030401'];
const JANE = ['--by', 'Jane Clerk', '--reason', 'wrong bank details on the invoices'];

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

const work = mkdtempSync(join(tmpdir(), 'console-'));
let cloud: LocalCloud;
let omar: Visitor;
let vera: Visitor;

beforeAll(async () => {
  writeSlice(join(work, 'export'), LONDON);
  cloud = await startLocalCloud(join(work, 'data'));
  await cloud.must('load', join(work, 'export'), ...JANE);
  await cloud.must('at', EVE);
  [omar, vera] = [new Visitor(cloud.file), new Visitor(cloud.file)];
  await omar.signIn('local-omar');
  await vera.signIn('local-vera');
});

afterAll(async () => {
  await cloud?.stop();
  rmSync(work, { recursive: true, force: true });
});

const stateOfRun = async () => (await cloud.json<RunRow[]>('runs', PERIOD)).map(({ state }) => state);

describe('The way in', () => {
  it('leads to the identity provider, and back to the page that was asked for', async () => {
    const visitor = new Visitor(cloud.file);
    const landed = await visitor.signIn('local-vera', RUN);
    expect([landed.to, landed.status]).toEqual([RUN, 200]);
    expect(landed.body).toContain('England and Wales, October 2026');
    expect(landed.body).toContain('Vera Lund, may look');
  });

  it('is closed to who is of no group, to strangers and to a cookie that was changed', async () => {
    const noah = await new Visitor(cloud.file).signIn('local-noah');
    expect([noah.status, noah.body.includes('We know who you are, Noah Stone')]).toEqual([403, true]);
    const stranger = new Visitor(cloud.file);
    expect((await stranger.get(RUN)).to).toBe(`/sign-in?to=${encodeURIComponent(RUN)}`);
    stranger.cookie = omar.cookie.replace(/^./, (first) => (first === 'a' ? 'b' : 'a'));
    expect((await stranger.get('/')).status).toBe(303);
    expect((await stranger.post(RUN, { ...HOLD, csrf: await omar.token() })).status).toBe(401);
  });

  it('is open under its own name only', async () => {
    const { port } = new URL(cloud.file.urls.console);
    const status = await new Promise((resolve, reject) => {
      const headers = { host: 'rebound.example', cookie: `__Host-session=${omar.cookie}` };
      request({ port, host: '127.0.0.1', path: '/', headers }, (response) => resolve(response.resume().statusCode))
        .on('error', reject)
        .end();
    });
    expect(status).toBe(403);
  });
});

describe('A month, looked at', () => {
  it('is the same as the command line tells', async () => {
    const { body } = await vera.get(`/?period=${PERIOD}`);
    const [run] = await cloud.json<RunRow[]>('runs', PERIOD);
    expect(body).toContain(`data-of="Accounts">${run?.counts.accounts}<`);
    expect(body).toContain(`data-of="Prepared">${run?.counts.billed}<`);
    expect(body).toContain('England and Wales');
  });

  it('changes nothing, by GET or by HEAD', async () => {
    for (const method of ['GET', 'HEAD'] as const) {
      expect((await omar.get(`${RUN}?act=hold&reason=x&csrf=${await omar.token()}`, method)).status).toBe(200);
    }
    expect(await stateOfRun()).toEqual(['ready']);
  });
});

describe('A hand on the brake', () => {
  it('is refused to who may only look, to other sites, and without the token', async () => {
    expect((await vera.post(RUN, HOLD)).status).toBe(403);
    expect((await omar.post(RUN, HOLD, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await omar.post(RUN, HOLD, {})).status).toBe(403);
    expect((await omar.post(RUN, { ...HOLD, csrf: 'x' })).status).toBe(403);
    expect((await omar.post(RUN, { ...HOLD, csrf: await vera.token() })).status).toBe(403);
    expect(await stateOfRun()).toEqual(['ready']);
  });

  it('holds the month over its hour, and lets it go; the names stand in its history', async () => {
    const held = await omar.post(RUN, HOLD);
    expect(held.status).toBe(303);
    expect((await omar.get(held.to)).body).toContain('Held. The run is now: held.');
    await cloud.must('at', '2026-11-04T07:10:00Z');
    expect(await stateOfRun()).toEqual(['held']);
    await omar.signIn('local-omar');
    expect((await omar.post(RUN, { act: 'release', reason: 'tariff is right' })).status).toBe(303);
    await cloud.must('at', '2026-11-04T07:30:00Z');
    expect(await stateOfRun()).toEqual(['delivered']);
    const { body } = await omar.get(RUN);
    expect(body).toContain('hold by Omar Reyes: wrong tariff on two accounts');
    expect(body).toContain('release by Omar Reyes: tariff is right');
    const trail = await omar.get(`/audit?subject=${PERIOD}.GB-ENG.1`);
    for (const words of [
      'Omar Reyes',
      'kept a bill run from being published',
      'let a bill run go on',
      'tariff is right',
      'state: held → ready',
      '>console<',
    ])
      expect(trail.body).toContain(words);
    const { acts } = await cloud.json<{ acts: object[] }>('audit', 'list', '--by', 'Omar Reyes');
    expect(acts).toMatchObject([
      { what: 'run.release', from: 'console', reason: 'tariff is right' },
      { what: 'run.hold', from: 'console', reason: HOLD.reason },
    ]);
    const [run] = await cloud.json<RunRow[]>('runs', PERIOD);
    expect(body).toContain(`data-of="Delivered">${run?.counts.emailsSent}<`);
  });
});

describe('The way out', () => {
  it('is the end of the session, wherever its cookie is', async () => {
    const [here, elsewhere] = [new Visitor(cloud.file), new Visitor(cloud.file)];
    await here.signIn('local-ines');
    elsewhere.cookie = here.cookie;
    expect((await elsewhere.get('/')).status).toBe(200);
    expect((await here.post('/sign-out', {})).body).toContain('You are signed out');
    expect([(await here.get('/')).status, (await elsewhere.get('/')).status]).toEqual([303, 303]);
  });

  it('is taken for who has not asked for anything for half an hour', async () => {
    await omar.signIn('local-omar');
    await cloud.must('at', '2026-11-04T08:00:00Z');
    expect((await omar.get('/')).status).toBe(303);
    expect((await omar.post(RUN, { ...HOLD, csrf: 'x' })).status).toBe(401);
  });
});

describe('What people did', () => {
  const evidence = join(work, 'evidence');
  const list = async (...of: string[]) => (await cloud.json<{ acts: Act[] }>('audit', 'list', ...of)).acts;

  beforeAll(async () => {
    await cloud.must('at', '2026-11-05T09:00:00Z');
    await cloud.must('preferences', 'set', '100201', 'K100201-1', 'reminders', 'on', ...JANE);
    await cloud.must('mail', 'pause', ...JANE);
    await cloud.must('mail', 'resume', '--by', 'Tom Clerk', '--reason', 'corrected');
  });

  it('is found by day, by subject and by person', async () => {
    expect((await list('--day', '2026-11-04')).map(({ what, by, from }) => `${by}: ${what}, ${from}`)).toEqual([
      'Omar Reyes: run.hold, console',
      'Omar Reyes: run.release, console',
    ]);
    expect((await list('--subject', `${PERIOD}.GB-ENG.1`)).map(({ what }) => what)).toEqual(['run.release', 'run.hold']);
    expect((await list('--subject', '100201/K100201-1')).map(({ what }) => what)).toEqual(['preference.set']);
    expect((await list('--by', 'tom clerk')).map(({ what, reason }) => `${what}: ${reason}`)).toEqual(['mail.resume: corrected']);
    const hers = (await list('--by', 'Jane Clerk')).map(({ what }) => what);
    expect(hers.sort()).toEqual(['export.load', 'mail.pause', 'preference.set']);
  });

  it('is read on page after page', async () => {
    const first = await cloud.json<{ acts: Act[]; after: string }>('audit', 'list', '--by', 'Jane Clerk', '--limit', '2');
    const second = await cloud.json<{ acts: Act[]; after: string }>(
      ...['audit', 'list', '--by', 'Jane Clerk', '--limit', '1', '--after', first.after],
    );
    expect([...first.acts, ...second.acts].map(({ what }) => what)).toHaveLength(3);
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
    expect(entries.filter(({ kind, about }) => about === 'document' && (kind === 'invoice' || kind === 'credit-note')).length).toBe(
      LONDON.length,
    );
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
