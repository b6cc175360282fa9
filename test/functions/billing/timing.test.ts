import { beforeAll, describe, expect, test, vi } from 'vitest';
import { now } from '../../../functions/aws/clock.ts';
import { queueUrlOf } from '../../../functions/aws/environment.ts';
import { expression } from '../../../functions/aws/expression.ts';
import { sendEvent } from '../../../functions/aws/queues.ts';
import { putItem } from '../../../functions/aws/tables.ts';
import { holdRun, releaseRun, stopRun } from '../../../functions/billing/brake.ts';
import { storedReport } from '../../../functions/billing/control-report.ts';
import { bindNumbers, numbersOfSeries } from '../../../functions/billing/numbers.ts';
import { type RunSummary, summaries } from '../../../functions/billing/run-summary.ts';
import { getLegalEntity } from '../../../functions/directory/read.ts';
import type { LegalEntity } from '../../../functions/directory/records.ts';
import { visibleDocuments } from '../../../functions/documents/records.ts';
import { ownEvent } from '../../../functions/events/cloud-event.ts';
import { resumeGroup } from '../../../functions/messages/brakes.ts';
import { setClock, useCloud } from '../../emulators/cloud.ts';
import { complete, drain, fire, GOOD, PERIOD, PREPARE, PUBLISH, putBill, putCarrier, say } from './month.ts';

const RUN = '2026-10.DE.1';
const PERSON = { by: 'Jane Clerk', reason: 'checked' };

async function month(): Promise<RunSummary | undefined> {
  const [first] = await Array.fromAsync(summaries(PERIOD));
  return first;
}

describe('input that is complete only at nine', () => {
  useCloud();

  test('is published as soon as it can be, late, with the morning on record', async () => {
    setClock('2026-11-03T12:00:00Z');
    const { bcns, ocn } = await putCarrier('L', 3);
    await fire('prepare', PREPARE);
    expect(await month()).toMatchObject({ state: 'waiting-for-input' });
    const written = vi.spyOn(process.stdout, 'write');
    await fire('publish', PUBLISH);
    expect(written.mock.calls.map(([chunk]) => String(chunk)).join('')).toContain('LatePublication');
    written.mockRestore();
    setClock('2026-11-04T08:00:00Z');
    for (const bcn of bcns) await putBill(bcn, GOOD);
    await complete();
    await say('billing.period.completed', { period: PERIOD, calendar: 'DE' }, 'late');
    const { run } = (await month()) ?? {};
    expect(run).toMatchObject({ stage: 'delivering', lateSince: '2026-11-04T06:00:00.000Z', publishedAt: '2026-11-04T08:00:00.000Z' });
    expect(await visibleDocuments({ ocn }, PERIOD, now())).toHaveLength(3);
  });
});

describe('a carrier whose first export comes at nine', () => {
  useCloud();

  test('is published late; the older months that it brings along are not', async () => {
    await fire('prepare', PREPARE);
    await fire('publish', PUBLISH);
    setClock('2026-11-04T08:00:00Z');
    const { bcns, ocn } = await putCarrier('N', 2);
    for (const period of ['2026-09', PERIOD]) {
      for (const bcn of bcns) await putBill(bcn, GOOD, period);
      await complete(period);
      await say('billing.period.completed', { period, calendar: 'DE' }, `first ${period}`);
    }
    const published = await visibleDocuments({ ocn }, undefined, now());
    expect(published.map(({ period, publishedAt }) => [period, publishedAt])).toEqual(bcns.map(() => [PERIOD, '2026-11-04T08:00:00.000Z']));
  });
});

describe('input that is complete days before', () => {
  useCloud();

  test('waits for its day; no other day of the month prepares or publishes', async () => {
    setClock('2026-11-01T12:00:00Z');
    const { bcns } = await putCarrier('E', 1);
    for (const bcn of bcns) await putBill(bcn, GOOD);
    await complete();
    await say('billing.period.completed', { period: PERIOD, calendar: 'DE' }, 'early');
    for (const day of ['02', '03', '05', '06']) {
      await fire('prepare', `2026-11-${day}T01:00:00Z`);
      await fire('publish', `2026-11-${day}T06:00:00Z`);
    }
    expect(await month()).toBeUndefined();
    await fire('prepare', PREPARE);
    expect(await month()).toMatchObject({ state: 'ready' });
  });
});

