import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DocumentRow, deadLetters, exportedMails } from './evidence.ts';
import { type LocalCloud, startLocalCloud } from './local-cloud.ts';
import { PERIOD, writeSlice } from './slice.ts';

/** An account that had invoices before, and a solicitor in London whose account is new. */
const KNOWN = 'B10020101';
const NEW = 'B10025202';
const DRAFTED = '2026-11-04T07:00:00Z';
const REMINDED = '2026-11-06T09:30:00Z';

const work = mkdtempSync(join(tmpdir(), 'first-invoice-review-'));
let cloud: LocalCloud;
let link: string;

beforeAll(async () => {
  writeSlice(join(work, 'export'), [KNOWN, NEW]);
  cloud = await startLocalCloud(join(work, 'data'));
  await cloud.must('load', join(work, 'export'));
  await cloud.must('at', DRAFTED);
  [link = ''] = await reviewLinks();
});

afterAll(async () => {
  await cloud?.stop();
  rmSync(work, { recursive: true, force: true });
});

async function reviewLinks(): Promise<string[]> {
  const mails = await exportedMails(cloud);
  return mails.flatMap(({ text }) => text.match(/https?:\/\/[^\s)>\]]+\/r\/[\w.-]+/g) ?? []);
}

async function stateOf(): Promise<string> {
  return (await cloud.json<{ state: string }>('review', 'show', NEW)).state;
}

function answer(fields: Record<string, string>): Promise<Response> {
  return fetch(link, { method: 'POST', body: new URLSearchParams(fields) });
}

describe('A customer checks the draft of its first invoice', () => {
  it('is written to, and nobody else is', async () => {
    expect(link.startsWith(cloud.file.urls.public)).toBe(true);
    expect(await (await fetch(link)).text()).toContain(NEW);
  });

  it('sees the lines, the pages and the file, and changes nothing by looking', async () => {
    const page = await (await fetch(link)).text();
    expect(page).toContain('not a tax invoice');
    const targets = [...page.matchAll(/href="(\/r\/[^"]+\/[^"]+)"/g)].map(([, path]) => new URL(path ?? '', link));
    const answers = await Promise.all(targets.map((target) => fetch(target)));
    expect(answers.map(({ status }) => status)).toEqual(targets.map(() => 200));
    expect(answers.map(({ headers }) => headers.get('content-type'))).toEqual(
      expect.arrayContaining(['text/html; charset=utf-8', 'application/pdf']),
    );
    const file = answers.find(({ headers }) => headers.get('content-type') === 'application/pdf');
    expect(
      Buffer.from((await file?.arrayBuffer()) ?? new ArrayBuffer(0))
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    await Promise.all(Array.from({ length: 5 }, () => fetch(link, { method: 'HEAD' })));
    expect(await stateOf()).toBe('awaiting-customer');
  });

  it('is reminded after two business days', async () => {
    const before = (await reviewLinks()).length;
    await cloud.must('at', REMINDED);
    expect((await reviewLinks()).length).toBeGreaterThan(before);
  });

  it('asks about a line: the billing team has a task, the customer a confirmation, and nothing is issued', async () => {
    const before = (await reviewLinks()).length;
    const asked = await answer({ decision: 'query', name: 'Pat Example', 'line-0-0': 'We ordered half of it' });
    expect(await asked.text()).toContain('we have your questions');
    await cloud.must('at', '2026-11-06T10:30:00Z');
    expect(await stateOf()).toBe('queried');
    expect((await reviewLinks()).length).toBe(before + 1);
    const tasks = await cloud.json<{ bcn: string; reason: string }[]>('tasks', 'list');
    expect(tasks.filter(({ bcn }) => bcn === NEW).map(({ reason }) => reason)).toEqual([expect.stringContaining('We ordered half of it')]);
    expect(await cloud.json<DocumentRow[]>('documents', NEW, PERIOD)).toEqual([]);
  });

  it('approves it by name: it is issued, mailed, and the link says so', async () => {
    const seen = /name="seen" value="([^"]*)"/.exec(await (await fetch(link)).text())?.[1] ?? '';
    const approved = await answer({ decision: 'approve', name: 'Pat Example', seen });
    expect(await approved.text()).toContain('the draft is approved');
    await cloud.must('at', '2026-11-06T12:00:00Z');
    const invoice = (await cloud.json<DocumentRow[]>('documents', NEW, PERIOD)).find(({ kind }) => kind === 'invoice');
    expect(await (await fetch(link)).text()).toContain(`It has the number ${invoice?.number}`);
    expect(await stateOf()).toBe('issued');
    expect(await deadLetters(cloud)).toEqual([]);
  });

  it('has a link that nobody can bend', async () => {
    const at = link.length - 3;
    const tampered = link.slice(0, at) + (link[at] === 'A' ? 'B' : 'A') + link.slice(at + 1);
    expect((await fetch(tampered)).status).toBe(404);
    expect((await fetch(link.replace('/r/', '/d/'))).status).toBe(404);
  });
});
