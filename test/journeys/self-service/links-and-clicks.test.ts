import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Mail } from '../../oracle/mails.ts';
import { type DocumentRow, exportedMails, sha256 } from '../evidence.ts';
import { type LocalCloud, startLocalCloud } from '../local-cloud.ts';
import { PERIOD, SAMPLES, writeSlice } from '../slice.ts';
import { hashOfTables } from './hash-of-tables.ts';

/** Accounts whose month has invoices of several kinds, and mail with records alone. */
const BCNS = ['B20018501', 'B10023902', 'B10024602', 'B20015902'];
/** A second before 07:00 in Berlin; in London it is an hour more. */
const BEFORE = '2026-11-04T05:59:59Z';
/** The one that gets post, and a contact who looks after all of its customer. */
const BCN = 'B20018501';
const READER = ['200185', 'K200185-1'] as const;
/** A contact of one of them. */
const ADMINISTRATOR = { ocn: '100246', contactId: 'K100246-1' };
/** At least each link twice. */
const LOOKS = process.env.LONG === '1' ? 1_000 : 200;
const AT_ONCE = 20;

interface Decision {
  readonly setting: string;
  readonly value: string;
  readonly how: string;
}

const work = mkdtempSync(join(tmpdir(), 'clicks-'));
let cloud: LocalCloud;
let mails: Mail[];
/** Ways out of optional mail, one for each contact and category. */
let waysOut: string[];

beforeAll(async () => {
  writeSlice(join(work, 'export'), BCNS);
  cloud = await startLocalCloud(join(work, 'data'));
  await cloud.must('load', join(work, 'export'));
  await cloud.must('at', BEFORE);
  // At rest, nothing is written: the copy is what a power cut would leave.
  cpSync(join(work, 'data'), join(work, 'second-before'), { recursive: true, filter: (file) => !file.endsWith('local.json') });
  await cloud.must('at', '2026-11-04T08:00:00Z');
  await cloud.run('works', join(SAMPLES, 'planned-works.jsonl'));
  const first = await exportedMails(cloud);
  const settings = first.flatMap(({ links }) => links.filter((link) => link.includes('/p/')))[0] ?? '';
  await fetch(first.find(({ oneClick }) => oneClick)?.oneClick ?? settings, {
    method: 'POST',
    body: new URLSearchParams({ settings: 'mail' }),
  });
  await cloud.must('at', '2026-11-04T08:01:00Z');
  mails = await exportedMails(cloud);
  waysOut = [...new Set(mails.flatMap(({ oneClick }) => oneClick ?? []))];
});

afterAll(async () => {
  await cloud?.stop();
  rmSync(work, { recursive: true, force: true });
});

/** The pages of documents, without the links to single files. */
function documentLinks(): string[] {
  return [...new Set(mails.flatMap(({ links }) => links.filter((link) => /\/d\/[^/]+$/.test(link))))];
}

/** The contact that a link of ours is for. */
function ownerOf(link: string): { ocn: string; contactId: string; category: string; bcn: string } {
  const payload = new URL(link).pathname.split('/')[2]?.split('.')[2] ?? '';
  return JSON.parse(Buffer.from(payload, 'base64url').toString());
}

function administrators(): string[] {
  const lines = readFileSync(join(work, 'export', 'directory', 'contacts.jsonl'), 'utf8')
    .trim()
    .split('\n');
  const contacts = lines.map((line) => JSON.parse(line) as { contactId: string; roles: readonly string[] });
  return contacts.filter(({ roles }) => roles.includes('administrator')).map(({ contactId }) => contactId);
}

async function decisionsOf(link: string): Promise<Decision[]> {
  const { ocn, contactId } = ownerOf(link);
  return cloud.json<Decision[]>('preferences', 'show', ocn, contactId);
}

