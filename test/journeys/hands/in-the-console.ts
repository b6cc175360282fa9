import { request } from 'node:http';
import { expect, it } from 'vitest';
import type { RunRow } from '../evidence.ts';
import { PERIOD } from '../slice.ts';
import { Visitor } from './console-visitor.ts';
import { BERLIN, HELD_BECAUSE, type World } from './world.ts';

const HOLD = { act: 'hold', reason: HELD_BECAUSE };

async function runOfBerlin({ cloud }: World): Promise<RunRow | undefined> {
  return (await cloud.json<RunRow[]>('runs', PERIOD)).find(({ calendar }) => calendar === BERLIN.calendar);
}

export function theWayIn(world: World): void {
  it('leads to the identity provider, and back to the page that was asked for', async () => {
    const visitor = new Visitor(world.cloud.file);
    const landed = await visitor.signIn('local-vera', BERLIN.page);
    expect([landed.to, landed.status]).toEqual([BERLIN.page, 200]);
    expect(landed.body).toContain('Germany, nationwide holidays, October 2026');
    expect(landed.body).toContain('Vera Lund, may look');
  });

  it('is closed to who is of no group, to strangers and to a cookie that was changed', async () => {
    const { cloud, omar } = world;
    const noah = await new Visitor(cloud.file).signIn('local-noah');
    expect([noah.status, noah.body.includes('We know who you are, Noah Stone')]).toEqual([403, true]);
    const stranger = new Visitor(cloud.file);
    expect((await stranger.get(BERLIN.page)).to).toBe(`/sign-in?to=${encodeURIComponent(BERLIN.page)}`);
    stranger.cookie = omar.cookie.replace(/^./, (first) => (first === 'a' ? 'b' : 'a'));
    expect((await stranger.get('/')).status).toBe(303);
    expect((await stranger.post(BERLIN.page, { ...HOLD, csrf: await omar.token() })).status).toBe(401);
  });

  it('is open under its own name only', async () => {
    const { port } = new URL(world.cloud.file.urls.console);
    const status = await new Promise((resolve, reject) => {
      const headers = { host: 'rebound.example', cookie: `__Host-session=${world.omar.cookie}` };
      request({ port, host: '127.0.0.1', path: '/', headers }, (response) => resolve(response.resume().statusCode))
        .on('error', reject)
        .end();
    });
    expect(status).toBe(403);
  });
}

export function aMonthLookedAt(world: World): void {
  it('is the same as the command line tells', async () => {
    const { body } = await world.vera.get(`/?period=${PERIOD}`);
    const run = await runOfBerlin(world);
    const row = body.split('<tr>').find((one) => one.includes(`href="${BERLIN.page}"`));
    expect(row).toContain(`data-of="Accounts">${run?.counts.accounts}<`);
    expect(row).toContain(`data-of="Prepared">${run?.counts.billed}<`);
  });

  it('changes nothing, by GET or by HEAD', async () => {
    const { omar } = world;
    for (const method of ['GET', 'HEAD'] as const) {
      expect((await omar.get(`${BERLIN.page}?act=hold&reason=x&csrf=${await omar.token()}`, method)).status).toBe(200);
    }
    expect((await runOfBerlin(world))?.state).toBe('ready');
  });

  it('is not changed by who may only look, from other sites, and without the token', async () => {
    const { omar, vera } = world;
    expect((await vera.post(BERLIN.page, HOLD)).status).toBe(403);
    expect((await omar.post(BERLIN.page, HOLD, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await omar.post(BERLIN.page, HOLD, {})).status).toBe(403);
    expect((await omar.post(BERLIN.page, { ...HOLD, csrf: 'x' })).status).toBe(403);
    expect((await omar.post(BERLIN.page, { ...HOLD, csrf: await vera.token() })).status).toBe(403);
    expect((await runOfBerlin(world))?.state).toBe('ready');
  });
}

export function theWayOut(world: World): void {
  it('is the end of the session, wherever its cookie is', async () => {
    const { cloud } = world;
    const [here, elsewhere] = [new Visitor(cloud.file), new Visitor(cloud.file)];
    await here.signIn('local-ines');
    elsewhere.cookie = here.cookie;
    expect((await elsewhere.get('/')).status).toBe(200);
    expect((await here.post('/sign-out', {})).body).toContain('You are signed out');
    expect([(await here.get('/')).status, (await elsewhere.get('/')).status]).toEqual([303, 303]);
  });

  it('is taken for who has not asked for anything for half an hour', async () => {
    const { cloud, omar } = world;
    await omar.signIn('local-omar');
    await cloud.must('at', '2026-11-04T08:50:00Z');
    expect((await omar.get('/')).status).toBe(303);
    expect((await omar.post(BERLIN.page, { ...HOLD, csrf: 'x' })).status).toBe(401);
  });
}
