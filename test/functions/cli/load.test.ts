import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Cloud } from '../../../functions/cli/cloud.ts';
import { loadExport } from '../../../functions/cli/load.ts';
import { Failed, UsageError } from '../../../functions/cli/output.ts';
import { getCustomer } from '../../../functions/directory/read.ts';
import { eventsIn, setClock, useCloud } from '../../emulators/cloud.ts';
import { bytesOf, customer, directory, type Export, reportOn, take } from '../intake/export.ts';

useCloud();

const folders: string[] = [];
const cloud: Cloud = { stage: 'test', queues: {}, buckets: {}, tables: {} };

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true });
});

test('an export on disk is imported with all that belongs to it', async () => {
  setClock('2026-11-02T08:00:00Z');
  const folder = await folderWith({
    ...directory,
    'payments/2026-11-05.csv': 'document\n',
    'planned-works.jsonl': '{}\n',
    'directory/.DS_Store': 'x',
  });
  await loadExport(cloud, folder, { wait: false, by: 'Jane Clerk' });
  const [event, ...others] = await eventsIn('intake');
  expect(others).toEqual([]);
  if (!event) throw new Error('No event was sent');
  await take(event);
  const report = await reportOn(event);
  expect(report.files.map(({ file }) => file)).toEqual(expect.arrayContaining(Object.keys(directory)));
  expect(report).toMatchObject({ rejections: [{ file: 'payments/2026-11-05.csv', field: '(header)' }] });
});

test('what is loaded later counts, even when the clock was set back', async () => {
  for (const [clock, name] of [
    ['2026-11-03T08:00:00Z', 'Earlier'],
    ['2026-10-01T08:00:00Z', 'Later'],
  ] as const) {
    setClock(clock);
    await loadExport(cloud, await folderWith({ ...directory, 'directory/customers.jsonl': [customer({ name })] }), {
      wait: false,
      by: 'Jane Clerk',
    });
    for (const event of await eventsIn('intake')) await take(event);
  }
  expect(await getCustomer('C1')).toMatchObject({ name: 'Later' });
});

test('what is no export is refused before anything is sent', async () => {
  const load = (folder: string) => loadExport(cloud, folder, { wait: false, by: 'Jane Clerk' });
  await expect(load('/nowhere')).rejects.toThrow(new UsageError("/nowhere does not exist: the folder of a carrier's export is expected"));
  await expect(load(import.meta.filename)).rejects.toThrow(/is a file: the folder of a carrier's export is expected$/);
  await expect(load(await folderWith({ 'customers.jsonl': [customer()] }))).rejects.toThrow(Failed);
  expect(await eventsIn('intake')).toEqual([]);
});

async function folderWith(files: Export): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'carrierpost-export-'));
  folders.push(folder);
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytesOf(path, content));
  }
  return folder;
}
