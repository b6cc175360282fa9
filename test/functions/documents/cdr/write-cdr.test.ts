import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import Big from 'big.js';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PermanentError } from '../../../../functions/events/failure.ts';
import { ACCOUNT, type Call, carrierpostFile, fcsFile, published, write } from './usage-files.ts';

let spool: string;

beforeAll(async () => {
  spool = await mkdtemp(join(tmpdir(), 'carrierpost-cdr-'));
});

afterAll(async () => rm(spool, { recursive: true }));

describe('the published file', () => {
  test('says a call of our own layout as it came', async () => {
    const summary = await write(carrierpostFile([{}]), spool);
    expect(gunzipSync(await readFile(summary.file?.file ?? '')).toString()).toBe(
      'recordId,chargedNumber,aNumber,bNumber,direction,startTime,durationSeconds,ratedSeconds,callClass,destination,timeBand,charge,currency,serviceId,latePeriod\n' +
        'R-1,+442079460001,+442079460001,+447700900123,outbound,2026-10-05T09:30:00+01:00,61,120,mobile,United Kingdom mobile,D,0.01234,GBP,SIP-889,\n',
    );
  });

  test.each<[string, Call, Record<string, string>]>([
    [
      'an outbound call',
      {},
      {
        chargedNumber: '02079460001',
        aNumber: '02079460001',
        bNumber: '07700900123',
        direction: 'outbound',
        startTime: '2026-10-05T09:30:00',
        durationSeconds: '61',
        ratedSeconds: '61',
        callClass: 'FM1',
        charge: '0.01234',
        currency: 'GBP',
      },
    ],
    ['a presented number', { 'Presentation Number': '02079460099' }, { chargedNumber: '02079460001', aNumber: '02079460099' }],
    ['a call class beside the charge code', { 'Call Class': 'mobile' }, { callClass: 'mobile' }],
    [
      'a freephone call, paid by the called',
      { 'Call Type': 'I', 'Telephone Number Dialled': '08081570001', 'Customer Identifier': '08081570001' },
      { direction: 'inbound', chargedNumber: '08081570001', aNumber: '', bNumber: '08081570001' },
    ],
    ['no currency: pounds', { Currency: '' }, { currency: 'GBP' }],
  ])('says %s of the UK Standard in our columns', async (_, call, expected) => {
    const [row] = await published(await write(fcsFile([call]), spool, { layout: 'fcs-v3' }));
    expect(row).toMatchObject(expected);
  });

  test('carries the hash and size of what is on the disk, and the same calls give the same bytes', async () => {
    const { file } = await write(carrierpostFile([{}, { destination: 'Zürich, 東京' }]), spool);
    const packed = await readFile(file?.file ?? '');
    const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
    expect(file).toMatchObject({ bytes: packed.length, sha256Packed: hash(packed), sha256Raw: hash(gunzipSync(packed)) });
    // Neither time nor system in the header (RFC 1952, 2.3.1).
    expect(packed.subarray(4, 8)).toEqual(Buffer.alloc(4));
    expect(packed[9]).toBe(255);
    await write(carrierpostFile([{}, { destination: 'Zürich, 東京' }]), spool);
    expect(await readFile(file?.file ?? '')).toEqual(packed);
  });

  test('has a header row also when nobody called', async () => {
    const summary = await write(carrierpostFile([]), spool);
    expect(summary).toMatchObject({ rows: 0, seconds: 0, charge: '0', byClass: {} });
    expect(await published(summary)).toEqual([]);
  });
});

