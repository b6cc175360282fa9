import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { preferenceOf } from '../../../functions/preferences/preferences.ts';
import { receiveAll, setClock } from '../../emulators/cloud.ts';
import { anna, ask, decisions, FORM, get, NOW, OCN, ONE_CLICK, useReader, wayOut } from './visit.ts';

useReader();

const isOff = async (bcn = 'B4711') => (await preferenceOf(OCN, anna.contactId, bcn)).off;

/** A form as mail programs post it in the other encoding. */
function multipart(fields: Record<string, string>): { body: string; contentType: string } {
  const boundary = `----${randomUUID()}`;
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return { body: `${parts.join('')}--${boundary}--\r\n`, contentType: `multipart/form-data; boundary=${boundary}` };
}

describe('one click', () => {
  test.each([
    ['urlencoded, in base64', { body: ONE_CLICK }],
    ['urlencoded, as text', { body: ONE_CLICK, base64: false }],
    ['urlencoded, with a charset', { body: ONE_CLICK, contentType: `${FORM}; charset=UTF-8` }],
    ['multipart', multipart({ 'List-Unsubscribe': 'One-Click' })],
  ])('%s: 200, no redirect, no cookie, in force before the answer', async (_, sent) => {
    const answer = await ask({ leave: await wayOut() }, sent);
    expect(answer.statusCode).toBe(200);
    expect(Object.keys(answer.headers ?? {}).map((name) => name.toLowerCase())).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(location|set-cookie)$/)]),
    );
    expect(answer.cookies).toBeUndefined();
    expect([...(await isOff())]).toEqual(['documents']);
    expect([...(await isOff('B4712'))]).toEqual([]);
  });

  test('fifty at once are one change and one line of history', async () => {
    const leave = await wayOut();
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask({ leave }, { body: ONE_CLICK })));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array.from({ length: 50 }, () => 200));
    expect(await decisions()).toEqual(['category#documents#B4711 off by one-click']);
    expect((await preferenceOf(OCN, anna.contactId)).version).toBe(1);
  });

  test('said again months later it stays as it is', async () => {
    const leave = await wayOut();
    await ask({ leave }, { body: ONE_CLICK });
    setClock('2027-06-01T09:00:00Z');
    await ask({ leave }, { body: ONE_CLICK });
    expect(await decisions()).toHaveLength(1);
  });

  test('of works without impact ends them for all accounts, and their diaries are looked at', async () => {
    await ask({ leave: await wayOut('other-works', '*') }, { body: ONE_CLICK });
    expect([...(await isOff())]).toEqual(['other-works']);
    expect([...(await isOff('B4712'))]).toEqual(['other-works']);
  });
});

describe('nothing changes by', () => {
  test.each([
    ['GET', { method: 'GET' }],
    ['HEAD', { method: 'HEAD' }],
    ['GET with the body of a click', { method: 'GET', body: ONE_CLICK }],
    ['PUT', { method: 'PUT', body: ONE_CLICK }],
    ['DELETE', { method: 'DELETE', body: ONE_CLICK }],
    ['an empty body', { body: '' }],
    ['another value', { body: 'List-Unsubscribe=Yes' }],
    ['another name', { body: 'list-unsubscribe=One-Click' }],
    ['the right words as another type', { body: ONE_CLICK, contentType: 'text/plain' }],
    ['JSON', { body: '{"List-Unsubscribe":"One-Click"}', contentType: 'application/json' }],
    ['multipart without its boundary', { ...multipart({ 'List-Unsubscribe': 'One-Click' }), contentType: 'multipart/form-data' }],
    ['multipart that is cut', { ...multipart({ 'List-Unsubscribe': 'One-Click' }), body: '------x\r\nContent-Disp' }],
    ['a megabyte', { body: `${ONE_CLICK}&x=${'x'.repeat(1024 * 1024)}` }],
  ])('%s', async (_, sent) => {
    const { statusCode } = await ask({ leave: await wayOut() }, sent);
    expect([200, 400, 413]).toContain(statusCode);
    expect(await decisions()).toEqual([]);
  });

  test('a token that is not quite ours: the same 404 for all of them', async () => {
    const good = await wayOut();
    const [version, keyId, payload = '', mac = ''] = good.split('.');
    const other = Buffer.from(payload, 'base64url').toString().replace('B4711', 'B4712');
    const wrong = [
      good.slice(0, -1),
      `${good}x`,
      `${version}.${keyId}.${Buffer.from(other).toString('base64url')}.${mac}`,
      `${version}.k9.${payload}.${mac}`,
      good.toUpperCase(),
      await wayOut('invoices'),
      'v1',
      '%00',
      `${good}${'.'.repeat(5000)}`,
    ];
    const answers = await Promise.all(wrong.flatMap((leave) => [get({ leave }), ask({ leave }, { body: ONE_CLICK })]));
    expect(new Set(answers.map(({ statusCode, body }) => `${statusCode} ${body}`)).size).toBe(1);
    expect(answers[0]?.statusCode).toBe(404);
    expect(await decisions()).toEqual([]);
  });

  test('a way out is no key to the settings, nor the other way round', async () => {
    expect((await get({ settings: await wayOut() })).statusCode).toBe(404);
  });
});

describe('the page of a way out', () => {
  test('asks first, tells what is so, and leads back', async () => {
    const leave = await wayOut();
    const asked = await get({ leave });
    expect(asked.body).toContain('Stop emails: Call records and number lists?');
    expect(asked.body).toContain('Account B4711 · Acme GmbH, Werk Süd');
    const stopped = await ask({ leave }, { body: `${ONE_CLICK}&page=yes` });
    expect(stopped.body).toContain('Stopped: Call records and number lists');
    expect((await get({ leave })).body).toContain('Stopped: Call records and number lists');
    const back = await ask({ leave }, { body: 'again=yes' });
    expect(back.body).toContain('On again: Call records and number lists');
    expect([...(await isOff())]).toEqual([]);
    expect(await decisions()).toEqual(['category#documents#B4711 off by page', 'category#documents#B4711 on by page']);
  });

  test('sends a link to all settings on request, once an hour', async () => {
    const leave = await wayOut();
    const sent = await ask({ leave }, { body: 'settings=mail' });
    expect(sent.body).toMatch(/We have mailed it to a…@acme\.example/);
    await ask({ leave }, { body: 'settings=mail' });
    const queued = await receiveAll('mail-other');
    expect(new Set(queued.map(({ Body }) => JSON.parse(Body ?? '{}').data.messageId)).size).toBe(1);
    setClock(new Date(Date.parse(NOW) + 3_600_000).toISOString());
    await ask({ leave }, { body: 'settings=mail' });
    expect(await receiveAll('mail-other')).toHaveLength(1);
  });
});
