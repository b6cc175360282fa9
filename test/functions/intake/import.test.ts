import { beforeAll, describe, expect, test } from 'vitest';
import { inputOf } from '../../../functions/billing/received.ts';
import { accountPage } from '../../../functions/directory/account-pages.ts';
import { contactsOf, getBillingAccount, getCustomer, getLegalEntity, numbersOf, servicesOf } from '../../../functions/directory/read.ts';
import { eventsIn, receiveAll, useCloud } from '../../emulators/cloud.ts';
import { account, bill, countsOf, customer, deliver, directory, load, numbers, reportOn, sha256, take } from './export.ts';

useCloud();

describe('an export', () => {
  beforeAll(async () => {
    await load(directory, { time: '2026-11-01T08:00:00Z', id: 'first' });
  });

  test('is in the directory afterwards', async () => {
    expect(await getLegalEntity('DE01')).toMatchObject({ name: 'Carrier Deutschland GmbH', taxRounding: 'half-up' });
    expect(await getCustomer('C1')).toMatchObject({ language: 'de' });
    expect(await getBillingAccount('B1')).toMatchObject({ itemisation: 'full', paymentMethod: 'transfer' });
    expect(await contactsOf('C1')).toMatchObject([{ contactId: 'P1', kind: 'person' }]);
    expect(await Array.fromAsync(servicesOf('B1'))).toMatchObject([{ serviceId: 'FRA/FRA/LE-1' }]);
    expect(await Array.fromAsync(numbersOf('B1'))).toMatchObject([{ from: '+493023125000' }]);
    expect(await accountPage('DE')).toMatchObject({ accounts: [{ bcn: 'B1', ocn: 'C1', legalEntityId: 'DE01' }] });
  });

  test('changes nothing when it is loaded again', async () => {
    const report = await load(directory, { time: '2026-11-01T09:00:00Z' });
    for (const path of Object.keys(directory)) expect(countsOf(report, path)).toEqual([1, 0, 0, 1, 0, 0]);
  });

  test('tells a record that changed from the others', async () => {
    const report = await load(
      { 'directory/customers.jsonl': [customer({ name: 'Acme AG' }), customer({ ocn: 'C2' })] },
      { time: '2026-11-01T10:00:00Z' },
    );
    expect(countsOf(report, 'directory/customers.jsonl')).toEqual([2, 1, 1, 0, 0, 0]);
    expect(await getCustomer('C1')).toMatchObject({ name: 'Acme AG' });
  });

  test('from before does not replace what is newer', async () => {
    const report = await load({ 'directory/customers.jsonl': [customer({ name: 'Old Acme' })] }, { time: '2026-11-01T09:30:00Z' });
    expect(countsOf(report, 'directory/customers.jsonl')).toEqual([1, 0, 0, 0, 1, 0]);
    expect(await getCustomer('C1')).toMatchObject({ name: 'Acme AG' });
  });

  test('takes updatedAt for the time when a record has it', async () => {
    const times = ['2026-10-02T00:00:00Z', '2026-10-01T12:00:00+02:00', '2026-10-01T11:00:00Z'];
    for (const updatedAt of times) {
      await load({ 'directory/customers.jsonl': [customer({ ocn: 'C3', name: updatedAt, updatedAt })] }, { time: '2026-11-02T00:00:00Z' });
    }
    expect(await getCustomer('C3')).toMatchObject({ name: '2026-10-02T00:00:00Z' });
  });
});

