import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bucketNamed } from '../../../functions/aws/environment.ts';
import { putObject } from '../../../functions/aws/objects.ts';
import { transact } from '../../../functions/aws/tables.ts';
import { handler } from '../../../functions/documents/documents-api.handler.ts';
import { takePayment } from '../../../functions/documents/payment-statuses.ts';
import { addVersion, type DocumentKind, openPublication, publish } from '../../../functions/documents/records.ts';
import { contextOf, setClock, useCloud } from '../../emulators/cloud.ts';
import { contactOf, putDirectory } from '../messages/directory-of.ts';

useCloud();

const OCN = '100234';
const PUBLISHED = '2026-11-04T06:00:00.000Z';

interface Body {
  readonly documents: readonly Record<string, unknown>[];
  readonly next: string | null;
}

function ask(
  path: { ocn?: string; document?: string },
  query: Record<string, string> = {},
  more: { claim?: unknown; headers?: object } = {},
) {
  const claims = { ocn: 'claim' in more ? more.claim : OCN };
  const event = {
    pathParameters: { ocn: OCN, ...path },
    queryStringParameters: query,
    headers: more.headers ?? {},
    requestContext: { http: { method: 'GET' }, authorizer: { jwt: { claims, scopes: ['documents.read'] } } },
  } as unknown as APIGatewayProxyEventV2;
  return handler(event, contextOf('documents-api'));
}

async function listed(query: Record<string, string> = {}): Promise<Body> {
  return JSON.parse((await ask({}, query)).body ?? '');
}

async function issue(period: string, kind: DocumentKind, number: string | undefined, publicationId: string, ocn = OCN) {
  const format = kind === 'cdr' ? 'csv.gz' : 'pdf';
  const facts = number && { gross: '100.00', payable: '100.00', currency: 'EUR', issueDate: '2026-11-04', dueDate: '2026-12-04' };
  const name = { ocn, bcn: 'B4711', period, kind, format, number } as const;
  return addVersion({ ...name, sha256: randomUUID().replaceAll('-', '').repeat(2), bytes: 5, publicationId, facts: facts || undefined });
}

beforeAll(async () => {
  await putDirectory(contactOf({ contactId: 'C1', email: 'c1@acme.example' }));
  for (const [publicationId, at] of [
    ['p10', PUBLISHED],
    ['p11', '2026-12-03T06:00:00.000Z'],
    ['coming', undefined],
  ] as const) {
    await openPublication({ publicationId, period: '2026-10', calendar: 'DE' }, new Date(PUBLISHED));
    if (at) await transact([publish(publicationId, new Date(at), 'test')]);
  }
  for (let number = 1; number <= 7; number += 1) await issue('2026-10', 'invoice', `DE-0${number}`, 'p10');
  await issue('2026-10', 'cdr', undefined, 'p10');
  await issue('2026-10', 'cdr', undefined, 'p11');
  await issue('2026-11', 'invoice', 'DE-11', 'p11');
  await issue('2026-12', 'invoice', 'DE-12', 'coming');
  await issue('2026-10', 'invoice', 'XX-01', 'p10', '999999');
  const said = { status: 'part-paid', paid: '40.00', currency: 'EUR', asOf: '2026-11-20' } as const;
  const place = { importId: 'i', importedAt: PUBLISHED, fileDate: '2026-11-20', line: 2 };
  await takePayment('B4711', { number: 'DE-01', currency: 'EUR', due: '100.00' }, said, place);
});

beforeEach(() => setClock('2026-12-04T12:00:00Z'));