describe('Links to documents', () => {
  it('open a page that hands over exactly the documents of their account', async () => {
    const links = documentLinks();
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) {
      expect(link.startsWith(cloud.file.urls.public)).toBe(true);
      const text = await (await fetch(link)).text();
      const rows = await cloud.json<DocumentRow[]>('documents', BCNS.find((bcn) => text.includes(bcn)) ?? '', PERIOD);
      const targets = [...text.matchAll(/href="(\/d\/[^"]+\/[^"]+)"/g)].map(([, path]) => new URL(path as string, link));
      const sums = await Promise.all(targets.map(async (target) => sha256(Buffer.from(await (await fetch(target)).arrayBuffer()))));
      expect(sums.sort()).toEqual(rows.map((row) => row.sha256).sort());
    }
  });

  it('lead to a page with all documents, until it is revoked', async () => {
    const { url } = await cloud.json<{ url: string }>('preferences', 'documents-link', ...READER);
    const page = await (await fetch(url)).text();
    const rows = await cloud.json<DocumentRow[]>('documents', READER[0]);
    const targets = [...page.matchAll(/href="(\/documents\/[^"]+\/[^"]+)"/g)].map(([, path]) => new URL(path as string, url));
    const sums = await Promise.all(targets.map(async (target) => sha256(Buffer.from(await (await fetch(target)).arrayBuffer()))));
    expect(sums.sort()).toEqual(rows.map((row) => row.sha256).sort());
    await cloud.must('preferences', 'documents-link', ...READER, '--revoke', '--reason', 'forwarded');
    expect((await fetch(url)).status).toBe(404);
  });

  it('have a sister for the carrier’s portal: documents as JSON for the bearer of a good token', async () => {
    const rows = await cloud.json<DocumentRow[]>('documents', BCN, PERIOD);
    const { ocn = '' } = rows[0] ?? {};
    const tokens = await Promise.all(
      [[], ['--seconds', '-1'], ['--audience', 'others'], ['--scope', 'profile']].map(async (more) => {
        return (await cloud.json<{ token: string }>('keys', 'token', ocn, ...more)).token;
      }),
    );
    const ask = (path: string, token?: string) =>
      fetch(new URL(path, cloud.file.urls.public), token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });
    const path = `/accounts/${ocn}/documents`;
    const statuses = await Promise.all([ask(path), ...tokens.map((token) => ask(path, token))]);
    expect(statuses.map(({ status }) => status)).toEqual([401, 200, 401, 401, 403]);
    expect((await ask('/accounts/999999/documents', tokens[0])).status).toBe(404);
    const { documents } = (await (await ask(path, tokens[0])).json()) as { documents: { sha256: string; href: string }[] };
    expect(documents.map((document) => document.sha256).sort()).toEqual(rows.map((row) => row.sha256).sort());
    const [document] = documents;
    const bytes = await (await ask(document?.href ?? '', tokens[0])).arrayBuffer();
    expect(sha256(Buffer.from(bytes))).toBe(document?.sha256);
  });

  it('are not all that leaves: what goes by post is a batch, handed over once', async () => {
    const [batch, ...others] = await cloud.json<{ publication: string; state: string; documents: number }[]>('print', 'list', PERIOD);
    expect(others).toEqual([]);
    expect(batch).toMatchObject({ publication: `${PERIOD}.DE.1`, state: 'ready', documents: 1 });
    await cloud.must('print', 'fetch', `${PERIOD}.DE.1`, join(work, 'post'));
    const [invoice] = (await cloud.json<DocumentRow[]>('documents', BCN, PERIOD)).filter(({ kind }) => kind === 'invoice');
    const file = `${BCN}-invoice-${invoice?.number}.pdf`;
    expect(readdirSync(join(work, 'post')).sort()).toEqual([file, 'addresses.csv'].sort());
    expect(sha256(readFileSync(join(work, 'post', file)))).toBe(invoice?.sha256);
    const handOver = ['print', 'hand-over', `${PERIOD}.DE.1`, '--by', 'Jane Clerk', '--reason', 'courier'];
    await cloud.must(...handOver);
    expect(await cloud.run(...handOver)).toMatchObject({ code: 1, stderr: expect.stringContaining('handed over by Jane Clerk') });
  });
});

describe('A scanner that opens every link of every kind of email', () => {
  it(`changes nothing in ${LOOKS} GET and HEAD`, async () => {
    const links = [...new Set(mails.flatMap((mail) => mail.links))].filter((link) => link.startsWith(cloud.file.urls.public));
    const kinds = new Set(links.map((link) => new URL(link).pathname.split('/')[1]));
    expect([...kinds].sort()).toEqual(['calendar', 'd', 'p', 'u']);
    expect(links.length * 2).toBeLessThanOrEqual(LOOKS);
    const before = await hashOfTables(cloud);
    const limit = pLimit(AT_ONCE);
    const looks = Array.from({ length: LOOKS }, (_, n) => ({
      link: links[n % links.length] ?? '',
      method: Math.floor(n / links.length) % 2 ? 'GET' : 'HEAD',
    }));
    const statuses = await Promise.all(
      looks.map(({ link, method }) => limit(async () => (await fetch(link, { method, redirect: 'manual' })).status)),
    );
    expect(statuses.filter((status) => status >= 400)).toEqual([]);
    expect(await hashOfTables(cloud)).toBe(before);
  });
});

