import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { beforeAll, describe, expect, test } from 'vitest';
import { now } from '../../../functions/aws/clock.ts';
import { setting } from '../../../functions/aws/environment.ts';
import { secret } from '../../../functions/aws/secrets.ts';
import { putItem } from '../../../functions/aws/tables.ts';
import { contactKey } from '../../../functions/directory/keys.ts';
import { answersOfContact, eraseAnswers } from '../../../functions/first-invoice/personal-data.ts';
import { handler } from '../../../functions/first-invoice/review-pages.handler.ts';
import { getReview, historyOf } from '../../../functions/first-invoice/review-store.ts';
import { messagesOf } from '../../../functions/messages/counts.ts';
import { type ReviewGrant, reviewUrl } from '../../../functions/messages/links.ts';
import { parseTokenKeys } from '../../../functions/tokens/token-keys.ts';
import { contextOf, setClock, useCloud } from '../../emulators/cloud.ts';
import { type Carrier, PERIOD, publishedMonth, putBill } from '../billing/month.ts';
import { contactOf } from '../messages/directory-of.ts';
import { settleAll, stateOf, strike, tellChanged } from './desk.ts';

const MORE = { net: '200.00', vat: '38.00', gross: '238.00' };
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

useCloud();

let carrier: Carrier;

beforeAll(async () => {
  carrier = await publishedMonth('V', 9, (bcns) => bcns);
  await settleAll();
  for (const [contactId, roles] of [
    ['P2', ['billing']],
    ['P3', ['technical']],
  ] as const) {
    const contact = contactOf({ contactId, ocn: carrier.ocn, email: `${contactId}@acme.example`, name: 'Ben Muster', roles: [...roles] });
    await putItem('directory', { ...contactKey(carrier.ocn, contactId), record: contact });
  }
  setClock('2026-11-05T09:00:00Z');
});

const bcnAt = (index: number) => carrier.bcns[index] ?? '';

async function tokenOf(bcn: string, changes: Partial<ReviewGrant> = {}): Promise<string> {
  const keys = parseTokenKeys(await secret(setting('LINK_KEYS_SECRET')), now());
  const grant = { ocn: carrier.ocn, bcn, period: PERIOD, contactId: 'PV', version: 1, on: '2026-11-04', ...changes };
  return reviewUrl('', grant, keys).slice('/r/'.length);
}

async function ask(review: string, { part, form, method }: { part?: string; form?: Record<string, string>; method?: string } = {}) {
  const event = {
    pathParameters: { review, ...(part === undefined ? {} : { part }) },
    headers: form ? FORM : {},
    requestContext: { http: { method: method ?? (form ? 'POST' : 'GET') } },
    ...(form && { body: new URLSearchParams(form).toString() }),
    isBase64Encoded: false,
  };
  return handler(event as unknown as APIGatewayProxyEventV2, contextOf('review-pages'));
}

/** What a browser would send of the page as it stands, with these fields filled in. */
async function filled(review: string, fields: Record<string, string>): Promise<Record<string, string>> {
  const page = (await ask(review)).body ?? '';
  return { seen: /name="seen" value="([^"]*)"/.exec(page)?.[1] ?? '', name: 'Anna B.', ...fields };
}

const lettersOf = async (bcn: string) =>
  (await Array.fromAsync(messagesOf(`first invoice ${bcn}/${PERIOD}`)))
    .map(({ kind, facts, contactId }) => `${kind}${'about' in facts ? ` ${facts.about}` : ''} to ${contactId}`)
    .sort();

