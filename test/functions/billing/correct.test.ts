import { beforeAll, describe, expect, test } from 'vitest';
import { now } from '../../../functions/aws/clock.ts';
import { bucketNamed } from '../../../functions/aws/environment.ts';
import { getObject } from '../../../functions/aws/objects.ts';
import { accountRecords } from '../../../functions/billing/chunk.ts';
import { numbersOfSeries } from '../../../functions/billing/numbers.ts';
import { previewCorrection } from '../../../functions/billing/preview-correction.ts';
import { summaries } from '../../../functions/billing/run-summary.ts';
import { visibleDocuments } from '../../../functions/documents/records.ts';
import { ownEvent } from '../../../functions/events/cloud-event.ts';
import { messagesOf } from '../../../functions/messages/counts.ts';
import { listTasks } from '../../../functions/tasks/tasks.ts';
import { setClock, useCloud } from '../../emulators/cloud.ts';
import { canReadPdf, pdfText } from '../../oracle/pdf.ts';
import { asked, type Carrier, drain, GOOD, PERIOD, publishedMonth, putBill, refusals, say, WRONG, work } from './month.ts';

const WANTED = { period: PERIOD, reason: 'Falscher Tarif', requestedBy: 'Jane Clerk' };
const HIGHER = { net: '200.00', vat: '38.00', gross: '238.00', revision: 1 };