describe('One click', () => {
  it.each(['urlencoded', 'multipart'] as const)(
    '%s is answered 200 without redirect or cookie, and is in force by then',
    async (encoding) => {
      const link = waysOut[encoding === 'urlencoded' ? 0 : 1] ?? '';
      const body = encoding === 'urlencoded' ? new URLSearchParams() : new FormData();
      body.append('List-Unsubscribe', 'One-Click');
      const before = await decisionsOf(link);
      const answer = await fetch(link, { method: 'POST', body, redirect: 'manual' });
      expect([answer.status, answer.headers.get('location'), answer.headers.get('set-cookie')]).toEqual([200, null, null]);
      const { category, bcn } = ownerOf(link);
      const after = await decisionsOf(link);
      expect(after.slice(before.length).map(({ setting, value, how }) => `${setting} ${value} ${how}`)).toEqual([
        `category#${category}#${bcn} off one-click`,
      ]);
    },
  );

  it('fifty times at once is one change and one line of history', async () => {
    const [link = ''] = waysOut;
    await fetch(link, { method: 'POST', body: new URLSearchParams({ again: 'yes' }) });
    const before = (await decisionsOf(link)).length;
    const click = () => fetch(link, { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) });
    const statuses = (await Promise.all(Array.from({ length: 50 }, click))).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect((await decisionsOf(link)).length - before).toBe(1);
  });

  it('by mail does the same', async () => {
    const [link = ''] = waysOut;
    await fetch(link, { method: 'POST', body: new URLSearchParams({ again: 'yes' }) });
    const file = join(work, 'unsubscribe.eml');
    const token = new URL(link).pathname.split('/')[2];
    writeFileSync(file, `From: someone@elsewhere.example\r\nTo: unsubscribe@carrier.example\r\nSubject: ${token}\r\n\r\n\r\n`);
    await cloud.must('preferences', 'unsubscribe', file);
    expect((await decisionsOf(link)).at(-1)).toMatchObject({ value: 'off', how: 'mail' });
  });
});

describe('A default for all contacts', () => {
  /** Switches works without impact off for all contacts of the customer of a link, as the administrator's page does. */
  const postDefault = (link: string) =>
    fetch(link, { method: 'POST', body: new URLSearchParams({ 'was.all.category#other-works#*': 'on' }), redirect: 'manual' });

  it('is decided on the page of an administrator, and of nobody else', async () => {
    const links = [...new Set(mails.flatMap((mail) => mail.links))].filter((link) => link.includes('/p/'));
    const own = links.find((link) => ownerOf(link).contactId === ADMINISTRATOR.contactId) ?? '';
    const other = links.find((link) => !administrators().includes(ownerOf(link).contactId)) ?? '';
    expect(await (await fetch(own)).text()).toContain('id="for-all"');
    expect(await (await fetch(other)).text()).not.toContain('id="for-all"');
    expect([(await postDefault(own)).status, (await postDefault(other)).status]).toEqual([200, 403]);
    const defaultsOf = async (ocn: string) => cloud.json<(Decision & { by: string })[]>('preferences', 'defaults', 'show', ocn);
    expect(await defaultsOf(ADMINISTRATOR.ocn)).toMatchObject([
      { setting: 'category#other-works#*', value: 'off', how: 'page', by: ADMINISTRATOR.contactId },
    ]);
    expect((await defaultsOf(ownerOf(other).ocn)).filter(({ by }) => by === ownerOf(other).contactId)).toEqual([]);
  });
});

describe('A link', () => {
  it('opens the same after the keys have turned, and 404 to every other', async () => {
    const link = mails.flatMap(({ links }) => links.filter((one) => one.includes('/p/')))[0] ?? '';
    await cloud.must('keys', 'rotate');
    expect((await fetch(link)).status).toBe(200);
    const answers = await Promise.all(
      [`${link}x`, link.slice(0, -1), link.replace('/p/', '/u/'), `${cloud.file.urls.public}/p/v1.k1.e30.x`].map(async (wrong) => {
        const answer = await fetch(wrong);
        return `${answer.status} ${sha256(Buffer.from(await answer.text()))}`;
      }),
    );
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^404 /);
  });

  it('to a document opened nothing a second before 07:00', async () => {
    await cloud.stop();
    cloud = await startLocalCloud(join(work, 'second-before'));
    for (const link of documentLinks()) {
      expect((await fetch(new URL(new URL(link).pathname, cloud.file.urls.public))).status).toBe(404);
    }
  });
});
