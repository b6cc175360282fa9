import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ISSUED, PARKED, writeCorrected } from '../journeys/corrected-export.ts';
import type { DocumentRow, RunRow } from '../journeys/evidence.ts';
import { type LocalCloud, startLocalCloud } from '../journeys/local-cloud.ts';
import { PERIOD, SAMPLES, writeSlice } from '../journeys/slice.ts';
import { readCarrier } from '../oracle/carrier.ts';
import { Desk, faultsOf } from './console-desk.ts';
import { isJudgeThere, pathOf } from './judges.ts';

const ARGUMENTS = ['--no-sandbox', '--headless', '--disable-gpu', '--disable-background-networking'];
const hasBrowser = isJudgeThere('chromium');

/** England has more accounts than one person releases; in Germany a bill is wrong by a cent. */
const BCNS = readCarrier(SAMPLES)
  .accounts.map(({ bcn }) => bcn)
  .filter((bcn) => (bcn.startsWith('B100') && bcn !== 'B10021403') || bcn.startsWith('B200'));
const BEFORE = '2026-11-04T06:50:00Z';
const PUBLISHED = '2026-11-04T07:05:00Z';
const LATER = '2026-11-04T07:15:00Z';
const READER = 'noc@harbour-finch.example';
/** Somebody pasted a sheet of empty cells: mail programs cut an email that is so long. */
const PASTED = '""""""""\t'.repeat(2200);

const work = mkdtempSync(join(tmpdir(), 'console-desk-'));
const faults: string[] = [];
let looked = 0;
let browser: Browser;
let cloud: LocalCloud;
let ines: Desk;
let omar: Desk;
let vera: Desk;

beforeAll(async () => {
  if (!hasBrowser) return;
  writeSlice(join(work, 'export'), BCNS);
  writeCorrected(join(work, 'corrected'), BCNS);
  cloud = await startLocalCloud(join(work, 'data'));
  await cloud.must('load', join(work, 'export'));
  await cloud.must('at', BEFORE);
  browser = await chromium.launch({ executablePath: pathOf('chromium'), args: ARGUMENTS });
  const desk = (name: string, width: 375 | 1200) => Desk.of(browser, name, width, cloud.file.urls.console);
  [ines, omar, vera] = [await desk('Ines Falk', 1200), await desk('Omar Reyes', 375), await desk('Vera Lund', 375)];
});

afterAll(async () => {
  await browser?.close();
  await cloud?.stop();
  rmSync(work, { recursive: true, force: true });
});

/** The page is looked at where it stands. */
async function look(desk: Desk, name: string): Promise<void> {
  looked += 1;
  faults.push(...(await faultsOf(browser, desk, looked, name)));
}

const numbersOf = async (bcn: string) => {
  const rows = await cloud.json<DocumentRow[]>('documents', bcn, PERIOD);
  return rows.flatMap(({ kind, number }) => (kind === 'invoice' && number ? [number] : []));
};