describe('the page of a draft', () => {
  test('shows every line, when to answer, and the ways to see it, in the reader’s language', async () => {
    const { statusCode, body = '', headers } = await ask(await tokenOf(bcnAt(0)));
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({ 'cache-control': 'no-store' });
    for (const said of ['Ihre erste Rechnung für Oktober 2026', 'Dies ist ein Entwurf und keine Rechnung', '11. Nov. 2026', '119,00']) {
      expect(body).toContain(said);
    }
    expect(body).toContain('name="line-0-0"');
    expect(body).not.toContain('<script');
  });

  test('shows its pages one by one, and its file', async () => {
    const token = await tokenOf(bcnAt(0));
    const page = await ask(token, { part: 'page-1' });
    expect(page.body).toContain('<svg');
    expect(page.body).toContain('ENTWURF, keine Rechnung');
    const file = await ask(token, { part: 'draft-1.pdf' });
    expect(file).toMatchObject({ statusCode: 200, isBase64Encoded: true, headers: { 'content-type': 'application/pdf' } });
    expect(
      Buffer.from(file.body ?? '', 'base64')
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    const parts = ['page-0', 'page-99', 'draft-2.pdf', 'draft-0.pdf', 'page-1x', '..'];
    const answers = await Promise.all(parts.map((part) => ask(token, { part })));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(parts.map(() => 404));
  });

  test('nothing changes by looking, however often and however', async () => {
    const token = await tokenOf(bcnAt(0));
    for (const method of ['GET', 'HEAD']) await ask(token, { method });
    expect(await stateOf(bcnAt(0), PERIOD)).toBe('awaiting-customer 1');
    expect((await ask(token, { form: { decision: 'maybe' } })).statusCode).toBe(400);
    expect((await ask(token, { method: 'POST' })).statusCode).toBe(400);
    expect(await stateOf(bcnAt(0), PERIOD)).toBe('awaiting-customer 1');
  });
});

describe('a link that opens nothing is the same 404', () => {
  test.each<[string, () => Promise<string>]>([
    ['another customer’s contact', () => tokenOf(bcnAt(0), { ocn: 'C999' })],
    ['an unknown contact', () => tokenOf(bcnAt(0), { contactId: 'nobody' })],
    ['a contact who does not look after invoices', () => tokenOf(bcnAt(0), { contactId: 'P3' })],
    ['another period', () => tokenOf(bcnAt(0), { period: '2026-09' })],
    ['an account without a draft', () => tokenOf('B999')],
    ['a token that was tampered with', async () => `${(await tokenOf(bcnAt(0))).slice(0, -2)}xx`],
    ['no token', async () => 'v1'],
  ])('%s', async (_, token) => {
    const wrong = await token();
    const answers = await Promise.all([
      ask(wrong),
      ask(wrong, { form: { decision: 'approve', name: 'X' } }),
      ask(wrong, { part: 'page-1' }),
    ]);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 404, 404]);
    expect(answers[0]?.body).toContain('This link does not work');
    expect(await stateOf(bcnAt(0), PERIOD)).toBe('awaiting-customer 1');
  });
});

describe('an answer', () => {
  test('approves with name and time; the second to approve reads whose word stands', async () => {
    const bcn = bcnAt(1);
    const [anna, ben] = [await tokenOf(bcn), await tokenOf(bcn, { contactId: 'P2' })];
    const both = await filled(anna, { decision: 'approve' });
    expect((await ask(anna, { form: both })).body).toContain('Der Entwurf ist freigegeben');
    expect(await getReview(bcn, PERIOD)).toMatchObject({
      state: 'approved',
      answer: { actor: { kind: 'customer', contactId: 'PV', name: 'Anna B.' }, at: now().toISOString() },
    });
    expect((await ask(ben, { form: { ...both, name: 'Ben' } })).body).toContain('somebody else answered before you');
    expect((await ask(anna, { form: both })).body).toContain('Der Entwurf ist freigegeben');
    await settleAll();
    expect((await ask(ben)).body).toContain('Your first invoice has been issued');
    expect(await historyOf(bcn, PERIOD)).toHaveLength(3);
  });

  test('asks about lines in the customer’s words, once, and says so by mail', async () => {
    const bcn = bcnAt(2);
    const token = await tokenOf(bcn);
    const form = await filled(token, { decision: 'query', 'line-0-0': 'Twice as much\r\nas agreed', whole: '<b>PO</b>' });
    const page = await ask(token, { form });
    expect(page.body).toContain('Ihre Fragen sind bei uns');
    expect(page.body).toContain('&lt;b&gt;PO&lt;/b&gt;');
    await ask(token, { form });
    const again = { ...form, seen: (await getReview(bcn, PERIOD))?.answer?.at ?? '' };
    await ask(token, { form: again });
    expect((await getReview(bcn, PERIOD))?.answer?.lines).toEqual([
      { billId: `BILL-${bcn}`, lineId: '1', reason: 'Twice as much\nas agreed' },
      { billId: `BILL-${bcn}`, reason: '<b>PO</b>' },
    ]);
    expect((await historyOf(bcn, PERIOD)).map(({ trigger }) => trigger)).toEqual(['draft', 'query']);
    expect(await lettersOf(bcn)).toEqual(['first-invoice-query-received to PV', 'first-invoice-review first to PV']);
  });

  test('of two who ask without seeing each other adds up, and who approves then is shown the questions first', async () => {
    const bcn = bcnAt(3);
    const [anna, ben] = [await tokenOf(bcn), await tokenOf(bcn, { contactId: 'P2' })];
    const [annas, bens] = [await filled(anna, { decision: 'query', whole: 'One' }), await filled(ben, { decision: 'query', whole: 'Two' })];
    const approving = await filled(ben, { decision: 'approve' });
    await ask(anna, { form: annas });
    await ask(ben, { form: bens });
    expect((await getReview(bcn, PERIOD))?.answer?.lines?.map(({ reason }) => reason)).toEqual(['One\n\nTwo']);
    const refused = await ask(ben, { form: approving });
    expect(refused.statusCode).toBe(400);
    expect(refused.body).toContain('meanwhile a colleague of yours sent questions');
    expect(await stateOf(bcn, PERIOD)).toBe('queried 1');
    await ask(ben, { form: await filled(ben, { decision: 'approve', whole: 'One\n\nTwo' }) });
    expect(await stateOf(bcn, PERIOD)).toBe('approved 1');
  });

  test.each([
    ['without a name', { decision: 'approve', name: ' ' }, 'bitte nennen Sie Ihren Namen'],
    ['without a question', { decision: 'query' }, 'was nicht stimmt.'],
    ['with both', { decision: 'approve', whole: 'No PO' }, 'Senden Sie Ihre Fragen'],
  ])('%s is not taken, and nothing that was typed is lost', async (_, fields, why) => {
    const token = await tokenOf(bcnAt(4));
    const { statusCode, body = '' } = await ask(token, { form: await filled(token, fields) });
    expect(statusCode).toBe(400);
    expect(body.toLowerCase()).toContain(why.toLowerCase());
    expect(body).toContain('whole' in fields ? fields.whole : 'name="whole"');
    expect(await stateOf(bcnAt(4), PERIOD)).toBe('awaiting-customer 1');
  });
});