describe('the correction of an issued invoice', () => {
  useCloud();
  let carrier: Carrier;
  const correct = (index: number, key: string) => say('billing.correction.requested', { ...WANTED, bcn: carrier.bcns[index] ?? '' }, key);
  const seen = async (index: number) => {
    const documents = await visibleDocuments({ bcn: carrier.bcns[index] ?? '' }, PERIOD, now());
    return documents.map(({ kind, number, version }) => `${kind} ${number} v${version}`).sort();
  };
  const openTasks = async () => (await Array.fromAsync(listTasks('open'))).map(({ bcn }) => bcn);
  const runs = () => Array.fromAsync(summaries(PERIOD));

  beforeAll(async () => {
    carrier = await publishedMonth('K', 5, () => []);
  }, 120_000);

  test('is refused while nothing differs, or what came cannot be billed, with the reason', async () => {
    setClock('2026-11-06T09:00:00Z');
    await correct(0, 'too early');
    await putBill(carrier.bcns[4] ?? '', { ...WRONG, revision: 1 });
    await correct(4, 'broken');
    expect(await refusals('billing')).toEqual([
      expect.stringContaining('no bill of 2026-10 differs from what was issued of it'),
      expect.stringMatching(/cannot be billed.*19\.01/),
    ]);
    expect(await runs()).toHaveLength(1);
  });

  test('shows before what it would issue', async () => {
    const [bcn = ''] = carrier.bcns;
    await putBill(bcn, HIGHER);
    await say('billing.bills.changed', { period: PERIOD, bcns: [bcn] }, 'changed');
    expect(await openTasks()).toEqual([bcn]);
    const corrects = [{ number: 'NL-K-INV26-000001', issueDate: '2026-11-04' }];
    expect(await previewCorrection({ ...WANTED, bcn }, now())).toMatchObject({
      bills: [{ number: 'NL-K-INV26-000001', difference: { lines: [{ lineId: '1', change: 'changed' }] } }],
      documents: [
        { type: 'credit-note', gross: '119.00', corrects },
        { type: 'invoice', gross: '238.00', corrects },
      ],
      emails: 1,
    });
    expect(await seen(0)).toEqual(['invoice NL-K-INV26-000001 v1']);
  });

  test('is a credit note and a new invoice, published together and mailed in one email; asked again it is not done again', async () => {
    for (const key of ['first', 'first', 'second']) await correct(0, key);
    expect(await seen(0)).toEqual(['credit-note NL-K-CN26-000001 v1', 'invoice NL-K-INV26-000001 v1', 'invoice NL-K-INV26-000006 v1']);
    const mails = await Array.fromAsync(messagesOf('2026-10.DE.2'));
    expect(mails).toMatchObject([
      {
        kind: 'invoice',
        facts: {
          number: 'NL-K-INV26-000006',
          gross: '238.00',
          correction: { corrected: 'NL-K-INV26-000001', creditNote: 'NL-K-CN26-000001' },
        },
        attachments: [{ filename: 'invoice-NL-K-INV26-000006.pdf' }, { filename: 'credit-note-NL-K-CN26-000001.pdf' }],
      },
    ]);
    expect(await refusals('billing')).toEqual([expect.stringContaining('no bill of 2026-10 differs')]);
    expect(await openTasks()).toEqual([]);
    expect((await runs()).flatMap(({ failures }) => failures).map(({ bcn }) => bcn)).toEqual([]);
  });

  test.runIf(canReadPdf)('says on both papers what it corrects, and why', async () => {
    const documents = await visibleDocuments({ bcn: carrier.bcns[0] ?? '' }, PERIOD, now());
    const texts = await Promise.all(
      ['NL-K-CN26-000001', 'NL-K-INV26-000006'].map(async (own) => {
        const { key = '' } = documents.find(({ number }) => number === own) ?? {};
        return pdfText((await getObject(bucketNamed('portal'), key)) ?? Buffer.alloc(0));
      }),
    );
    for (const [index, words] of ['Berichtigt', 'Ersetzt'].entries()) {
      expect(texts[index]).toContain(`${words}: NL-K-INV26-000001 vom 4. November 2026.`);
      expect(texts[index]).toContain('Änderung: Falscher Tarif');
    }
  });

  test('stands in the register and the series, the replacement beside what it corrects', async () => {
    const register = (await getObject(bucketNamed('register'), 'issued/2026-10/DE-2.jsonl'))?.toString() ?? '';
    const lines = register
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const corrects = [{ number: 'NL-K-INV26-000001', issueDate: '2026-11-04' }];
    expect(lines).toMatchObject([
      {
        type: 'credit-note',
        number: 'NL-K-CN26-000001',
        billId: `BILL-${carrier.bcns[0]}`,
        gross: '119.00',
        corrects,
        issueDate: '2026-11-06',
      },
      { type: 'invoice', number: 'NL-K-INV26-000006', billId: `BILL-${carrier.bcns[0]}`, gross: '238.00', corrects },
    ]);
  });

  test('is corrected by another one that refers to the replacement', async () => {
    setClock('2026-11-07T09:00:00Z');
    await putBill(carrier.bcns[0] ?? '', { net: '150.00', vat: '28.50', gross: '178.50', revision: 2 });
    await correct(0, 'once more');
    const record = (await accountRecords('2026-10.DE.3', [carrier.bcns[0] ?? ''])).get(carrier.bcns[0] ?? '');
    const corrects = [{ number: 'NL-K-INV26-000006', issueDate: '2026-11-06' }];
    expect(record?.bills.map(({ facts }) => facts)).toMatchObject([
      { type: 'credit-note', number: 'NL-K-CN26-000002', gross: '238.00', corrects },
      { type: 'invoice', number: 'NL-K-INV26-000007', gross: '178.50', corrects },
    ]);
    // A bill that comes as it was issued last is no change.
    await say('billing.bills.changed', { period: PERIOD, bcns: carrier.bcns.slice(0, 4) }, 'again');
    expect(await openTasks()).toEqual([]);
  });

  test('asked for ten times at once is one', async () => {
    const bcn = carrier.bcns[1] ?? '';
    await putBill(bcn, HIGHER);
    const events = Array.from({ length: 10 }, (_, n) => ({
      ...ownEvent('billing.correction.requested', `ten ${n}`, { ...WANTED, bcn }, now()),
      source: '/console',
    }));
    await Promise.all(events.map((event) => work('billing', event)));
    await drain();
    expect(await seen(1)).toEqual(['credit-note NL-K-CN26-000003 v1', 'invoice NL-K-INV26-000002 v1', 'invoice NL-K-INV26-000008 v1']);
    expect((await refusals('billing')).filter((reason) => reason.includes('under way in run'))).toHaveLength(9);
  });

  test('survives that every message of it comes twice', async () => {
    const bcn = carrier.bcns[2] ?? '';
    await putBill(bcn, HIGHER);
    const event = { ...ownEvent('billing.correction.requested', 'twice', { ...WANTED, bcn }, now()), source: '/console' };
    await work('billing', event);
    await drain([], 2);
    await work('billing', event);
    await drain([], 2);
    expect(await seen(2)).toEqual(['credit-note NL-K-CN26-000004 v1', 'invoice NL-K-INV26-000003 v1', 'invoice NL-K-INV26-000009 v1']);
    for (const [kind, count] of [
      ['invoice', 9],
      ['credit-note', 4],
    ] as const) {
      const numbers = await Array.fromAsync(numbersOfSeries(`${carrier.legalEntityId}/${kind}-2026`));
      expect(numbers.map(({ sequence, voided }) => [sequence, voided])).toEqual(
        Array.from({ length: count }, (_, n) => [n + 1, undefined]),
      );
    }
    expect((await runs()).reduce((sum, { counts }) => sum + counts.emails, 0)).toBe(5 + 4);
  });

  test('a rerun that sends everything again leaves out what was corrected', async () => {
    await say('billing.run.requested', asked({ bcns: carrier.bcns.slice(0, 1), resend: 'always' }), 'send again');
    const last = (await runs()).at(-1)?.run.runId ?? '';
    const mails = await Array.fromAsync(messagesOf(last));
    expect(mails).toMatchObject([{ facts: { number: 'NL-K-INV26-000007', correction: { creditNote: 'NL-K-CN26-000002' } } }]);
  });

  test('a partial credit note is a bill of its own: a rerun issues it in its series, and the invoice stands', async () => {
    const bcn = carrier.bcns[3] ?? '';
    await putBill(bcn, { ...GOOD, billId: 'CREDIT-1', net: '10.00', vat: '1.90', gross: '11.90' }, PERIOD, {
      category: 'credit-note',
      correctsInvoices: [{ number: 'NL-K-INV26-000004', issueDate: '2026-11-04' }],
      correctionReason: 'Störung am 12. Oktober',
    });
    await say('billing.run.requested', asked({ bcns: [bcn] }), 'partial');
    expect(await seen(3)).toEqual(['credit-note NL-K-CN26-000005 v1', 'invoice NL-K-INV26-000004 v1']);
  });
});