describe.skipIf(!hasBrowser)('the billing team, in a browser without scripts', () => {
  test('sees the month, holds a run, and cannot let it go alone when it is large', async () => {
    await ines.reads('October 2026');
    await look(ines, 'month');
    await ines.follow('England and Wales');
    await look(ines, 'run');
    await ines.fill('Why', 'a tariff looks wrong');
    await ines.press('Hold');
    await ines.reads('Held. The run is now: held.');
    await ines.fill('Why', 'the tariff is right');
    await ines.press('Release');
    await ines.reads('Nothing is done yet. This is about 22 accounts, and more than 20 take two people.');
    await ines.reads('You asked for this: another person has to approve it.');
    expect(await ines.buttons()).toEqual(['Take it back']);
    await look(ines, 'request of one person');
  });

  test('is looked at by who may only look, and does nothing for them', async () => {
    await vera.menu('Second person');
    await vera.follow('Release England and Wales, October 2026: 22 accounts');
    expect(await vera.buttons()).toEqual([]);
    const request = new URL(vera.page.url()).pathname;
    expect(await vera.forge(request, { act: 'approve' })).toBe(403);
    await vera.follow('The run');
    expect(await vera.buttons()).toEqual([]);
    await look(vera, 'run for who may look');
    expect(await vera.forge(`/runs/${PERIOD}/GB-ENG`, { act: 'release', reason: 'x' })).toBe(403);
    for (const path of ['/rerun', '/correct']) expect(await vera.forge(path, { period: PERIOD, reason: 'x', step: 'run' })).toBe(403);
    expect((await cloud.json<RunRow[]>('runs', PERIOD)).find(({ calendar }) => calendar === 'GB-ENG')?.state).toBe('held');
  });

  test('takes a second person, who reads what and why', async () => {
    await omar.menu('Second person');
    await look(omar, 'requests');
    await omar.follow('Release England and Wales, October 2026: 22 accounts');
    await omar.reads('the tariff is right');
    await look(omar, 'request for the second person');
    await omar.press('Approve');
    await omar.reads('Released. The run is now: ready.');
    await cloud.must('at', PUBLISHED);
    await cloud.must('load', join(work, 'corrected'));
    await omar.follow('The run');
    await omar.reads(/delivered|emails going out/);
  });

  test('finds why a customer did not get the invoice, and tries the mended bill again', async () => {
    await ines.search(PARKED);
    await ines.reads('Somebody has to do something.');
    expect(await ines.text()).toContain('186.64');
    await look(ines, 'account that is parked');
    await ines.follow('Look at it');
    await look(ines, 'parked accounts');
    await ines.page.getByLabel(`Try ${PARKED} again`).check();
    await ines.fill('Why', 'the carrier mended the cent');
    await ines.press('Look at what it would do');
    await ines.reads('new: issued now');
    await look(ines, 'rerun looked at');
    await ines.press('Run it');
    await ines.reads('Asked for: 1 account will be run again.');
    await ines.readsRow('late batch 2');
    await cloud.must('at', LATER);
    await ines.readsRow('late batch 2', 'delivered');
    await look(ines, 'run with its late batch');
    await ines.search(PARKED);
    await ines.reads('The customer has it.');
    await look(ines, 'account that has its invoice');
    expect(await numbersOf(PARKED)).toHaveLength(1);
  });

  test('corrects an issued invoice that its customer calls about by its number', async () => {
    const [number = ''] = await numbersOf(ISSUED);
    await ines.search(number);
    await ines.reads('Not as it was issued');
    await look(ines, 'account with other figures');
    await ines.follow('Correct what was issued');
    await ines.fill(/^Why/, 'The monthly price of your line is 835.00, not 845.00.');
    await ines.press('Look at what it would issue');
    await ines.reads(`takes back ${number}`);
    await look(ines, 'correction looked at');
    await ines.press('Issue both');
    await ines.readsRow('England and Wales, late batch 2');
    await look(ines, 'month with late batches');
    await expect.poll(() => numbersOf(ISSUED), { timeout: 20_000 }).toHaveLength(2);
    await ines.search(number);
    await ines.reads(/corrected by/);
    await look(ines, 'account that was corrected');
  });

  test('lets an email go that a check held, after reading it', async () => {
    const file = join(work, 'works.jsonl');
    writeFileSync(file, `${JSON.stringify(works())}\n`);
    await cloud.must('works', file);
    await ines.search(READER);
    await ines.reads('What it decided');
    await look(ines, 'contact');
    await ines.menu('Held emails');
    await look(ines, 'held emails');
    await ines.page.locator('main tbody th a').first().click();
    await ines.reads('Rule "the HTML is below 100 KB" is broken');
    await look(ines, 'held email');
    await ines.fill('Why', 'they asked for the whole notice');
    await ines.press('Release it');
    await ines.reads('The email is on its way as it was shown.');
    await ines.readsRow('delivered');
    await look(ines, 'email and its history');
    expect(await ines.text()).toContain('by Ines Falk');
  });

  test('proves it: every act with its name and reason', async () => {
    await ines.menu('Audit trail');
    const trail = await ines.text();
    for (const words of ['a tariff looks wrong', 'the tariff is right', 'the carrier mended the cent', 'they asked for the whole notice'])
      expect(trail).toContain(words);
    expect(trail).toContain('approved by Omar Reyes');
    await look(ines, 'audit trail');
  });

  test('has no page that somebody cannot read', () => {
    expect(faults).toEqual([]);
  });
});

/** Works of a customer of the slice, with a notice that is too long for an email. */
function works() {
  const about = { title: 'Exchange of a router', description: PASTED, status: 'confirmed', class: 'planned' };
  const windows = [{ windowId: '1', start: '2026-11-25T00:00:00Z', end: '2026-11-25T04:00:00Z' }];
  const services = [{ serviceId: 'SLO/EDI/LE-100424', impact: 'outage' }];
  const data = { worksId: 'CRQ-7001', revision: 1, ...about, windows, services };
  return { specversion: '1.0', id: 'CRQ-7001-1', source: '/change-management', type: 'planned-works.published', time: BEFORE, data };
}
