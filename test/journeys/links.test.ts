import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DocumentRow, exportedMails, sha256 } from './evidence.ts';
import { type LocalCloud, startLocalCloud } from './local-cloud.ts';
import { PERIOD, writeSlice } from './slice.ts';

const BCN = 'B20018501';
const OTHER = 'B20011801';
const BEFORE = '2026-11-04T05:59:59Z';
const MORNING = '2026-11-04T06:00:00Z';

const work = mkdtempSync(join(tmpdir(), 'links-'));
let cloud: LocalCloud;
let links: string[];

beforeAll(async () => {
  writeSlice(join(work, 'export'), [BCN, OTHER]);
  cloud = await startLocalCloud(join(work, 'data'));
  await cloud.must('load', join(work, 'export'));
  await cloud.must('at', BEFORE);
  await cloud.stop();
  cpSync(join(work, 'data'), join(work, 'second-before'), { recursive: true });
  cloud = await startLocalCloud(join(work, 'data'));
  await cloud.must('at', MORNING);
  const mails = await exportedMails(cloud);
  links = [...new Set(mails.flatMap(({ text }) => text.match(/https?:\/\/[^\s)>\]]+\/d\/[\w.-]+/g) ?? []))];
});

afterAll(async () => {
  await cloud?.stop();
  rmSync(work, { recursive: true, force: true });
});

describe('Links in emails', () => {
  it('open a page that hands over exactly the documents of their account', async () => {
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) {
      expect(link.startsWith(cloud.file.urls.public)).toBe(true);
      const page = await fetch(link);
      expect(page.status).toBe(200);
      const text = await page.text();
      const bcn = text.includes(BCN) ? BCN : OTHER;
      const rows = await cloud.json<DocumentRow[]>('documents', bcn, PERIOD);
      const targets = [...text.matchAll(/href="(\/d\/[^"]+\/[^"]+)"/g)].map(([, path]) => new URL(path as string, link));
      const sums = await Promise.all(targets.map(async (target) => sha256(Buffer.from(await (await fetch(target)).arrayBuffer()))));
      expect(sums.sort()).toEqual(rows.map((row) => row.sha256).sort());
    }
  });

  it('change nothing when a link scanner asks for the head, and answer 404 to a token that was tampered with', async () => {
    const [link = ''] = links;
    expect((await fetch(link, { method: 'HEAD' })).status).toBe(200);
    const at = link.length - 3;
    const tampered = link.slice(0, at) + (link[at] === 'A' ? 'B' : 'A') + link.slice(at + 1);
    expect((await fetch(tampered)).status).toBe(404);
  });

  it('opened nothing a second before 07:00', async () => {
    await cloud.stop();
    cloud = await startLocalCloud(join(work, 'second-before'));
    for (const link of links) {
      const path = new URL(link).pathname;
      expect((await fetch(new URL(path, cloud.file.urls.public))).status).toBe(404);
    }
  });
});
