import { beforeAll, describe, expect, test } from 'vitest';
import { now } from '../../../functions/aws/clock.ts';
import { bucketNamed } from '../../../functions/aws/environment.ts';
import { getObject, listObjects, putObject } from '../../../functions/aws/objects.ts';
import { releaseRun, stopRun } from '../../../functions/billing/brake.ts';
import { findBatch, handOverBatch, printBatches } from '../../../functions/billing/print-batch.ts';
import { visibleDocuments } from '../../../functions/documents/records.ts';
import { ownEvent } from '../../../functions/events/cloud-event.ts';
import { contextOf, setClock, useCloud } from '../../emulators/cloud.ts';
import {
  type Carrier,
  complete,
  drain,
  fire,
  GOOD,
  makeNew,
  PERIOD,
  PREPARE,
  PUBLISH,
  putBill,
  putCarrier,
  say,
  WRONG,
  work,
} from './month.ts';

const RUN = `${PERIOD}.DE.1`;
/** Accounts whose print batch is cut short. */
const COUNT = 5;
const POST = { invoicedBefore: true, delivery: { attach: false, post: true } };

async function filesOf(publicationId: string): Promise<string[]> {
  const objects = await Array.fromAsync(listObjects(bucketNamed('print'), `${publicationId}/`));
  return objects.map(({ key }) => key.slice(publicationId.length + 1)).filter((file) => file !== 'addresses.csv');
}

async function addressesOf(publicationId: string): Promise<string[]> {
  const text = (await getObject(bucketNamed('print'), `${publicationId}/addresses.csv`))?.toString() ?? '';
  return text.trim().split('\n');
}

const printIt = (runId: string, key: string) => work('print', ownEvent('billing.publication.print', key, { runId, from: 1 }, now()));
const invoiceOf = async (bcn: string) => (await visibleDocuments({ bcn }, PERIOD, now())).find(({ kind }) => kind === 'invoice');

describe('what goes out by post', () => {
  useCloud();
  let carrier: Carrier;
  let first = '';
  let parked = '';
  let posted: string[];

  beforeAll(async () => {
    setClock('2026-11-03T12:00:00Z');
    carrier = await putCarrier('P', 27);
    posted = [0, 1, 2, 26].map((index) => carrier.bcns[index] ?? '');
    [first = '', parked = ''] = posted;
    await makeNew(posted.slice(1), carrier, POST);
    await makeNew([first], carrier, { ...POST, invoicedBefore: false });
    for (const bcn of carrier.bcns) await putBill(bcn, bcn === parked ? WRONG : GOOD);
    await complete();
    await fire('prepare', PREPARE);
    expect(await Array.fromAsync(printBatches())).toEqual([]);
    await fire('publish', PUBLISH);
  });

  test('is made ready for each publication: the PDFs as they were issued, and where they go', async () => {
    const issued = posted.filter((bcn) => bcn !== first && bcn !== parked);
    expect(await Array.fromAsync(printBatches(PERIOD))).toMatchObject([{ publicationId: RUN, state: 'ready', documents: issued.length }]);
    const documents = await Promise.all(issued.map(invoiceOf));
    expect(await filesOf(RUN)).toEqual(documents.map((document) => `${document?.bcn}-invoice-${document?.number}.pdf`).sort());
    for (const document of documents) {
      const copy = await getObject(bucketNamed('print'), `${RUN}/${document?.bcn}-invoice-${document?.number}.pdf`);
      expect(copy).toEqual(await getObject(bucketNamed('portal'), document?.key ?? ''));
    }
    const [header, ...rows] = await addressesOf(RUN);
    expect(header).toBe('file,sha256,document,kind,ocn,bcn,name,street,postalCode,city,country');
    const { bcn, number, sha256 } = documents[0] ?? {};
    expect(rows).toHaveLength(issued.length);
    expect(rows[0]).toBe(
      `${bcn}-invoice-${number}.pdf,${sha256},${number},invoice,CP,${bcn},"Müller & Söhne, Einkauf",Musterweg 1,10115,Berlin,DE`,
    );
  });

  test('said again, it changes nothing, not even for an account that has moved', async () => {
    const before = [await findBatch(RUN), await addressesOf(RUN)];
    setClock('2026-11-04T09:00:00Z');
    await makeNew(posted, carrier, { ...POST, address: { street: 'Neuweg 2', postalCode: '20095', city: 'Hamburg', country: 'DE' } });
    await Promise.all([printIt(RUN, 'again/1'), printIt(RUN, 'again/2')]);
    expect([await findBatch(RUN), await addressesOf(RUN)]).toEqual(before);
  });

  test('a late batch and the release of a first invoice each make their own, and nothing twice', async () => {
    setClock('2026-11-05T09:00:00Z');
    await putBill(parked, { ...GOOD, revision: 2 });
    await say(
      'billing.run.requested',
      { period: PERIOD, bcns: posted.slice(1), reason: 'bill corrected', requestedBy: 'Jane', resend: 'always' },
      'late',
    );
    const approval = {
      schemaVersion: 1,
      bcn: first,
      period: PERIOD,
      version: 1,
      by: 'Anna',
      reason: 'approved',
      approvedAt: now().toISOString(),
    };
    await say('invoice.approved', approval, 'approved');
    const batches = await Array.fromAsync(printBatches(PERIOD));
    expect(batches.map(({ publicationId, state, documents }) => [publicationId, state, documents])).toEqual([
      [RUN, 'ready', 2],
      [`${PERIOD}.DE.2`, 'ready', 1],
      [`${PERIOD}.DE.3`, 'ready', 1],
    ]);
    expect((await addressesOf(`${PERIOD}.DE.2`))[1]).toContain('Hamburg');
    const all = (await Promise.all(batches.map(({ publicationId }) => filesOf(publicationId)))).flat();
    expect(new Set(all).size).toBe(posted.length);
    expect(all).toHaveLength(posted.length);
  });

  test('is handed over once, by a named person', async () => {
    await expect(handOverBatch('2026-09.DE.1', 'Jane', 'courier', now())).rejects.toThrow(/a publication with a print batch is expected/);
    const both = await Promise.allSettled(['Jane', 'Tom'].map((by) => handOverBatch(RUN, by, 'courier 4711', now())));
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await findBatch(RUN)).toMatchObject({ state: 'handed-over', handedOver: { reason: 'courier 4711', at: now().toISOString() } });
    await expect(handOverBatch(RUN, 'Tom', 'again', now())).rejects.toThrow(/was handed over by (Jane|Tom) at .*: courier 4711/);
    await printIt(RUN, 'after the handover');
    expect(await findBatch(RUN)).toMatchObject({ state: 'handed-over', documents: 2 });
  });
});

