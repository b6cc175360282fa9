import { describe, expect, test } from 'vitest';
import { now } from '../../../functions/aws/clock.ts';
import { bucketNamed } from '../../../functions/aws/environment.ts';
import { getObject } from '../../../functions/aws/objects.ts';
import { noteChanges } from '../../../functions/billing/passes.ts';
import { getRun } from '../../../functions/billing/run-store.ts';
import { summaries } from '../../../functions/billing/run-summary.ts';
import { visibleDocuments } from '../../../functions/documents/records.ts';
import { ownEvent } from '../../../functions/events/cloud-event.ts';
import { countMessages } from '../../../functions/messages/counts.ts';
import { setClock, useCloud } from '../../emulators/cloud.ts';
import { complete, drain, fire, GOOD, moveTo, PERIOD, PREPARE, PUBLISH, putBill, putCarrier, refusals, say, WRONG, work } from './month.ts';

const RUN = '2026-10.DE.1';
const RERUN = { period: PERIOD, reason: 'bill corrected', requestedBy: 'Jane Clerk', resend: 'never' } as const;

async function registerLines(...names: string[]): Promise<{ number: string; bcn: string }[]> {
  const files = await Promise.all(names.map((name) => getObject(bucketNamed('register'), `issued/${PERIOD}/${name}.jsonl`)));
  return files.flatMap((file) => (file?.toString() ?? '').split('\n').filter(Boolean)).map((line) => JSON.parse(line));
}

describe('two late batches of one account at once, as billing asks for them itself', () => {
  useCloud();

  test('issue and mail its bill once; the other batch says who has it', async () => {
    setClock('2026-11-03T12:00:00Z');
    const { bcns } = await putCarrier('R', 2);
    const [spoilt = '', good = ''] = bcns;
    await putBill(spoilt, WRONG);
    await putBill(good, GOOD);
    await complete();
    await fire('prepare', PREPARE);
    await fire('publish', PUBLISH);
    setClock('2026-11-04T10:00:00Z');
    await putBill(spoilt, { ...GOOD, revision: 1 });
    for (const key of ['first', 'second'])
      await work('billing', ownEvent('billing.run.requested', key, { ...RERUN, bcns: [spoilt] }, now()));
    await drain();
    expect((await registerLines('DE-2', 'DE-3')).filter(({ bcn }) => bcn === spoilt)).toHaveLength(1);
    const mails = await Promise.all(['2026-10.DE.2', '2026-10.DE.3'].map(async (group) => (await countMessages(group)).queued));
    expect(mails.reduce((sum, count) => sum + count)).toBe(1);
    expect(await visibleDocuments({ bcn: spoilt }, PERIOD, now())).toMatchObject([{ version: 1, kind: 'invoice' }]);
    const reasons = (await Array.fromAsync(summaries(PERIOD))).flatMap(({ failures }) => failures);
    expect(reasons).toMatchObject([{ bcn: spoilt, reason: expect.stringMatching(/run 2026-10\.DE\.[23]/) }]);
  });
});

describe('an account that moved to another calendar after its month was published', () => {
  useCloud();

  test('is not issued again there', async () => {
    setClock('2026-11-03T12:00:00Z');
    const carrier = await putCarrier('M', 1);
    const [bcn = ''] = carrier.bcns;
    await putBill(bcn, GOOD);
    await complete();
    await fire('prepare', PREPARE);
    await fire('publish', PUBLISH);
    const before = await visibleDocuments({ bcn }, PERIOD, now());
    await moveTo('JP', bcn, carrier);
    await complete(PERIOD, 'JP');
    await fire('prepare', '2026-11-04T17:00:00Z', 'JP');
    await fire('publish', '2026-11-04T22:00:00Z', 'JP');
    expect((await getRun('2026-10.JP.1')).stage).toBe('delivered');
    expect(await visibleDocuments({ bcn }, PERIOD, now())).toEqual(before);
    expect(await registerLines('JP-1')).toEqual([]);
    expect(await countMessages('2026-10.JP.1')).toMatchObject({ queued: 0 });
  });
});

describe('a plan that is delivered again when its run is ready', () => {
  useCloud();

  test('opens no chunk behind the publication', async () => {
    setClock('2026-11-03T12:00:00Z');
    const { bcns } = await putCarrier('Q', 1);
    const [bcn = ''] = bcns;
    await putBill(bcn, GOOD);
    await complete();
    await fire('prepare', PREPARE);
    await putBill(bcn, { net: '200.00', vat: '38.00', gross: '238.00', revision: 1 });
    await say('billing.bills.changed', { period: PERIOD, bcns: [bcn] }, 'correction');
    expect(await getRun(RUN)).toMatchObject({ stage: 'ready', pass: 2, passKind: 'repair' });
    await putBill(bcn, { net: '300.00', vat: '57.00', gross: '357.00', revision: 2 });
    await noteChanges(RUN, [bcn], 'another correction', false);
    await work('billing', ownEvent('billing.run.plan', 'again', { runId: RUN, pass: 2, first: 1 }, now()));
    await drain(['prepare']);
    await fire('publish', PUBLISH);
    expect(await getRun(RUN)).toMatchObject({ pass: 3, publishedAt: '2026-11-04T06:00:00.000Z' });
    expect(await visibleDocuments({ bcn }, PERIOD, now())).toMatchObject([{ facts: { gross: '357.00' } }]);
  });
});

describe('a rerun that was asked for before the publication', () => {
  useCloud();

  test('is done with the month: told again after it, it mails nothing again; an unknown account is named, not left out', async () => {
    setClock('2026-11-03T12:00:00Z');
    const { bcns } = await putCarrier('Y', 1);
    const [bcn = ''] = bcns;
    await putBill(bcn, GOOD);
    await complete();
    await fire('prepare', PREPARE);
    const asked = { ...RERUN, bcns, resend: 'always' };
    await say('billing.run.requested', asked, 'early');
    await fire('publish', PUBLISH);
    await say('billing.run.requested', asked, 'early');
    expect((await Array.fromAsync(summaries(PERIOD))).map(({ counts }) => counts.emails)).toEqual([1]);
    await say('billing.run.requested', { ...RERUN, bcns: [bcn, 'B-TYPO'] }, 'typing error');
    expect(await refusals('billing')).toEqual([expect.stringContaining('["B-TYPO"]')]);
    expect(await Array.fromAsync(summaries(PERIOD))).toHaveLength(1);
  });
});