describe('bad input', () => {
  test('is listed with its place, and the good records go in', async () => {
    const lines = [
      '\ufeff{"ocn":"G1","name":"Good","legalEntityId":"DE01","country":"DE","language":"de"}\r',
      '',
      '{"ocn":"../etc","name":"Bad id","legalEntityId":"DE01","country":"DE","language":"de"}',
      '{"ocn":"G2","name":"","legalEntityId":"DE01","country":"XX","language":"de"}',
      '{"ocn":"G3","name":"No entity","legalEntityId":"ZZ99","country":"DE","language":"de"}',
      `{"ocn":"G4","name":"${'x'.repeat(300_000)}"}`,
      'nonsense',
      '{"ocn":"G5","name":"Good","legalEntityId":"DE01","country":"DE","language":"de","colour":"red","colours":["blue"]}',
      '{"ocn":"G6","name":"Cut',
    ];
    const report = await load({ ...directory, 'directory/customers.jsonl': lines.join('\n') }, { time: '2026-11-03T08:00:00Z' });
    expect(countsOf(report, 'directory/customers.jsonl')).toEqual([8, 2, 0, 0, 0, 6]);
    expect(report.rejections.map(({ line, field, value, expected }) => `${line} ${field} ${value}: ${expected}`)).toEqual([
      '3 ocn "../etc": an id is expected: 1 to 64 of A-Z a-z 0-9 . _ -, beginning with a letter or digit, without ".."',
      '4 name "": text of 1 to 10000 characters is expected',
      '4 country "XX": an ISO 3166-1 alpha-2 country is expected, such as "DE"',
      '5 legalEntityId "ZZ99": the id of a legal entity that the directory knows is expected',
      '6 (line) 300022 bytes: a line of at most 262144 bytes is expected, not one of 300022',
      expect.stringMatching(/^7 \(line\) "nonsense": one JSON object on a line is expected \(/),
      expect.stringMatching(
        /^9 \(line\) ".*Cut": one JSON object on a line is expected; the file ends in this line, perhaps it was cut \(/,
      ),
    ]);
    expect(report.unknownFields).toEqual([{ file: 'directory/customers.jsonl', fields: ['colour', 'colours'] }]);
    expect(await getCustomer('G1')).toMatchObject({ name: 'Good' });
    expect(await getCustomer('G5')).toMatchObject({ name: 'Good' });
  });

  test('the last of several lines about one record counts', async () => {
    const files = { 'directory/customers.jsonl': [customer({ ocn: 'D1', name: 'One' }), customer({ ocn: 'D1', name: 'Two' })] };
    const report = await load(files, { time: '2026-11-03T09:00:00Z' });
    expect(report.remarks).toMatchObject([{ line: 1, text: 'D1 stands on line 2 too, which counts.' }]);
    expect(await getCustomer('D1')).toMatchObject({ name: 'Two' });
  });

  test('an element of an array that is broken does not take the others along', async () => {
    const text = '[\n{"legalEntityId": "X1"},\n{"legalEntityId": "X2",\n "name": }\n,\n{"legal';
    const report = await load({ 'directory/legal-entities.json': text });
    expect(countsOf(report, 'directory/legal-entities.json')).toEqual([4, 0, 0, 0, 0, 4]);
    expect([...new Set(report.rejections.map(({ line }) => line))]).toEqual([2, 3, 6]);
  });

  test('references to what nobody knows are refused', async () => {
    const report = await load({
      'directory/billing-accounts.jsonl': [account({ bcn: 'B9', ocn: 'NOBODY' })],
      'directory/contacts.jsonl': [{ ...directory['directory/contacts.jsonl'][0], ocn: 'NOBODY' }],
      'directory/services.jsonl': [{ ...directory['directory/services.jsonl'][0], ownership: [{ bcn: 'NONE', from: '2025-01-01' }] }],
      'directory/numbers.jsonl': [numbers({ bcn: 'NONE' })],
    });
    expect(report.rejections.map(({ file, field, value }) => `${file} ${field} ${value}`)).toEqual([
      'directory/billing-accounts.jsonl ocn "NOBODY"',
      'directory/contacts.jsonl ocn "NOBODY"',
      'directory/services.jsonl ownership.0.bcn "NONE"',
      'directory/numbers.jsonl bcn "NONE"',
    ]);
  });

  test.each([
    ['another bucket', { bucket: 'elsewhere', prefix: 'loads/x' }, 'bucket'],
    ['a prefix that climbs', { bucket: 'x', prefix: 'loads/../secret' }, 'prefix'],
    ['no prefix', { bucket: 'x' }, 'prefix'],
  ])('%s goes to the dead-letter queue with the reason', async (_, data, field) => {
    await take({ specversion: '1.0', id: 'bad', source: '/test', type: 'intake.received', data });
    const [message] = await receiveAll('intake', { dlq: true });
    expect(message?.MessageAttributes?.field?.StringValue).toBe(field);
  });

  test('a prefix without any object goes there too', async () => {
    const event = await deliver({});
    await take(event);
    const [message] = await receiveAll('intake', { dlq: true });
    expect(message?.MessageAttributes?.reason?.StringValue).toMatch(/the prefix of an export is expected, no object lies there$/);
  });
});

describe('billing input', () => {
  const complete = (more: object = {}) => ({
    period: '2026-10',
    calendar: 'DE',
    delivery: 'full',
    sequence: 1,
    bills: 1,
    usageFiles: 1,
    ...more,
  });
  const usage = 'recordId,chargedNumber\n';

  test('is handed over, and billing hears of it once', async () => {
    const files = {
      ...directory,
      'billing/2026-10/bills/B1.json': bill(),
      'billing/2026-10/usage/layout.json': { layout: 'carrierpost' },
      'billing/2026-10/usage/B1.csv': usage,
      'billing/2026-10/complete-DE.json': complete({
        sha256: { 'bills/B1.json': sha256(JSON.stringify(bill())), 'usage/B1.csv': sha256(usage) },
      }),
    };
    await eventsIn('billing');
    const report = await load(files, { time: '2026-11-03T08:00:00Z' });
    expect(report).toMatchObject({ rejected: 0, rejections: [], checksums: [], unreadable: [] });
    expect(countsOf(report, 'billing/2026-10/bills')).toEqual([1, 1, 0, 0, 0, 0]);
    expect((await eventsIn('billing')).map(({ type, data }) => ({ type, data }))).toEqual([
      { type: 'billing.bills.changed', data: { period: '2026-10', bcns: ['B1'] } },
      { type: 'billing.bills.changed', data: { period: '2026-10', bcns: ['B1'] } },
      { type: 'billing.directory.changed', data: { importId: expect.any(String) } },
      { type: 'billing.period.completed', data: { period: '2026-10', calendar: 'DE' } },
    ]);
    const again = await load(files, { time: '2026-11-03T09:00:00Z' });
    expect(countsOf(again, 'billing/2026-10/bills')).toEqual([1, 0, 0, 1, 0, 0]);
    expect((await eventsIn('billing')).map(({ type }) => type)).toEqual(['billing.directory.changed', 'billing.period.completed']);
  });

  test('that cannot be read is handed over with the reason', async () => {
    const files = {
      ...directory,
      'directory/billing-accounts.jsonl': ['B2', 'B3', 'B4', 'B5', 'B.6'].map((bcn) => account({ bcn })),
      'billing/2026-10/bills/B2.json': '{"customerBill": ',
      'billing/2026-10/bills/B3.json': bill({ id: 'BILL-3', billingAccount: { id: 'B2' } }),
      'billing/2026-10/bills/B4.json': bill({ id: 'BILL-4', revision: 'one', billingAccount: { id: 'B4' } }),
      'billing/2026-10/bills/B5.json': bill({ id: 'BILL-5', billingAccount: { id: 'B5' } }),
      'billing/2026-10/bills/B.6.BILL-6.json': bill({ id: 'BILL-6', billingAccount: { id: 'B.6' } }),
      'billing/2026-10/bills/NOBODY.json': bill({ billingAccount: { id: 'NOBODY' } }),
      'billing/2026-10/usage/B5.csv': usage,
      'billing/2026-10/complete-DE.json': complete({
        bills: 9,
        usageFiles: 1,
        sha256: { 'bills/B5.json': '0'.repeat(64), 'bills/B7.json': '1'.repeat(64) },
      }),
      'billing/2026-13/bills/B2.json': bill(),
      'billing/2026-10/invoices/B2.json': bill(),
    };
    const report = await load(files, { time: '2026-11-04T08:00:00Z' });
    expect(report.unreadable).toEqual([
      { file: 'billing/2026-10/bills/B2.json', reason: expect.stringMatching(/^The file is no JSON in UTF-8: /) },
      {
        file: 'billing/2026-10/bills/B3.json',
        reason: 'customerBill.billingAccount.id is "B2": the BCN of the file\'s name, B3.json, is expected',
      },
      {
        file: 'billing/2026-10/bills/B4.json',
        reason: 'customerBill.revision is "one": a whole number from 0 to 1000000000 is expected',
      },
      { file: 'billing/2026-10/usage/B5.csv', reason: expect.stringMatching(/^usage\/layout\.json is missing: /) },
    ]);
    expect(report.checksums).toEqual([
      {
        file: 'billing/2026-10/bills/B5.json',
        announced: '0'.repeat(64),
        found: sha256(JSON.stringify(files['billing/2026-10/bills/B5.json'])),
      },
    ]);
    expect(report.rejections.map(({ file, field, value }) => `${file} ${field} ${value}`)).toEqual([
      'billing/2026-10/invoices/B2.json path "billing/2026-10/invoices/B2.json"',
      'billing/2026-13/bills/B2.json period "2026-13"',
      'billing/2026-10/bills/NOBODY.json customerBill.billingAccount.id "NOBODY"',
      'billing/2026-10/complete-DE.json bills 9',
      'billing/2026-10/complete-DE.json sha256 "bills/B7.json"',
    ]);
    expect(report.remarks).toEqual([]);
  });
});

test('a bill that can be read again takes the place of what could not be read, whatever its file is called', async () => {
  const path = 'billing/2026-09/bills/B1.september.json';
  const good = bill({ id: 'BILL-9' });
  await load({ ...directory, [path]: '{"customerBill": ' }, { time: '2026-11-04T08:00:00Z' });
  expect((await inputOf('2026-09', 'B1')).bills).toMatchObject([{ billId: 'september', unreadable: expect.any(String) }]);
  for (const [hour, content, ids] of [
    [9, good, ['BILL-9']],
    [10, 'cut', ['BILL-9', 'september']],
    [11, good, ['BILL-9']],
  ] as const) {
    const report = await load({ ...directory, [path]: content }, { time: `2026-11-04T${String(hour).padStart(2, '0')}:00:00Z` });
    expect((await inputOf('2026-09', 'B1')).bills.map(({ billId }) => billId)).toEqual(ids);
    expect(countsOf(report, 'billing/2026-09/bills').slice(1, 3)).not.toEqual([0, 0]);
  }
  await eventsIn('billing');
});

test('a second delivery of the same event is the same import', async () => {
  const event = await deliver(directory, { time: '2026-11-05T08:00:00Z' });
  await take(event);
  const report = await reportOn(event);
  await take(event);
  expect(await reportOn(event)).toEqual(report);
});