describe('the documents of a customer, for its portal', () => {
  test('are what it can see now, the newest period first, with amounts and payment', async () => {
    const { documents, next } = await listed();
    expect(next).toBeNull();
    expect(documents.map(({ period, number, kind }) => `${period} ${number ?? kind}`)).toEqual([
      '2026-11 DE-11',
      ...[7, 6, 5, 4, 3, 2, 1].map((number) => `2026-10 DE-0${number}`),
      '2026-10 cdr',
    ]);
    expect(documents.at(-2)).toEqual({
      ...{ bcn: 'B4711', period: '2026-10', kind: 'invoice', number: 'DE-01', version: 1, format: 'pdf', bytes: 5 },
      ...{ sha256: expect.stringMatching(/^[0-9a-f]{64}$/), publishedAt: PUBLISHED, issueDate: '2026-11-04', dueDate: '2026-12-04' },
      ...{ currency: 'EUR', gross: '100.00', payable: '100.00' },
      payment: { status: 'part-paid', paid: '40.00', currency: 'EUR', asOf: '2026-11-20' },
      href: expect.stringMatching(/^\/accounts\/100234\/documents\/[\w-]+$/),
    });
    expect(documents.at(-1)).toMatchObject({ kind: 'cdr', version: 2, number: null, payment: null, gross: null });
  });

  test('before a publication they are what they were', async () => {
    setClock('2026-12-03T05:59:59Z');
    const { documents } = await listed();
    expect(documents.filter(({ period }) => period === '2026-11')).toEqual([]);
    expect(documents.at(-1)).toMatchObject({ kind: 'cdr', version: 1 });
  });

  test.each([1, 2, 3, 5])('come in pages of %i, each once', async (limit) => {
    const whole = await listed();
    const seen: unknown[] = [];
    let cursor: string | null | undefined;
    do {
      const page: Body = await listed({ limit: String(limit), ...(cursor ? { cursor } : {}) });
      expect(page.documents.length).toBeLessThanOrEqual(limit);
      seen.push(...page.documents);
      cursor = page.next;
    } while (cursor);
    expect(seen).toEqual(whole.documents);
  });

  test('of one period', async () => {
    expect((await listed({ period: '2026-11' })).documents).toHaveLength(1);
    expect((await listed({ period: '2026-10', limit: '3' })).documents).toHaveLength(3);
  });

  test('are answered by 304 while nothing changed', async () => {
    const { headers } = await ask({});
    const again = await ask({}, {}, { headers: { 'if-none-match': `"other", W/${headers?.etag}` } });
    expect(again).toMatchObject({ statusCode: 304, body: '', headers: { etag: headers?.etag } });
    const other = await ask({}, { period: '2026-11' }, { headers: { 'if-none-match': String(headers?.etag) } });
    expect(other.statusCode).toBe(200);
  });

  test('are signed one at a time, at the click', async () => {
    setClock();
    const { key } = await issue('2026-09', 'invoice', 'DE-09', 'p10');
    await putObject({ bucket: bucketNamed('portal'), key, body: Buffer.from('%PDF-'), contentType: 'application/pdf' });
    const name = Buffer.from('B4711/2026-09/invoice-DE-09.pdf').toString('base64url');
    const click = await ask({ document: name });
    expect(click.statusCode).toBe(303);
    expect(await (await fetch(String(click.headers?.location))).text()).toBe('%PDF-');
  });

  test('are kept by kind and country: in Germany call records for six months', async () => {
    setClock('2027-06-01T00:00:00Z');
    expect((await listed({ period: '2026-10' })).documents.map(({ kind }) => kind)).toContain('cdr');
    setClock('2027-06-05T00:00:00Z');
    const later = await listed({ period: '2026-10' });
    expect(new Set(later.documents.map(({ kind }) => kind))).toEqual(new Set(['invoice']));
    const calls = Buffer.from('B4711/2026-10/cdr-B4711.csv.gz').toString('base64url');
    expect((await ask({ document: calls })).statusCode).toBe(404);
    setClock('2026-12-04T12:00:00Z');
    expect((await ask({ document: calls })).statusCode).toBe(303);
  });

  test('of somebody else, or of nobody, are not there; all with the same answer', async () => {
    const name = (id: string) => Buffer.from(id).toString('base64url');
    const answers = await Promise.all([
      ask({ ocn: '999999' }),
      ask({ ocn: '100235' }, {}, { claim: '100235' }),
      ask({}, {}, { claim: '1002' }),
      ask({}, {}, { claim: undefined }),
      ask({}, {}, { claim: { ocn: OCN } }),
      ask({ document: name('B4711/2026-10/invoice-XX-01.pdf') }),
      ask({ document: name('B4711/2026-12/invoice-DE-12.pdf') }),
      ask({ document: name('B4711/2026-10/manifest-B4711.json') }),
      ask({ document: 'nonsense' }),
      ask({ ocn: '999999', document: name('B4711/2026-10/invoice-XX-01.pdf') }),
    ]);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]?.statusCode).toBe(404);
    expect((await ask({}, {}, { claim: `999999 ${OCN}` })).statusCode).toBe(200);
  });

  test.each([
    [{ limit: '0' }, 'limit', 'a whole number from 1 to 100 is expected'],
    [{ limit: 'many' }, 'limit', 'a whole number from 1 to 100 is expected'],
    [{ period: '2026-13' }, 'period', 'a month such as 2026-10 is expected'],
    [{ cursor: 'x' }, 'cursor', 'the `next` of the page before is expected'],
  ])('asked for with %j: 400 with what would be right', async (query, field, expected) => {
    const { statusCode, body = '' } = await ask({}, query);
    expect(statusCode).toBe(400);
    expect(JSON.parse(body).errors).toMatchObject([{ field, expected }]);
  });
});
