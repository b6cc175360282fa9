import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { now } from '../../../functions/aws/clock.ts';
import { bucketNamed, setting } from '../../../functions/aws/environment.ts';
import { putObject } from '../../../functions/aws/objects.ts';
import { secret } from '../../../functions/aws/secrets.ts';
import { transact } from '../../../functions/aws/tables.ts';
import { handler } from '../../../functions/documents/pages.handler.ts';
import { addVersion, openPublication, publish } from '../../../functions/documents/records.ts';
import { overviewPath, preferencesUrl } from '../../../functions/messages/links.ts';
import { setPreference } from '../../../functions/preferences/preferences.ts';
import { handler as selfService } from '../../../functions/self-service/self-service.handler.ts';
import { parseTokenKeys } from '../../../functions/tokens/token-keys.ts';
import { contextOf, setClock, useCloud } from '../../emulators/cloud.ts';
import { contactOf, putDirectory } from '../messages/directory-of.ts';

useCloud();

const OCN = '100234';
const TODAY = '2026-12-04';
const MONTHS = ['2026-08', '2026-09', '2026-10'];
let contactId: string;

beforeAll(async () => {
  await putDirectory(contactOf({ contactId: 'C0', email: 'c0@acme.example' }));
  await openPublication({ publicationId: 'p', period: '2026-10', calendar: 'DE' }, new Date());
  await transact([publish('p', new Date('2026-11-04T06:00:00Z'), 'test')]);
  for (const period of MONTHS) {
    // So many that they take two pages.
    for (let number = 10; number < 35; number += 1) await issue(period, `${period}-${number}`);
  }
  await issue('2026-10', 'OTHER-1', 'B4712');
  await issue('2026-10', 'FOREIGN-1', 'B4711', '999999');
});

beforeEach(async () => {
  setClock(`${TODAY}T12:00:00Z`);
  contactId = `C-${randomUUID().slice(0, 8)}`;
  await putDirectory(contactOf({ contactId, email: `${contactId}@acme.example` }));
});

async function issue(period: string, number: string, bcn = 'B4711', ocn = OCN) {
  const facts = { gross: '100.00', payable: '100.00', currency: 'EUR', dueDate: '2026-12-04' };
  const name = { ocn, bcn, period, kind: 'invoice', format: 'pdf', number } as const;
  return addVersion({ ...name, sha256: randomUUID().replaceAll('-', '').repeat(2), bytes: 5, publicationId: 'p', facts });
}

const keys = async () => parseTokenKeys(await secret(setting('LINK_KEYS_SECRET')), now());

async function tokenOf(changes: Partial<{ ocn: string; contactId: string; number: string; on: string }> = {}): Promise<string> {
  return overviewPath({ ocn: OCN, contactId, number: '0', on: TODAY, ...changes }, await keys()).slice('/documents/'.length);
}

function get(overview: string, { document, after }: { document?: string; after?: string } = {}, method = 'GET') {
  const event = {
    pathParameters: { overview, ...(document ? { document } : {}) },
    queryStringParameters: after ? { after } : undefined,
    headers: {},
    requestContext: { http: { method } },
  } as unknown as APIGatewayProxyEventV2;
  return handler(event, contextOf('public-pages'));
}

const numbersOn = (body = '') => [...body.matchAll(/Invoice ([\w-]+)/g)].map(([, number]) => number);

