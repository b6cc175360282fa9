import { beforeAll, describe, expect, test } from 'vitest';
import { transact } from '../../../functions/aws/tables.ts';
import { paymentsOf } from '../../../functions/documents/payment-statuses.ts';
import { addVersion, openPublication, publish } from '../../../functions/documents/records.ts';
import { useCloud } from '../../emulators/cloud.ts';
import { account, countsOf, deliver, directory, load, reportOn, take } from './export.ts';

useCloud();

const HEADER = 'document,bcn,status,paid,currency,asOf';
const PUBLISHED = '2026-11-04T06:00:00.000Z';
let documents = 0;

beforeAll(async () => {
  await load({ ...directory, 'directory/billing-accounts.jsonl': [account(), account({ bcn: 'B2' })] });
  for (const publicationId of ['issued', 'coming']) await openPublication({ publicationId, period: '2026-10', calendar: 'DE' }, new Date());
  await transact([publish('issued', new Date(PUBLISHED), 'test')]);
});

/** An invoice over 100 euros. */
async function invoice(publicationId = 'issued'): Promise<string> {
  documents += 1;
  const number = `DE-${documents}`;
  const name = { ocn: 'C1', bcn: 'B1', period: '2026-10', kind: 'invoice', format: 'pdf', number } as const;
  const facts = { currency: 'EUR', gross: '100.00', payable: '100.00' };
  await addVersion({ ...name, sha256: 'x'.repeat(64), bytes: 1, publicationId, facts });
  return number;
}

const file = (date: string) => `payments/${date}.csv`;
const csv = (...rows: string[]) => `${[HEADER, ...rows].join('\n')}\n`;
const bring = (date: string, ...rows: string[]) => load({ [file(date)]: csv(...rows) }, { time: `${date}T20:00:00Z` });

async function stateOf(number: string): Promise<string | undefined> {
  const payment = (await paymentsOf(['B1']))({ bcn: 'B1', number });
  return payment && `${payment.status} ${payment.paid} ${payment.asOf}`;
}