describe('a month beyond its thresholds', () => {
  useCloud();

  test('waits for a named person, then is published with that day as issue date', async () => {
    setClock('2026-11-03T12:00:00Z');
    const { bcns, ocn } = await putCarrier('T', 2, { control: { netChangePercent: '10', minAccounts: 1 } });
    for (const bcn of bcns) {
      await putBill(bcn, GOOD, '2026-09');
      await putBill(bcn, { net: '120.00', vat: '22.80', gross: '142.80' });
    }
    await complete('2026-09');
    await complete();
    await fire('prepare', PREPARE);
    expect(await month()).toMatchObject({ state: 'awaiting-release' });
    expect((await storedReport(RUN))?.reasons).toEqual([expect.stringContaining('net is 240.00 EUR after 200.00, a change of 20.0 %')]);
    await fire('publish', PUBLISH);
    expect(await visibleDocuments({ ocn }, PERIOD, now())).toEqual([]);
    setClock('2026-11-04T09:00:00Z');
    await releaseRun(RUN, PERSON, now());
    await say('billing.run.settle', { runId: RUN, cause: 'test' }, 'released');
    expect((await month())?.run).toMatchObject({ stage: 'delivering', released: PERSON, publishedAt: '2026-11-04T09:00:00.000Z' });
  });
});

describe('a run that is stopped in its preparation', () => {
  useCloud();

  test('goes on where it was, and can be neither held nor released once it is out', async () => {
    setClock('2026-11-03T12:00:00Z');
    const { bcns, ocn, legalEntityId } = await putCarrier('P', 30);
    for (const bcn of bcns) await putBill(bcn, GOOD);
    await complete();
    setClock(PREPARE);
    const { handler } = await import('../../../functions/billing/calendar-day.handler.ts');
    const { contextOf } = await import('../../emulators/cloud.ts');
    await handler({ scheduledTime: PREPARE, calendar: 'DE', step: 'prepare' }, contextOf());
    await drain(['numbering.fifo']);
    await stopRun(RUN, PERSON, now());
    await drain();
    expect(await Array.fromAsync(numbersOfSeries(`${legalEntityId}/invoice-2026`))).toEqual([]);
    await fire('publish', PUBLISH);
    expect(await visibleDocuments({ ocn }, PERIOD, now())).toEqual([]);
    await releaseRun(RUN, PERSON, now());
    await say('billing.run.settle', { runId: RUN, cause: 'test' }, 'resumed');
    expect(await visibleDocuments({ ocn }, PERIOD, now())).toHaveLength(30);
    await expect(holdRun(RUN, PERSON, now())).rejects.toThrow('only an unpublished run can be held');
    await expect(releaseRun(RUN, PERSON, now())).rejects.toThrow('nothing holds it');
  });
});

