import { afterEach, expect, test } from 'vitest';
import { now } from '../../../functions/aws/clock.ts';
import { visibleDocuments } from '../../../functions/documents/records.ts';
import { setClock, useCloud } from '../../emulators/cloud.ts';
import { complete, fire, GOOD, PERIOD, PREPARE, PUBLISH, putBill, putCarrier } from './month.ts';

useCloud();

afterEach(() => {
  delete process.env.EXTRA_HOLIDAYS;
});

test('a holiday announced two days before moves the run, the issue dates and the due dates by a day', async () => {
  setClock('2026-11-02T09:00:00Z');
  const { bcns, ocn } = await putCarrier('H', 2);
  for (const bcn of bcns) await putBill(bcn, GOOD);
  await complete();
  const mourning = { calendar: 'DE', date: '2026-11-04', name: 'Day of mourning', source: 'Federal Government, 2 November 2026' };
  process.env.EXTRA_HOLIDAYS = JSON.stringify([mourning]);

  await fire('prepare', PREPARE);
  await fire('publish', PUBLISH);
  expect(await visibleDocuments({ ocn }, PERIOD, now())).toEqual([]);

  await fire('prepare', '2026-11-05T01:00:00Z');
  await fire('publish', '2026-11-05T06:00:00Z');
  const published = await visibleDocuments({ ocn }, PERIOD, now());
  expect(published.map(({ publishedAt, facts }) => [publishedAt, facts?.issueDate, facts?.dueDate])).toEqual(
    bcns.map(() => ['2026-11-05T06:00:00.000Z', '2026-11-05', '2026-12-05']),
  );
});