describe('itemisation', () => {
  test.each<[string, Call, [string, string]]>([
    ['outbound', {}, ['+442079460001', '447700900xxx']],
    ['inbound', { direction: 'inbound', aNumber: '+447700900123', bNumber: '+442079460001' }, ['447700900xxx', '+442079460001']],
    ['unclear', { direction: '', aNumber: '+447700900123', bNumber: '+442079460001' }, ['447700900xxx', '+442079460001']],
    ['to a short number', { bNumber: '112' }, ['+442079460001', 'xxx']],
    ['to a name', { bNumber: 'sip:alice@example.com' }, ['+442079460001', 'xxx']],
    ['from a withheld number', { direction: 'inbound', aNumber: '', bNumber: '+442079460001' }, ['', '+442079460001']],
  ])('masked hides the last three digits of the other party: %s', async (_, call, [aNumber, bNumber]) => {
    const account = { ...ACCOUNT, itemisation: 'masked' as const };
    const [row] = await published(await write(carrierpostFile([call]), spool, { account }));
    expect(row).toMatchObject({ aNumber, bNumber, chargedNumber: '+442079460001' });
  });

  test('none publishes no file and sums all the same', async () => {
    const account = { ...ACCOUNT, bcn: 'B-NONE', itemisation: 'none' as const };
    const summary = await write(carrierpostFile([{}, {}]), spool, { account });
    expect(summary).toMatchObject({ rows: 2, charge: '0.02468', file: undefined });
    expect((await readdir(spool)).filter((name) => name.includes('B-NONE'))).toEqual([]);
  });
});

