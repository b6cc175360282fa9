import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { secret } from '../../../functions/aws/secrets.ts';
import { feedUrls } from '../../../functions/messages/links.ts';
import { handler as feed } from '../../../functions/planned-works/feed.handler.ts';
import { preferencesOf, setPreference } from '../../../functions/preferences/preferences.ts';
import { parseTokenKeys } from '../../../functions/tokens/token-keys.ts';
import { contextOf, setClock } from '../../emulators/cloud.ts';
import { anna, annas, NOW, publish, putContact, useDesk, worksId } from './desk.ts';
import { OCN } from './plan-of.ts';

useDesk();

describe('the calendar feed', () => {
  const get = async (url: string, headers: Record<string, string> = {}) => {
    const token = new URL(url).pathname.split('/')[2] ?? '';
    const event = { pathParameters: { token }, headers, requestContext: { http: { method: 'GET' } } };
    return feed(event as unknown as Parameters<typeof feed>[0], contextOf('works-feed'));
  };
  const address = async () => {
    const keys = parseTokenKeys(await secret(process.env.LINK_KEYS_SECRET ?? ''), new Date(NOW));
    const number = (await preferencesOf(OCN, anna.contactId))().feed;
    return feedUrls('https://portal.test.example', { ocn: OCN, contactId: anna.contactId, number }, keys).https;
  };

  test('shows what is open, as the diary has it, and nothing that is cancelled', async () => {
    const url = await address();
    await publish();
    const first = await get(url);
    expect(first).toMatchObject({ statusCode: 200, headers: { 'content-type': 'text/calendar; charset=utf-8' } });
    expect(first.body).toContain('METHOD:PUBLISH');
    expect(first.body).toContain('SEQUENCE:0');
    const etag = String(first.headers?.etag);
    const lastModified = String(first.headers?.['last-modified']);
    expect((await get(url, { 'if-none-match': etag })).statusCode).toBe(304);
    expect((await get(url, { 'if-modified-since': lastModified })).statusCode).toBe(304);
    setClock('2026-11-02T11:00:00Z');
    await publish({ revision: 1, title: 'Another title' });
    const second = await get(url, { 'if-none-match': etag, 'if-modified-since': lastModified });
    expect(second.statusCode).toBe(200);
    expect(second.body).toContain('SEQUENCE:1');
    await publish({ revision: 2, status: 'cancelled' });
    expect((await get(url)).body).not.toContain('VEVENT');
  });

  test('shows who wants no email the same', async () => {
    await setPreference(
      OCN,
      anna.contactId,
      { name: 'works', bcn: '*', value: 'feed-only' },
      { changeId: randomUUID(), at: NOW, by: 'anna', how: 'page' },
    );
    await publish();
    expect(await annas()).toEqual([]);
    expect((await get(await address())).body).toContain(`X-MAINTNOTE-MAINTENANCE-ID:${worksId}`);
  });

  test('opens for nobody who has an address that was revoked, forged, or of a contact who left', async () => {
    await publish();
    const url = await address();
    await setPreference(
      OCN,
      anna.contactId,
      { name: 'feed', value: '1' },
      { changeId: randomUUID(), at: NOW, by: 'clerk', how: 'revoked' },
    );
    expect((await get(url)).statusCode).toBe(404);
    const fresh = await address();
    expect((await get(fresh)).statusCode).toBe(200);
    expect((await get(fresh.replace('/works.ics', 'x/works.ics'))).statusCode).toBe(404);
    await putContact({ ...anna, activeTo: '2026-11-01' });
    expect((await get(fresh)).statusCode).toBe(404);
  });
});
