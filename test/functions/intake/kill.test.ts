import { execFile } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { servicesOf } from '../../../functions/directory/read.ts';
import type { CloudEvent } from '../../../functions/events/cloud-event.ts';
import { importIdOf, importProgress } from '../../../functions/intake/import-state.ts';
import { eventsIn, useCloud } from '../../emulators/cloud.ts';
import { account, bill, countsOf, deliver, directory, type Export, reportOn, service, take } from './export.ts';

useCloud();

const LONG = process.env.LONG === '1';
const CHILD = fileURLToPath(new URL('./import-child.ts', import.meta.url));
const run = promisify(execFile);

describe('an import of 600 services and 120 bills', { timeout: 120_000 }, () => {
  const bcns = Array.from({ length: 120 }, (_, index) => `K${index}`);
  const files: Export = {
    ...directory,
    'directory/billing-accounts.jsonl': [account(), ...bcns.map((bcn) => account({ bcn }))],
    'directory/services.jsonl': [...servicesFor('B1', 600), { serviceId: 'no owner' }],
    ...Object.fromEntries(
      bcns.map((bcn) => [`billing/2026-10/bills/${bcn}.json`, bill({ id: `BILL-${bcn}`, billingAccount: { id: bcn } })]),
    ),
  };
  const SERVICES = 'directory/services.jsonl';

  test('killed at any moment and delivered again counts every line once and tells billing of every account', async () => {
    const event = await deliver(files, { time: '2026-11-01T08:00:00Z' });
    for (let kill = 1; kill <= (LONG ? 50 : 3); kill += 1) await killed(event, LONG ? kill * 40 : kill * 200);
    await take(event);
    const report = await reportOn(event);
    expect(countsOf(report, 'directory/billing-accounts.jsonl')).toEqual([121, 121, 0, 0, 0, 0]);
    expect(countsOf(report, SERVICES)).toEqual([601, 600, 0, 0, 0, 1]);
    expect(report.rejections.every(({ line }) => line === 601)).toBe(true);
    expect(countsOf(report, 'billing/2026-10/bills')[0]).toBe(120);
    const told = (await eventsIn<{ bcns: string[] }>('billing')).flatMap(({ data }) => data.bcns ?? []);
    expect(new Set(told)).toEqual(new Set(bcns));
    expect(await Array.fromAsync(servicesOf('B1'))).toHaveLength(600);
  });

  test('delivered three times at once has one effect', async () => {
    const event = await deliver(files, { time: '2026-11-02T08:00:00Z' });
    await Promise.all([take(event), take(event), take(event)]);
    await take(event);
    expect(countsOf(await reportOn(event), SERVICES)).toEqual([601, 0, 0, 600, 0, 1]);
  });

  test('that runs out of time goes on in a successor', async () => {
    const event = await deliver({ ...directory, [SERVICES]: servicesFor('B1', 600, 'later') }, { time: '2026-11-03T08:00:00Z' });
    await take(event, 59_000);
    const stages = new Set<string>();
    for (let next = await eventsIn('intake'); next.length > 0; next = await eventsIn('intake')) {
      for (const continued of next) await take(continued, 59_000);
      const { step, at } = (await importProgress(importIdOf(event.source, event.id))) ?? {};
      stages.add(`${step} ${at?.line ?? ''}`);
    }
    expect(stages).toContain('records services 400');
    expect(stages).toContain('finished ');
    expect(countsOf(await reportOn(event), SERVICES)).toEqual([600, 600, 0, 0, 0, 0]);
  });
});

// With fewer the heap would not fill up, and nothing would be measured.
test.runIf(LONG)('100,000 services take no more memory than 500', { timeout: 600_000 }, async () => {
  const wordy = { product: 'x'.repeat(500), aEnd: 'y'.repeat(1_000) };
  const few = await memoryOf({ ...directory, 'directory/services.jsonl': servicesFor('B1', 500, 'few', wordy) });
  const many = await memoryOf({ ...directory, 'directory/services.jsonl': servicesFor('B1', 100_000, 'many', wordy) });
  // The heap may fill up to its 64 MB before V8 collects; what a hundred thousand services hold is three times that.
  expect(many / few).toBeLessThan(1.5);
});

function servicesFor(bcn: string, count: number, name = 'S', more: object = {}): object[] {
  return Array.from({ length: count }, (_, index) =>
    service({ serviceId: `${name}/${index}`, ownership: [{ bcn, from: '2025-01-01' }], ...more }),
  );
}

/** Begins or goes on with the import in another process and kills that after a while. */
async function killed(event: CloudEvent, milliseconds: number): Promise<void> {
  const child = execFile(process.execPath, [CHILD, announcementIn(event)]);
  await Promise.race([pause(200 + milliseconds), new Promise((resolve) => child.once('exit', resolve))]);
  child.kill('SIGKILL');
}

async function memoryOf(files: Export): Promise<number> {
  const event = await deliver(files, { time: '2026-11-04T08:00:00Z' });
  const flags = ['--max-semi-space-size=2', '--max-old-space-size=64'];
  const { stdout } = await run(process.execPath, [...flags, CHILD, announcementIn(event)]);
  return Number(stdout.split('\n').at(-1));
}

function announcementIn({ source, id, time = '', data }: CloudEvent): string {
  return JSON.stringify({ source, eventId: id, time: new Date(time).toISOString(), ...(data as { bucket: string; prefix: string }) });
}
