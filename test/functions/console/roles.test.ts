import { describe, expect, test } from 'vitest';
import { ACTS, PAGES } from '../../../functions/console/routes.ts';
import { setClock } from '../../emulators/cloud.ts';
import { watchReads } from './reads.ts';
import { ask, OMAR, ORIGIN, send, signedIn, useConsole, VERA } from './visit.ts';

useConsole();

const READS = ['GetCommand', 'BatchGetCommand', 'QueryCommand'];
/** What stands for the parts of a path. */
const at = (path: string) =>
  path
    .replaceAll('{period}', '2026-10')
    .replaceAll('{calendar}', 'DE')
    .replace(/\{\w+\}/g, 'X-1');
const acts = ACTS.filter(({ needs }) => needs === 'act').map(({ path }) => at(path));
const paths = PAGES.map(({ path }) => at(path));

describe('whatever somebody may do', () => {
  test.each(acts)('%s is refused to who may only look, and changes nothing', async (path) => {
    setClock('2026-11-10T09:00:00Z');
    const cookie = await signedIn(VERA);
    const { result, calls } = await watchReads(() => send(path, cookie, { reason: 'because' }));
    expect(result.status).toBe(403);
    expect(calls.filter((call) => !READS.includes(call))).toEqual([]);
  });

  test.each(acts)('%s is refused without the token of the session', async (path) => {
    setClock('2026-11-10T09:00:00Z');
    const cookies = [await signedIn(OMAR)];
    const form = { reason: 'because', csrf: 'a'.repeat(43) };
    const { result, calls } = await watchReads(() => ask(path, { method: 'POST', cookies, form, headers: { origin: ORIGIN } }));
    expect(result.status).toBe(403);
    expect(calls.filter((call) => !READS.includes(call))).toEqual([]);
  });
});

test.each(paths)('%s is shown to who may only look, writes nothing, and fails for nothing that is not there', async (path) => {
  setClock('2026-11-10T09:00:00Z');
  const cookies = [await signedIn(VERA)];
  const { result, calls } = await watchReads(() => ask(path, { cookies }));
  expect([200, 404]).toContain(result.status);
  expect(result.body).not.toContain('<form method="post" action="/accounts');
  expect(calls.filter((call) => !READS.includes(call))).toEqual([]);
});

test('a search by who may only look is answered, and what is sought stands in no address', async () => {
  setClock('2026-11-10T09:00:00Z');
  const { status, headers, body } = await send('/search', await signedIn(VERA), { for: 'nobody@example.com' });
  expect([status, headers.location]).toEqual([200, undefined]);
  expect(body).toContain('Nothing has exactly this number, id or address.');
});
