import { describe, expect, test } from 'vitest';
import { isAwaited } from '../../../functions/console/awaited.ts';
import { cookieNamed, setCookie } from '../../../functions/console/cookies.ts';
import { addressOf } from '../../../functions/console/live.ts';
import { afterIn } from '../../../functions/console/paging.ts';
import { entryAt } from '../../../functions/console/paths.ts';
import { ACTS, PAGES } from '../../../functions/console/routes.ts';
import { isFromOurPages } from '../../../functions/console/same-origin.ts';
import { isOpen } from '../../../functions/console/session.ts';
import { authorizationUrl, cookieOf, isOwnState, landing, newSignIn, signInOf } from '../../../functions/console/sign-in-request.ts';

const ORIGIN = 'https://billing.carrier.example';
const HOST = 'billing.carrier.example';

describe('a request is of our own pages', () => {
  test.each([
    ['a page', 'GET', HOST, {}, true],
    ['a page that another site links to', 'GET', HOST, { 'sec-fetch-site': 'cross-site' }, true],
    ['a form of ours', 'POST', HOST, { origin: ORIGIN, 'sec-fetch-site': 'same-origin' }, true],
    ['a form of ours, of a browser that says only where from', 'POST', HOST, { origin: ORIGIN }, true],
    ['a form of ours, of a browser that says only how near', 'POST', HOST, { 'sec-fetch-site': 'same-origin' }, true],
    ['a form of another site', 'POST', HOST, { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, false],
    ['a form of another site that names us', 'POST', HOST, { origin: ORIGIN, 'sec-fetch-site': 'cross-site' }, false],
    ["a form of the customers' pages", 'POST', HOST, { origin: 'https://post.carrier.example', 'sec-fetch-site': 'same-site' }, false],
    ['a form of our name by plain HTTP', 'POST', HOST, { origin: 'http://billing.carrier.example' }, false],
    ['a form of a page without an origin', 'POST', HOST, { origin: 'null', 'sec-fetch-site': 'same-origin' }, false],
    ['a form that says nothing', 'POST', HOST, {}, false],
    ['another method', 'DELETE', HOST, {}, false],
    ['a page under another name', 'GET', 'evil.example', {}, false],
    ['a form under another name', 'POST', 'evil.example', { origin: ORIGIN, 'sec-fetch-site': 'same-origin' }, false],
    ['a page under a longer name', 'GET', `${HOST}.evil.example`, {}, false],
  ] as const)('%s', (_, method, host, headers, expected) => {
    expect(isFromOurPages({ method, host, headers }, ORIGIN)).toBe(expected);
  });
});

describe('a session', () => {
  test.each([
    ['is open at once', '09:00:00', '09:00:00', true],
    ['is open while somebody is there', '12:00:00', '12:29:59', true],
    ['ends after half an hour without anybody', '12:00:00', '12:30:00', false],
    ['is open for twelve hours', '20:50:00', '20:59:59', true],
    ['ends then, whoever is there', '20:59:59', '21:00:00', false],
  ])('%s', (_, seen, at, expected) => {
    const session = { createdAt: '2026-11-04T09:00:00Z', seenAt: `2026-11-04T${seen}Z` };
    expect(isOpen(session, new Date(`2026-11-04T${at}Z`))).toBe(expected);
  });
});

describe('cookies', () => {
  test.each([
    ['by its whole name', ['a=1', '__Host-session=x'], 'x'],
    ['not by a longer name', ['__Host-session2=x'], undefined],
    ['not when two differ', ['__Host-session=x', '__Host-session=y'], undefined],
    ['once when it was sent twice', ['__Host-session=x', '__Host-session=x'], 'x'],
    ['not when there is none', [], undefined],
  ])('are found %s', (_, cookies, expected) => {
    expect(cookieNamed('__Host-session', cookies)).toBe(expected);
  });

  test('are for this host only, and not for scripts', () => {
    expect(setCookie('__Host-session', 'x')).toBe('__Host-session=x; Path=/; Secure; HttpOnly; SameSite=Lax');
  });
});

describe('a sign-in', () => {
  test.each([
    ['/runs/2026-10/DE', '/runs/2026-10/DE'],
    ['/?period=2026-10', '/?period=2026-10'],
    ['/accounts/B1?after=abc%3D', '/accounts/B1?after=abc%3D'],
    [undefined, '/'],
    ['', '/'],
    ['https://evil.example/', '/'],
    ['//evil.example/', '/'],
    ['/\\evil.example/', '/'],
    ['/a\r\nset-cookie: x=1', '/'],
    ['/sign-in?to=/sign-in', '/'],
    ['/signed-in?code=x', '/'],
    [`/${'a'.repeat(600)}`, '/'],
  ])('asked for at %s leads to %s', (asked, expected) => {
    expect(landing(asked)).toBe(expected);
  });

  test('is never like another one, and survives its cookie', () => {
    const [one, other] = [newSignIn('/holds'), newSignIn('/holds')];
    expect(new Set([one.state, one.nonce, one.verifier, other.state, other.nonce, other.verifier]).size).toBe(6);
    expect(signInOf(cookieOf(one))).toEqual(one);
    expect([isOwnState(one.state, one), isOwnState(other.state, one), isOwnState(undefined, one)]).toEqual([true, false, false]);
  });

  test.each([
    ['nothing', undefined],
    ['something else', 'x'],
    ['other JSON', Buffer.from('{"state":"x"}').toString('base64url')],
  ])('is none when the cookie is %s', (_, cookie) => {
    expect(signInOf(cookie)).toBeUndefined();
  });

  test('leads elsewhere no more when its cookie was changed', () => {
    expect(signInOf(cookieOf({ ...newSignIn('/'), to: 'https://evil.example/' }))?.to).toBe('/');
  });

  test('asks for a code, and keeps to itself what redeems it', () => {
    const request = newSignIn('/');
    const url = new URL(
      authorizationUrl('https://login.example/authorize?tenant=1', request, { id: 'c', redirectUri: `${ORIGIN}/signed-in` }),
    );
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      ...{ tenant: '1', response_type: 'code', client_id: 'c', code_challenge_method: 'S256', scope: 'openid profile' },
      ...{ state: request.state, nonce: request.nonce, redirect_uri: `${ORIGIN}/signed-in` },
    });
    expect(url.href).not.toContain(request.verifier);
  });
});