describe('numbers under concurrent workers', () => {
  useCloud();

  test('have no gap and no double, and a bill keeps the one it has', async () => {
    setClock(PREPARE);
    const { legalEntityId, ocn } = await putCarrier('N', 1);
    const legalEntity = (await getLegalEntity(legalEntityId)) as LegalEntity;
    await putItem('billing', { pk: 'GUARD', sk: 'GUARD' });
    const guard = { table: 'billing', check: { pk: 'GUARD', sk: 'GUARD' }, when: expression`attribute_exists(#pk)` } as const;
    const binding = {
      runId: RUN,
      issueDate: '2026-11-04',
      legalEntity,
      guard,
      beforeGivingUp: async () => undefined,
      cause: 'test',
      now: now(),
    };
    const chunk = (from: number) =>
      Array.from({ length: 20 }, (_, index) => ({ bcn: `N${from + index}`, ocn, period: PERIOD, billId: 'B', kind: 'invoice' as const }));
    const chunks = [0, 20, 40, 0, 20, 40].map(chunk);
    const bound = await Promise.all(chunks.map((bills) => bindNumbers(bills, binding)));
    const records = await Array.fromAsync(numbersOfSeries(`${legalEntityId}/invoice-2026`));
    expect(records.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
    expect(new Set(records.map(({ bcn }) => bcn)).size).toBe(60);
    const again = new Map(bound.flat().map(({ bcn, number }) => [`${bcn} ${number}`, true]));
    expect(again.size).toBe(60);
  });
});

describe('a run whose messages were lost', () => {
  useCloud();

  test('is taken up again by the sweep', async () => {
    setClock('2026-11-03T12:00:00Z');
    const { bcns } = await putCarrier('W', 2);
    for (const bcn of bcns) await putBill(bcn, GOOD);
    await complete();
    setClock(PREPARE);
    const { handler } = await import('../../../functions/billing/calendar-day.handler.ts');
    const { contextOf, eventsIn } = await import('../../emulators/cloud.ts');
    await handler({ scheduledTime: PREPARE, calendar: 'DE', step: 'prepare' }, contextOf());
    await drain(['prepare']);
    expect(await eventsIn('prepare')).toHaveLength(1);
    setClock('2026-11-04T01:40:00Z');
    const sweep = await import('../../../functions/billing/sweep.handler.ts');
    await sweep.handler({ scheduledTime: '2026-11-04T01:40:00Z' }, contextOf());
    await drain();
    expect(await month()).toMatchObject({ state: 'ready', counts: { billed: 2 } });
  });
});

describe('a chunk that is behind the times', () => {
  useCloud();

  test('changes nothing', async () => {
    setClock('2026-11-03T12:00:00Z');
    const { bcns, ocn } = await putCarrier('O', 1);
    for (const bcn of bcns) await putBill(bcn, GOOD);
    await complete();
    await fire('prepare', PREPARE);
    await fire('publish', PUBLISH);
    const before = await visibleDocuments({ ocn }, PERIOD, now());
    for (const [queue, type] of [
      ['prepare', 'billing.chunk.prepare'],
      ['render', 'billing.chunk.render'],
      ['deliver', 'billing.chunk.deliver'],
    ] as const) {
      await sendEvent(queueUrlOf(queue), { event: ownEvent(type, 'again', { runId: RUN, chunk: 1, pass: 1 }, now()) });
    }
    await drain();
    expect(await visibleDocuments({ ocn }, PERIOD, now())).toEqual(before);
    expect((await month())?.counts).toMatchObject({ billed: 1, documents: 1, emails: 1 });
  });
});

describe('a month that is beyond its thresholds and held as well', () => {
  useCloud();
  let bcns: readonly string[];

  beforeAll(async () => {
    setClock('2026-11-03T12:00:00Z');
    ({ bcns } = await putCarrier('V', 2, { control: { minAccounts: 3 } }));
    for (const bcn of bcns) await putBill(bcn, GOOD);
    await complete();
    await fire('prepare', PREPARE);
    await holdRun(RUN, PERSON, now());
  });

  test('is late without an alarm: who holds it knows', async () => {
    const written = vi.spyOn(process.stdout, 'write');
    await fire('publish', PUBLISH);
    const metrics = written.mock.calls.map(([chunk]) => String(chunk)).join('');
    written.mockRestore();
    expect((await month())?.run.lateSince).toBe('2026-11-04T06:00:00.000Z');
    expect(metrics).not.toContain('LatePublication');
  });

  test('needs one word of a person', async () => {
    expect((await month())?.run).toMatchObject({ stage: 'awaiting-release', brake: { kind: 'hold' } });
    setClock('2026-11-04T09:00:00Z');
    await releaseRun(RUN, PERSON, now());
    await putBill(bcns[0] ?? '', { net: '900.00', vat: '171.00', gross: '1071.00', revision: 1 });
    await say('billing.bills.changed', { period: PERIOD, bcns }, 'changed after the release');
    expect((await month())?.run, 'a release is about the figures that the person saw').toMatchObject({ stage: 'awaiting-release' });
    await releaseRun(RUN, PERSON, now());
    await say('billing.run.settle', { runId: RUN, cause: 'test' }, 'released');
    expect((await month())?.run).toMatchObject({ stage: 'delivering', released: PERSON, publishedAt: '2026-11-04T09:00:00.000Z' });
  });
});

describe('a run that is stopped', () => {
  useCloud();

  test('cannot be held instead, and a release that is cut short can be said again', async () => {
    setClock('2026-11-03T12:00:00Z');
    const { bcns } = await putCarrier('X', 1);
    for (const bcn of bcns) await putBill(bcn, GOOD);
    await complete();
    await fire('prepare', PREPARE);
    await stopRun(RUN, PERSON, now());
    await expect(holdRun(RUN, PERSON, now())).rejects.toThrow('is stopped by Jane Clerk');
    await resumeGroup(RUN, PERSON, now());
    await releaseRun(RUN, PERSON, now());
    await fire('publish', PUBLISH);
    expect(await month()).toMatchObject({ state: 'delivering', counts: { emails: 1 } });
  });
});