describe('the page with all of a contact’s documents', () => {
  test('shows them period by period, a page at a time, each once, and nobody else’s', async () => {
    const token = await tokenOf();
    const first = await get(token);
    expect(first).toMatchObject({ statusCode: 200, headers: { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' } });
    expect(first.headers?.['content-security-policy']).toMatch(/^default-src 'none'/);
    expect([...(first.body ?? '').matchAll(/<h2>(.*?)<\/h2>/g)].map(([, period]) => period)).toEqual([
      'October 2026',
      'September 2026',
      'August 2026',
    ]);
    const after = /\?after=([\w-]+)/.exec(first.body ?? '')?.[1] ?? '';
    const second = await get(token, { after });
    const all = [...numbersOn(first.body), ...numbersOn(second.body)];
    expect(all).toHaveLength(75);
    expect(new Set(all).size).toBe(75);
    expect(all.filter((number) => !/^2026-\d\d-\d\d$/.test(number ?? ''))).toEqual([]);
    expect(second.body).not.toContain('?after=');
    expect(second.body).toContain('Latest documents');
  });

  test('signs one document at the click', async () => {
    setClock();
    const { key } = await issue('2026-07', 'CLICK-1');
    await putObject({ bucket: bucketNamed('portal'), key, body: Buffer.from('%PDF-'), contentType: 'application/pdf' });
    const document = Buffer.from('B4711/2026-07/invoice-CLICK-1.pdf').toString('base64url');
    const click = await get(await tokenOf({ on: now().toISOString().slice(0, 10) }), { document });
    expect(click.statusCode).toBe(303);
    expect(await (await fetch(String(click.headers?.location))).text()).toBe('%PDF-');
  });

  test('opens for 90 days, and until the contact leaves', async () => {
    const token = await tokenOf({ on: '2026-09-05' });
    expect((await get(token)).statusCode).toBe(200);
    setClock('2026-12-05T12:00:00Z');
    expect((await get(token)).statusCode).toBe(404);
    await putDirectory(contactOf({ contactId, email: `${contactId}@acme.example`, activeTo: '2026-12-04' }));
    expect((await get(await tokenOf({ on: '2026-12-05' }))).statusCode).toBe(404);
  });

  test('is revoked by a named person, and by the contact in its settings, where there is a new link', async () => {
    const old = await tokenOf();
    const decided = { changeId: randomUUID(), at: now().toISOString(), by: 'Jane', how: 'revoked: forwarded' };
    await setPreference(OCN, contactId, { name: 'documentsLink', value: 'abc' }, decided);
    expect((await get(old)).statusCode).toBe(404);
    const second = await tokenOf({ number: 'abc' });
    expect((await get(second)).statusCode).toBe(200);
    const settings = preferencesUrl('', { ocn: OCN, contactId, on: TODAY }, await keys()).slice('/p/'.length);
    const page = await visitSettings(settings);
    expect(page).toContain('Show my documents');
    const after = await visitSettings(settings, 'documents-link=revoke');
    expect(after).toContain('Earlier links to your documents open nothing any more.');
    expect((await get(second)).statusCode).toBe(404);
    const fresh = /href="\/documents\/([\w.-]+)"/.exec(after)?.[1] ?? '';
    expect((await get(fresh)).statusCode).toBe(200);
  });

  test('opens nothing for anybody else: one answer to all of them', async () => {
    const token = await tokenOf();
    await putDirectory(
      contactOf({ contactId: 'C-other', email: 'o@acme.example', bcns: ['B9'] }),
      contactOf({ contactId: 'C-works', email: 'w@acme.example', roles: ['maintenance'] }),
    );
    const document = (id: string) => ({ document: Buffer.from(id).toString('base64url') });
    const answers = await Promise.all([
      get(`${token}x`),
      get(await tokenOf({ ocn: '999999' })),
      get(await tokenOf({ contactId: 'C-nobody' })),
      get(await tokenOf({ contactId: 'C-other' })),
      get(await tokenOf({ contactId: 'C-works' })),
      get(await tokenOf({ number: '1' })),
      get(token, { after: 'nonsense' }),
      get(token, document('B4712/2026-10/invoice-OTHER-1.pdf')),
      get(token, document('B4711/2026-10/invoice-FOREIGN-1.pdf')),
      get(token, { document: 'nonsense' }),
    ]);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]?.statusCode).toBe(404);
  });
});

async function visitSettings(settings: string, posted?: string): Promise<string> {
  const event = {
    pathParameters: { settings },
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    requestContext: { http: { method: posted === undefined ? 'GET' : 'POST' } },
    body: posted,
  } as unknown as APIGatewayProxyEventV2;
  return (await selfService(event, contextOf('self-service'))).body ?? '';
}