describe('paths', () => {
  const entries = [{ path: '/' }, { path: '/works' }, { path: '/works/{worksId}' }, { path: '/runs/{period}/{calendar}' }];
  test.each([
    ['/', '/', {}],
    ['/works', '/works', {}],
    ['/works/MW-1.2_x~y', '/works/{worksId}', { worksId: 'MW-1.2_x~y' }],
    ['/runs/2026-10/GB-ENG', '/runs/{period}/{calendar}', { period: '2026-10', calendar: 'GB-ENG' }],
  ])('%s is %s', (path, expected, parameters) => {
    expect(entryAt(entries, path)).toEqual({ entry: { path: expected }, parameters });
  });

  test.each(['/work', '/works/', '/works/a/b', '/works/../x', '/works/%2e%2e', '/works/.hidden', '//', '/works/a@b.example', ''])(
    '%s leads nowhere',
    (path) => {
      expect(entryAt(entries, path)).toBeUndefined();
    },
  );

  test('no two pages and no two forms have one path, and what changes something takes the role that acts', () => {
    for (const entries of [PAGES, ACTS]) expect(new Set(entries.map(({ path }) => path)).size).toBe(entries.length);
    const searches = ['/search', '/audit'];
    expect(ACTS.filter(({ needs, path }) => needs === 'view' && !searches.includes(path)).map(({ path }) => path)).toEqual([]);
  });
});

test('the address of a page is its own, without what was said and how it looks', () => {
  expect(addressOf('/', { period: '2026-10', live: '1', still: '1', said: 'x', after: undefined })).toBe('/?period=2026-10');
  expect(addressOf('/', {}, { live: '1' })).toBe('/?live=1');
});

test.each([
  ['bWVzc2FnZQ', 'message'],
  [undefined, undefined],
  ['no base64!', undefined],
  ['a'.repeat(1001), undefined],
])('a list asked for after %s goes on after %s', (after, expected) => {
  expect(afterIn({ after })).toBe(expected);
});

describe('what was asked for', () => {
  const NOW = new Date('2026-11-05T09:00:30Z');
  test.each([
    ['is awaited while nothing of it is there', '2026-11-05T09:00:00.000Z', ['2026-11-04T01:00:00.000Z'], true],
    ['is there when a run was opened since', '2026-11-05T09:00:00.000Z', ['2026-11-04T01:00:00.000Z', '2026-11-05T09:00:00.000Z'], false],
    ['is awaited for ten minutes', '2026-11-05T08:50:29.000Z', [], false],
    ['is nothing where nobody asked', undefined, [], false],
    ['is nothing where the address was made up', 'soon', [], false],
  ])('%s', (_, asked, opened, expected) => {
    const runs = opened.map((createdAt) => ({ createdAt }));
    expect(isAwaited({ asked }, runs, NOW)).toBe(expected);
  });
});