describe('whatever dies in between', () => {
  useCloud();

  test('a batch goes on where it was: each document once, with the address it was put in with', async () => {
    setClock('2026-11-03T12:00:00Z');
    const carrier = await putCarrier('D', COUNT);
    await makeNew(carrier.bcns, carrier, POST);
    for (const bcn of carrier.bcns) await putBill(bcn, GOOD);
    await complete();
    await fire('prepare', PREPARE);
    // A PDF that is not what was issued stops the worker between an entry and the last ones.
    setClock(PUBLISH);
    const { handler } = await import('../../../functions/billing/calendar-day.handler.ts');
    await handler({ scheduledTime: PUBLISH, calendar: 'DE', step: 'publish' }, contextOf('calendar-day'));
    await drain(['print']);
    const spoilt = await invoiceOf(carrier.bcns[3] ?? '');
    const good = (await getObject(bucketNamed('portal'), spoilt?.key ?? '')) as Buffer;
    const store = (body: Buffer) =>
      putObject({ bucket: bucketNamed('portal'), key: spoilt?.key ?? '', body, contentType: 'application/pdf' });
    await store(Buffer.from('cut'));
    await expect(printIt(RUN, 'dies')).rejects.toThrow();
    expect(await findBatch(RUN)).toMatchObject({ state: 'making' });
    await expect(handOverBatch(RUN, 'Jane', 'too early', now())).rejects.toThrow(/still being made/);
    await store(good);
    await makeNew(carrier.bcns, carrier, { ...POST, name: 'Renamed' });
    const person = { by: 'Jane', reason: 'a look first' };
    await stopRun(RUN, person, now());
    await printIt(RUN, 'while it is stopped');
    expect(await findBatch(RUN)).toMatchObject({ state: 'making' });
    await releaseRun(RUN, person, now());
    await say('billing.run.settle', { runId: RUN, cause: 'released' }, 'released');
    expect(await findBatch(RUN)).toMatchObject({ state: 'ready', documents: COUNT });
    expect(await filesOf(RUN)).toHaveLength(COUNT);
    const rows = (await addressesOf(RUN)).slice(1);
    expect(new Set(rows.map((row) => row.split(',')[2])).size).toBe(COUNT);
    expect(rows[0]).toContain('Müller & Söhne');
  });
});