describe('a daily payments file', () => {
  test('sets open, part paid, closed, disputed and not applicable', async () => {
    const [a, b, c, d, e] = await Promise.all([invoice(), invoice(), invoice(), invoice(), invoice()]);
    const report = await bring(
      '2026-11-05',
      `${a},B1,open,0.00,EUR,2026-11-05`,
      `"${b}",B1,part-paid,40.00,EUR,2026-11-05`,
      `${c},B1,closed,100,EUR,2026-11-05T18:00:00+01:00`,
      `${d},B1,disputed,0.00,EUR,2026-11-05`,
      '',
      `${e},B1,not-applicable,0.00,EUR,2026-11-05`,
    );
    expect(report).toMatchObject({ rejected: 0, remarks: [] });
    expect(countsOf(report, file('2026-11-05'))).toEqual([5, 5, 0, 0, 0, 0]);
    expect(await Promise.all([a, b, c, d, e].map((number) => stateOf(number ?? '')))).toEqual([
      'open 0.00 2026-11-05',
      'part-paid 40.00 2026-11-05',
      'closed 100 2026-11-05T17:00:00.000Z',
      'disputed 0.00 2026-11-05',
      'not-applicable 0.00 2026-11-05',
    ]);
  });

  test('of yesterday does not overwrite today’s, whichever comes first', async () => {
    const number = await invoice();
    await bring('2026-11-06', `${number},B1,closed,100.00,EUR,2026-11-06`);
    const late = await load({ [file('2026-11-05')]: csv(`${number},B1,open,0,EUR,2026-11-05`) }, { time: '2026-11-07T08:00:00Z' });
    expect(countsOf(late, file('2026-11-05'))).toEqual([1, 0, 0, 0, 1, 0]);
    expect(await stateOf(number)).toBe('closed 100.00 2026-11-06');
  });

  test('reads the files of one export in the order of their days', async () => {
    const number = await invoice();
    const days = ['2026-11-07', '2026-11-05', '2026-11-06'];
    const files = Object.fromEntries(days.map((day) => [file(day), csv(`${number},B1,part-paid,${Number(day.slice(-2))},EUR,${day}`)]));
    const report = await load(files, { time: '2026-11-08T08:00:00Z' });
    expect(report.files.map((one) => one.file)).toEqual(days.toSorted().map(file));
    expect(await stateOf(number)).toBe('part-paid 7 2026-11-07');
  });

  test('reports overpaid and reopened documents, and takes them', async () => {
    const number = await invoice();
    const over = await bring('2026-11-05', `${number},B1,closed,120.00,EUR,2026-11-05`);
    expect(over.remarks).toEqual([{ file: file('2026-11-05'), line: 2, text: 'Overpaid: 120.00 EUR of 100.00.' }]);
    const again = await bring('2026-11-06', `${number},B1,open,0.00,EUR,2026-11-06`);
    expect(again.remarks).toEqual([{ file: file('2026-11-06'), line: 2, text: 'Reopened: it was closed as of 2026-11-05.' }]);
    expect(countsOf(again, file('2026-11-06'))).toEqual([1, 0, 1, 0, 0, 0]);
    expect(await stateOf(number)).toBe('open 0.00 2026-11-06');
  });

  test('lists what is wrong with what would be right, and takes the rest', async () => {
    const [number, unseen] = [await invoice(), await invoice('coming')];
    const report = await bring(
      '2026-11-05',
      'DE-999,B1,open,0.00,EUR,2026-11-05',
      `${unseen},B1,open,0.00,EUR,2026-11-05`,
      `${number},B2,open,0.00,EUR,2026-11-05`,
      `${number},B-nobody,open,0.00,EUR,2026-11-05`,
      `${number},B1,late,0.00,EUR,2026-11-05`,
      `${number},B1,open,-1,EUR,2026-11-05`,
      `${number},B1,part-paid,0.005,EUR,2026-11-05`,
      `${number},B1,open,0.00,USD,2026-11-05`,
      `${number},B1,open,0.00,EUR,2026-11-09`,
      `${number},B1,open,0.00,EUR`,
      `${number},B1,closed,100.00,EUR,2026-11-05`,
      `${number},B1,closed,100.0,EUR,2026-11-05`,
      `${number},B1,open,0.00,EUR,2026-11-05`,
    );
    expect(countsOf(report, file('2026-11-05'))).toEqual([13, 1, 0, 1, 0, 11]);
    const published = (bcn: string) => `the number of one document that is published for billing account ${bcn} is expected`;
    expect(report.rejections.map(({ line, field, value, expected }) => `${line} ${field} ${value}: ${expected}`)).toEqual([
      `2 document "DE-999": ${published('B1')}`,
      `3 document "${unseen}": ${published('B1')}`,
      `4 document "${number}": ${published('B2')}`,
      '5 bcn "B-nobody": the BCN of a billing account that the directory knows is expected',
      '6 status "late": one of open, part-paid, closed, disputed, not-applicable is expected',
      '7 paid "-1": an amount that is not negative is expected, such as "1234.50"',
      '8 paid "0.005": at most 2 decimals are expected in EUR',
      '9 currency "USD": EUR is expected, as on the document',
      '10 asOf "2026-11-09": a moment not after the export\'s own time, 2026-11-05T20:00:00.000Z, is expected',
      '11 (line) 5 cells: a row of 6 cells is expected, as the header has',
      '14 status "open": closed with 100.00 paid is expected, as line 12 says as of the same moment; one of the two is wrong',
    ]);
    expect(await stateOf(number)).toBe('closed 100.00 2026-11-05');
  });

  test('without its header is refused as a whole', async () => {
    const report = await load({ [file('2026-11-05')]: 'DE-1,B1,open,0.00,EUR,2026-11-05\n' });
    expect(report.rejections).toEqual([
      {
        file: file('2026-11-05'),
        line: 1,
        field: '(header)',
        value: '"DE-1,B1,open,0.00,EUR,2026-11-05"',
        expected: `a header row is expected: ${HEADER}`,
      },
    ]);
  });

  test('taken twice at once, and once more, counts as the first time', async () => {
    const number = await invoice();
    const event = await deliver({ [file('2026-11-05')]: csv(`${number},B1,open,0,EUR,2026-11-05`) }, { time: '2026-11-05T20:00:00Z' });
    await Promise.all([take(event), take(event)]);
    await take(event);
    expect(countsOf(await reportOn(event), file('2026-11-05'))).toEqual([1, 1, 0, 0, 0, 0]);
    const again = await bring('2026-11-06', `${number},B1,open,0,EUR,2026-11-05`);
    expect(countsOf(again, file('2026-11-06'))).toEqual([1, 0, 0, 1, 0, 0]);
  });

  test('is read on from where a worker ran out of time, file by file and piece by piece', async () => {
    const number = await invoice();
    const rows = Array.from(
      { length: 450 },
      (_, index) => `${number},B1,part-paid,${(index + 1) / 100},EUR,2026-11-05T00:00:${String(index % 60).padStart(2, '0')}Z`,
    );
    const files = { [file('2026-11-04')]: csv(`${number},B1,open,0,EUR,2026-11-04`), [file('2026-11-05')]: csv(...rows) };
    const event = await deliver(files, { time: '2026-11-05T20:00:00Z' });
    const SHORT = 30_000;
    for (let turn = 0; turn < 25; turn += 1) await take(event, SHORT);
    const report = await reportOn(event);
    expect(countsOf(report, file('2026-11-04'))[0]).toBe(1);
    expect(countsOf(report, file('2026-11-05'))[0]).toBe(450);
  });
});