describe('a link', () => {
  test('dies with its version: a friendly word, and a new link by mail', async () => {
    const bcn = bcnAt(5);
    const token = await tokenOf(bcn);
    const form = await filled(token, { decision: 'approve' });
    await putBill(bcn, { ...MORE, revision: 1 });
    await tellChanged(bcn, PERIOD, '1');
    const old = await ask(token);
    expect(old).toMatchObject({ statusCode: 404, body: expect.stringContaining('Es gibt einen neueren Entwurf') });
    expect(old.body).not.toContain('119,00');
    expect((await ask(token, { part: 'page-1' })).statusCode).toBe(404);
    expect((await ask(token, { form })).statusCode).toBe(404);
    expect(await stateOf(bcn, PERIOD)).toBe('awaiting-customer 2');
    for (const _ of ['once', 'twice']) expect((await ask(token, { form: { link: 'mail' } })).body).toContain('a…@example.com');
    expect(await lettersOf(bcn)).toEqual([
      'first-invoice-review changed to P2',
      'first-invoice-review changed to PV',
      'first-invoice-review first to PV',
      'first-invoice-review link to PV',
    ]);
    expect((await ask(await tokenOf(bcn, { version: 2 }))).body).toContain('238,00');
  });

  test('opens the draft for 90 days, then offers a new one', async () => {
    const bcn = bcnAt(6);
    const token = await tokenOf(bcn, { on: '2026-08-06' });
    const { statusCode, body = '' } = await ask(token);
    expect(statusCode).toBe(200);
    expect(body).toContain('Dieser Link ist zu alt');
    await ask(token, { form: { decision: 'approve', name: 'Anna' } });
    expect(await stateOf(bcn, PERIOD)).toBe('awaiting-customer 1');
    expect((await ask(await tokenOf(bcn, { on: '2026-08-07' }))).body).toContain('name="line-0-0"');
  });

  test('shows nothing of a draft that is being corrected', async () => {
    const bcn = bcnAt(7);
    const token = await tokenOf(bcn);
    await putBill(bcn, { net: '100.00', vat: '19.01', gross: '119.01', revision: 1 });
    await tellChanged(bcn, PERIOD, '1');
    const { body = '' } = await ask(token);
    expect(body).toContain('Ein neuer Entwurf ist in Arbeit');
    expect(body).not.toContain('119,01');
  });
});

test('reminders go to everybody who may answer, once each', async () => {
  const bcn = bcnAt(8);
  for (const at of ['2026-11-06T08:00:00.000Z', '2026-11-10T08:00:00.000Z', '2026-11-10T09:00:00.000Z']) await strike(at);
  expect(await lettersOf(bcn)).toEqual([
    'first-invoice-review first to PV',
    ...Array.from({ length: 2 }, () => 'first-invoice-review reminder to P2'),
    ...Array.from({ length: 2 }, () => 'first-invoice-review reminder to PV'),
  ]);
});

test('what a contact answered can be handed out, and its name erased; that it was this contact stays', async () => {
  const before = await answersOfContact(carrier.ocn, 'P2', []);
  expect(before.map(({ bcn, trigger }) => `${bcn} ${trigger}`)).toEqual([`${bcnAt(3)} query`, `${bcnAt(3)} approve`]);
  expect(await eraseAnswers(carrier.ocn, 'P2', [])).toBe(2);
  expect(await eraseAnswers(carrier.ocn, 'P2', [])).toBe(0);
  const left = await answersOfContact(carrier.ocn, 'P2', []);
  expect(left.map(({ actor }) => actor)).toEqual(before.map(() => ({ kind: 'customer', contactId: 'P2', name: '' })));
  expect((await getReview(bcnAt(3), PERIOD))?.answer?.actor).toMatchObject({ contactId: 'P2', name: '' });
  expect(await answersOfContact(carrier.ocn, 'PV', [])).not.toEqual([]);
});