describe('sums', () => {
  test('per class and in all, exact to the last decimal', async () => {
    const summary = await write(
      carrierpostFile([
        { charge: '0.1' },
        { charge: '0.20001', durationSeconds: '5' },
        { charge: '-1', callClass: 'local' },
        { charge: '12', callClass: '__proto__' },
      ]),
      spool,
    );
    expect(summary).toMatchObject({ rows: 4, seconds: 188, ratedSeconds: 480, charge: '11.30001' });
    expect(Object.entries(summary.byClass)).toEqual([
      ['__proto__', { calls: 1, seconds: 61, ratedSeconds: 120, charge: '12.00000' }],
      ['local', { calls: 1, seconds: 61, ratedSeconds: 120, charge: '-1.00000' }],
      ['mobile', { calls: 2, seconds: 66, ratedSeconds: 240, charge: '0.30001' }],
    ]);
  });

  test('of any calls equal those that another parser and another arithmetic find in the published file', async () => {
    const charge = fc
      .tuple(
        fc.constantFrom('', '-'),
        fc.integer({ min: 0, max: 999_999_999 }),
        fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 9 }),
      )
      .map(([sign, whole, fraction]) => `${sign}${whole}${fraction && `.${fraction}`}`);
    const call = fc.record({
      charge,
      durationSeconds: fc.nat({ max: 90_000 }).map(String),
      callClass: fc.constantFrom('mobile', 'local', 'Größe, "9"'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(call, { maxLength: 40 }), async (calls) => {
        const summary = await write(carrierpostFile(calls), spool);
        const rows = await published(summary);
        const sum = (of: readonly Record<string, string>[]) => of.reduce((total, row) => total.plus(row.charge ?? ''), new Big(0));
        expect(rows.length).toBe(calls.length);
        expect(sum(rows).eq(summary.charge)).toBe(true);
        for (const [name, sums] of Object.entries(summary.byClass)) {
          const ofClass = rows.filter((row) => row.callClass === name);
          expect({ calls: ofClass.length, seconds: ofClass.reduce((total, row) => total + Number(row.durationSeconds), 0) }).toEqual({
            calls: sums.calls,
            seconds: sums.seconds,
          });
          expect(sum(ofClass).eq(sums.charge)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('duplicates', () => {
  test('are decided by the record id alone', async () => {
    const summary = await write(carrierpostFile([{ recordId: 'A' }, { recordId: 'B' }, { recordId: 'A', charge: '9' }]), spool);
    expect(summary).toMatchObject({ rows: 2, duplicates: 1, charge: '0.02468' });
    expect((await published(summary)).map((row) => row.recordId)).toEqual(['A', 'B']);
  });

  test('the repeated hour of October is none', async () => {
    const twice = { 'Call Date': '25/10/2026', 'Call Time': '01:30:00' };
    const summary = await write(fcsFile([twice, twice]), spool, { layout: 'fcs-v3' });
    expect(summary).toMatchObject({ rows: 2, duplicates: 0 });
  });
});

describe('the period', () => {
  const late = { lateUsageDays: 30 };

  test.each<[string, string, Partial<typeof late>, string]>([
    ['inside', '2026-10-31T23:59:59+00:00', {}, ''],
    ['late by a day', '2026-09-30T12:00:00+01:00', late, '2026-09'],
    ['late by all the days that are allowed', '2026-09-01T12:00:00+01:00', late, '2026-09'],
    ['in the zone already October', '2026-09-30T23:30:00Z', {}, ''],
    ['in the zone still October', '2026-11-01T00:30:00+01:00', {}, ''],
    ['without an offset as written', '2026-10-01T00:00:00', {}, ''],
  ])('%s: %s', async (_, startTime, order, latePeriod) => {
    const summary = await write(carrierpostFile([{ startTime }]), spool, order);
    expect(summary).toMatchObject({ rows: 1, late: latePeriod === '' ? 0 : 1, problemCount: 0 });
    expect((await published(summary))[0]).toMatchObject({ startTime, latePeriod });
  });

  test.each<[string, string, Partial<typeof late>, string]>([
    [
      'too late',
      '2026-08-31T12:00:00+01:00',
      late,
      'the call is of 2026-08-31, calls of 2026-10, or of the 30 days before it, are expected',
    ],
    ['late where nothing is allowed', '2026-09-30T12:00:00+01:00', {}, 'the call is of 2026-09-30, calls of 2026-10 are expected'],
    [
      'of the next period',
      '2026-11-01T00:00:00Z',
      late,
      'the call is of 2026-11-01, calls of 2026-10, or of the 30 days before it, are expected',
    ],
  ])('%s is a problem, not a row: %s', async (_, startTime, order, reason) => {
    const summary = await write(carrierpostFile([{}, { startTime }]), spool, order);
    expect(summary).toMatchObject({ rows: 1, charge: '0.01234', problemCount: 1 });
    expect(summary.problems).toEqual([{ rule: 'period', line: 3, reason: `B4711.csv line 3: ${reason}` }]);
  });
});

test("another currency than the account's is a problem; the first twenty are told", async () => {
  const summary = await write(carrierpostFile(Array.from({ length: 25 }, () => ({ currency: 'EUR' }))), spool);
  expect(summary).toMatchObject({ rows: 0, problemCount: 25 });
  expect(summary.problems).toHaveLength(20);
  expect(summary.problems[0]?.reason).toBe('B4711.csv line 2: the call is charged in EUR, the account is billed in GBP');
});

describe('a file that cannot be read', () => {
  const file = carrierpostFile([{}, {}]);
  const text = file.toString();

  test.each<[string, Buffer, string]>([
    ['is cut in a row', file.subarray(0, -20), 'B4711.csv line 3: the row has 12 fields, 14 are expected: it may be cut'],
    ['is cut in a quote', Buffer.from(text.replace('R-2', '"R-2')), 'B4711.csv line 3: a quote is not closed'],
    ['is empty', Buffer.alloc(0), 'B4711.csv line 1: the header row is missing'],
    ['lacks a column', Buffer.from(text.replace('charge,', 'price,')), 'B4711.csv line 1: the header row lacks charge'],
    [
      'has an amount with a comma',
      carrierpostFile([{ charge: '0,5' }]),
      'line 2, field charge: "0,5" is found, an amount such as 0.01234, at most 9 decimals, is expected',
    ],
    ['has an amount without a digit before the point', carrierpostFile([{ charge: '.5' }]), 'field charge: ".5" is found'],
    ['has an empty amount', carrierpostFile([{ charge: '' }]), 'field charge: "" is found'],
    [
      'has a duration in minutes',
      carrierpostFile([{ durationSeconds: '1:01' }]),
      'field durationSeconds: "1:01" is found, a number of seconds is expected',
    ],
    [
      'has a day that does not exist',
      carrierpostFile([{ startTime: '2026-02-30T00:00:00Z' }]),
      'field startTime: "2026-02-30T00:00:00Z" is found',
    ],
    [
      'has an instant with a broken offset',
      carrierpostFile([{ startTime: '2026-10-05T00:00:00+1' }]),
      'an instant such as 2026-10-05T09:30:00+02:00 is expected',
    ],
    ['has no record id', carrierpostFile([{ recordId: '' }]), 'field recordId: "" is found, an id that no other call has is expected'],
    ['has no class', carrierpostFile([{ callClass: '' }]), 'field callClass: "" is found'],
    [
      'is not UTF-8',
      Buffer.from(carrierpostFile([{ destination: 'Zürich' }]).toString(), 'latin1'),
      'B4711.csv line 2: the row is not UTF-8',
    ],
    ['has a name of 5 MB', carrierpostFile([{ destination: 'x'.repeat(5_000_000) }]), 'the row is longer than 65536 bytes'],
  ])('%s', async (_, bytes, reason) => {
    const failure = await write(bytes, spool).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PermanentError);
    expect((failure as PermanentError).message).toContain(reason);
  });

  test.each<[string, Call, string]>([
    ['an American date', { 'Call Date': '10/31/2026' }, 'field Call Date: "10/31/2026" is found, a date such as 31/10/2026 is expected'],
    ['a time without seconds', { 'Call Time': '09:30' }, 'field Call Time: "09:30" is found, a time such as 23:59:59 is expected'],
    ['a price with a currency sign', { Salesprice: '£1' }, 'field Salesprice: "£1" is found'],
  ])('has %s in the UK Standard', async (_, call, reason) => {
    await expect(write(fcsFile([call]), spool, { layout: 'fcs-v3' })).rejects.toThrow(reason);
  });

  test('has 41 columns in the UK Standard', async () => {
    const short = Buffer.from(fcsFile([{}]).toString().replace(/,\n$/, '\n'));
    await expect(write(short, spool, { layout: 'fcs-v3' })).rejects.toThrow('B4711.csv line 1: the row has 41 fields, 42 are expected');
  });

  test('is cut gzip, wherever it is cut', async () => {
    const packed = gzipSync(carrierpostFile(Array.from({ length: 2_000 }, (_, index) => ({ charge: `${index}.5` }))));
    expect((await write(packed, spool)).rows).toBe(2_000);
    for (const share of [0.1, 0.5, 0.9, 0.999]) {
      const part = packed.subarray(0, Math.floor(packed.length * share));
      await expect(write(part, spool), `cut at ${share}`).rejects.toThrow(/B4711\.csv line \d+: the gzip data is cut or damaged/);
    }
  });

  test('leaves nothing behind', async () => {
    await write(file.subarray(0, -20), spool).catch(() => undefined);
    expect(await readdir(spool)).not.toContain('cdr-B4711-2026-10.csv.gz');
  });
});

describe('spreadsheets', () => {
  const NUMBER = /^\+?\d{3,15}$/;
  const AMOUNT = /^-?\d+(\.\d+)?$/;
  const nasty = fc.string({ unit: fc.constantFrom(...'=+-@\t\r\n",;|1aÄ'), minLength: 1, maxLength: 8 });

  test('take no cell for a formula, and lose no number and no amount', async () => {
    const call = fc.record({
      bNumber: fc.oneof(nasty, fc.stringMatching(/^\+?\d{3,15}$/)),
      destination: nasty,
      timeBand: nasty,
      serviceId: nasty,
      charge: fc.constantFrom('-0.5', '0.00001', '12'),
    });
    await fc.assert(
      fc.asyncProperty(call, async (cells) => {
        const [row = {}] = await published(await write(carrierpostFile([cells]), spool));
        for (const [column, value] of Object.entries(row)) {
          if (value === '' || NUMBER.test(value) || AMOUNT.test(value)) continue;
          expect(value, column).not.toMatch(/^[=+\-@\t\r\n]/);
        }
        expect(row.charge).toBe(cells.charge);
        if (NUMBER.test(cells.bNumber)) expect(row.bNumber).toBe(cells.bNumber);
        for (const column of ['destination', 'timeBand', 'serviceId'] as const) {
          expect(row[column]).toBe(/^[=+\-@\t\r\n]/.test(cells[column]) ? `'${cells[column]}` : cells[column]);
        }
      }),
    );
  });
});

test('an id that is none never becomes a path', async () => {
  await expect(write(carrierpostFile([{}]), spool, { account: { ...ACCOUNT, bcn: '../B1' } })).rejects.toThrow(
    '"../B1" is no id of a billing account',
  );
});

test('what follows a problem in line numbers counts the lines of quoted fields', async () => {
  const bytes = carrierpostFile([{ destination: 'two\nlines' }, { charge: 'x' }]);
  await expect(write(bytes, spool)).rejects.toThrow('B4711.csv line 4, field charge');
});
