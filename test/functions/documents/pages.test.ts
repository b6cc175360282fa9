import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { beforeEach, describe, expect, test } from 'vitest';
import { now } from '../../../functions/aws/clock.ts';
import { bucketNamed, setting } from '../../../functions/aws/environment.ts';
import { putObject } from '../../../functions/aws/objects.ts';
import { secret } from '../../../functions/aws/secrets.ts';
import { queryPage, transact } from '../../../functions/aws/tables.ts';
import { handler } from '../../../functions/documents/pages.handler.ts';
import { addVersion, openPublication, publish } from '../../../functions/documents/records.ts';
import { documentPageUrl, documentRef } from '../../../functions/messages/links.ts';
import { parseTokenKeys } from '../../../functions/tokens/token-keys.ts';
import { contextOf, setClock, useCloud } from '../../emulators/cloud.ts';
import { contactOf, putDirectory } from '../messages/directory-of.ts';

useCloud();

const PUBLISHED = '2026-11-04T06:00:00.000Z';
const BYTES = Buffer.from('%PDF-1.7 an invoice');

let contactId: string;
let publicationId: string;
let token: string;

beforeEach(async () => {
  // Signed URLs are judged by the machine's own clock.
  setClock();
  contactId = `C-${randomUUID().slice(0, 8)}`;
  publicationId = randomUUID();
  await putDirectory(contactOf({ contactId, email: `${contactId}@acme.example` }));
  await openPublication({ publicationId, period: '2026-10', calendar: 'DE' }, now());
  token = await tokenOf({});
});

async function tokenOf(changes: Partial<{ ocn: string; bcn: string; period: string; contactId: string }>): Promise<string> {
  const keys = parseTokenKeys(await secret(setting('LINK_KEYS_SECRET')), now());
  return documentPageUrl('', { ocn: '100234', bcn: 'B4711', period: '2026-10', contactId, ...changes }, keys).slice('/d/'.length);
}

async function addInvoice(number: string) {
  const facts = { gross: '1234.56', currency: 'EUR', dueDate: '2026-12-04' };
  const name = { ocn: '100234', bcn: 'B4711', period: '2026-10', kind: 'invoice', format: 'pdf', number } as const;
  const version = await addVersion({ ...name, sha256: 'x'.repeat(64), bytes: BYTES.length, publicationId, facts });
  await putObject({ bucket: bucketNamed('portal'), key: version.key, body: BYTES, contentType: 'application/pdf' });
  return version;
}

const makeVisible = (at: string | Date = PUBLISHED) => transact([publish(publicationId, new Date(at), 'test')]);

function request(parameters: Record<string, string>, method = 'GET') {
  const event = { pathParameters: parameters, headers: {}, requestContext: { http: { method } } } as unknown as APIGatewayProxyEventV2;
  return handler(event, contextOf('public-pages'));
}

describe('the document page', () => {
  test('shows what is visible now, in the contact’s language, and signs at the click', async () => {
    const { documentId } = await addInvoice(`DE-${contactId}`);
    await makeVisible();
    const page = await request({ token });
    expect(page).toMatchObject({ statusCode: 200, headers: { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' } });
    expect(page.headers?.['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(page.body).toContain('Documents for October 2026');
    expect(page.body).toContain(`Invoice DE-${contactId}`);
    expect(page.body).toContain('1,234.56\u00a0EUR, due 4\u00a0Dec\u00a02026');
    const href = `/d/${token}/${documentRef(documentId)}`;
    expect(page.body).toContain(`href="${href}"`);
    const click = await request({ token, document: documentRef(documentId) });
    expect(click).toMatchObject({ statusCode: 303, body: '' });
    const signed = new URL(String(click.headers?.location));
    expect(signed.searchParams.get('X-Amz-Expires')).toBe('60');
    expect(Buffer.from(await (await fetch(signed)).arrayBuffer())).toEqual(BYTES);
    signed.pathname = signed.pathname.replace('B4711', 'B4712');
    expect((await fetch(signed)).status).toBeGreaterThanOrEqual(400);
  });

  test('HEAD answers the same without a body', async () => {
    await addInvoice(`DE-${contactId}`);
    await makeVisible();
    const [get, head] = [await request({ token }), await request({ token }, 'HEAD')];
    expect(head).toEqual({ ...get, body: '' });
  });

  test('a scanner that visits often changes nothing', async () => {
    const { documentId } = await addInvoice(`DE-${contactId}`);
    await makeVisible();
    const everything = () => queryPage('documents', { pk: 'ACCOUNT#B4711' });
    const before = await everything();
    for (let visit = 0; visit < 5; visit += 1) await request({ token, document: documentRef(documentId) }, visit % 2 ? 'HEAD' : 'GET');
    expect(await everything()).toEqual(before);
  });

  test('one second before its publication there is nothing, at the second there is', async () => {
    const { documentId } = await addInvoice(`DE-${contactId}`);
    await makeVisible('2030-01-04T07:00:00Z');
    setClock('2030-01-04T06:59:59Z');
    const other = await request({ token, document: documentRef(documentId) });
    expect(other.statusCode).toBe(404);
    expect((await request({ token })).body ?? '').not.toContain(contactId);
    setClock('2030-01-04T07:00:00Z');
    expect((await request({ token, document: documentRef(documentId) })).statusCode).toBe(303);
  });

  test('every link that opens nothing gets the same answer', async () => {
    const { documentId } = await addInvoice(`DE-${contactId}`);
    await makeVisible();
    const ref = documentRef(documentId);
    const gone = contactOf({ contactId: 'C-gone', email: 'gone@acme.example', activeTo: '2020-01-01' });
    await putDirectory(gone, contactOf({ contactId: 'C-other', email: 'other@acme.example', bcns: ['B9'] }));
    const answers = await Promise.all([
      request({ token: `${token}x` }),
      request({ token: token.slice(0, -3) }),
      request({ token: await tokenOf({ ocn: '999999' }) }),
      request({ token: await tokenOf({ period: '2026-09' }) }),
      request({ token: await tokenOf({ bcn: 'B0000' }) }),
      request({ token: await tokenOf({ contactId: 'C-nobody' }) }),
      request({ token: await tokenOf({ contactId: 'C-gone' }) }),
      request({ token: await tokenOf({ contactId: 'C-other' }) }),
      request({ token, document: 'ffffffffffffffff' }),
      request({ token, document: documentId }),
      request({ token: await tokenOf({ period: '2026-09' }), document: ref }),
    ]);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]).toMatchObject({ statusCode: 404, headers: { 'cache-control': 'no-store' } });
  });
});
