import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chunksInto } from '../../../functions/billing/chunking.ts';
import { type AccountFigures, addControl, type ChunkControl, controlOf, NO_CONTROL } from '../../../functions/billing/control-figures.ts';
import { beyondThresholds, beyondTotals, controlTotals, netLines } from '../../../functions/billing/control-verdict.ts';
import { firstOfSeries, numberOf } from '../../../functions/billing/number-series.ts';
import { parkingReason, passes } from '../../../functions/billing/parking.ts';
import { fingerprintOf, type ReceivedBill, type ReceivedCompletion, receptionOf } from '../../../functions/billing/received.ts';
import { seriesLine } from '../../../functions/billing/register-line.ts';
import { PassingError, PermanentError } from '../../../functions/events/failure.ts';

const BILL: ReceivedBill = {
  ...{ period: '2026-10', bcn: 'B1', billId: 'BILL-1', revision: 1, bucket: 'intake', key: 'k', sha256: 'aa' },
  receivedAt: '2026-11-01T00:00:00Z',
};

describe('another delivery of a bill', () => {
  test.each<[string, Partial<ReceivedBill>, string]>([
    ['the same bytes are the same', {}, 'same'],
    ['the same bytes later are the same', { receivedAt: '2026-11-02T00:00:00Z' }, 'same'],
    ['a higher revision replaces', { revision: 2, sha256: 'bb' }, 'changed'],
    [
      'a higher revision replaces even when it was sent earlier',
      { revision: 2, sha256: 'bb', receivedAt: '2026-10-31T00:00:00Z' },
      'changed',
    ],
    ['a lower revision never does', { revision: 0, sha256: 'bb', receivedAt: '2026-11-09T00:00:00Z' }, 'older'],
    ['of one revision the later counts', { sha256: 'bb', receivedAt: '2026-11-02T00:00:00Z' }, 'changed'],
    ['of one revision the earlier does not', { sha256: 'bb', receivedAt: '2026-10-31T00:00:00Z' }, 'older'],
  ])('%s', (_, change, expected) => {
    expect(receptionOf({ ...BILL, ...change }, BILL)).toBe(expected);
  });

  test('whose announced checksum was wrong and is put right', () => {
    const doubted = { ...BILL, unreadable: 'sha256 is aa: 00 was announced' };
    const mended = { ...BILL, receivedAt: '2026-11-02T00:00:00Z' };
    expect(receptionOf(mended, doubted)).toBe('changed');
    expect(receptionOf(doubted, mended)).toBe('older');
    expect(receptionOf(doubted, doubted)).toBe('same');
    expect(fingerprintOf({ bills: [mended], usage: undefined })).not.toBe(fingerprintOf({ bills: [doubted], usage: undefined }));
  });

  test('the first is new', () => expect(receptionOf(BILL, undefined)).toBe('new'));

  test('changes the fingerprint of the input', () => {
    const before = fingerprintOf({ bills: [BILL], usage: undefined });
    expect(fingerprintOf({ bills: [{ ...BILL, sha256: 'bb' }], usage: undefined })).not.toBe(before);
    expect(fingerprintOf({ bills: [{ ...BILL, receivedAt: '2027-01-01T00:00:00Z' }], usage: undefined })).toBe(before);
  });
});

describe('numbers', () => {
  const entity = { legalEntityId: 'NL-DE', series: [{ type: 'invoice' as const, year: 2026, prefix: 'DE26', width: 6, next: 4711 }] };

  test.each([
    ['invoice', '2026-11-04', 'DE26004711'],
    ['invoice', '2027-01-06', 'NL-DE-INV27-000001'],
    ['credit-note', '2026-11-04', 'NL-DE-CN26-000001'],
    ['self-billed-invoice', '2026-11-04', 'NL-DE-SBI26-C200-000001'],
    ['outpayment-statement', '2026-11-04', 'NL-DE-OPS26-000001'],
  ] as const)('the first %s of %s is %s', (kind, issueDate, number) => {
    const series = firstOfSeries(entity, kind, 'C200', issueDate);
    expect(numberOf(series, series.next)).toBe(number);
  });

  const RECORD = {
    bcn: 'B1',
    ocn: 'C1',
    period: '2026-10',
    billId: 'BILL-1',
    kind: 'invoice' as const,
    series: 'NL-DE/invoice-2026',
    sequence: 1,
  };
  const TAKEN = { ...RECORD, number: 'DE26004711', runId: '2026-10.DE.1', boundAt: '2026-11-04T01:00:00Z' };

  test("stand in the auditor's file with their document, or their reason", () => {
    expect(seriesLine(TAKEN, true)).toBe(
      'DE26004711,invoice,issued,B1/2026-10/invoice-DE26004711.pdf,B1,C1,2026-10,BILL-1,2026-11-04T01:00:00Z,,\n',
    );
    expect(seriesLine(TAKEN, false)).toContain(',reserved,');
    const voided = { reason: 'VAT is "19.01", 19.00 is right', at: '2026-11-04T02:00:00Z' };
    expect(seriesLine({ ...TAKEN, voided }, true)).toMatch(/,void,,.*,2026-11-04T02:00:00Z,"VAT is ""19.01"", 19.00 is right"\n$/);
  });
});

describe('chunks', () => {
  test('keep order, are full, and hold one legal entity each', () => {
    const account = fc.record({ bcn: fc.string(), ocn: fc.string(), legalEntityId: fc.constantFrom('A', 'B', 'C') });
    fc.assert(
      fc.property(fc.array(account), fc.integer({ min: 1, max: 5 }), (accounts, size) => {
        const sorted = accounts.toSorted((a, b) => (a.legalEntityId < b.legalEntityId ? -1 : 1));
        const chunks = chunksInto(sorted, size);
        expect(chunks.flatMap(({ legalEntityId, accounts: own }) => own.map((each) => ({ ...each, legalEntityId })))).toEqual(sorted);
        for (const { accounts: own } of chunks) expect(own.length).toBeLessThanOrEqual(size);
      }),
    );
  });
});

describe('the control report', () => {
  const ACCOUNT: AccountFigures = {
    ...{
      bcn: 'B1',
      currency: 'EUR',
      active: true,
      billed: true,
      parked: false,
      bills: 1,
      doubtful: false,
      net: { recurring: '100.00', credit: '-10.00' },
      before: { recurring: '60.00' },
    },
    ...{ vat: [{ category: 'S', rate: '19', base: '90.00', amount: '17.10' }], delivered: { net: '90.00', gross: '107.10' } },
  };
  const SILENT: AccountFigures = {
    ...ACCOUNT,
    bcn: 'B2',
    billed: false,
    net: {},
    before: undefined,
    vat: [],
    delivered: { net: '0.00', gross: '0.00' },
    bills: 0,
  };
  const PARKED: AccountFigures = { ...SILENT, bcn: 'B3', parked: true };
  const both = [ACCOUNT, SILENT, PARKED].map(controlOf).reduce(addControl, NO_CONTROL);

  test('adds accounts up, names the active ones without a bill that are not parked, and the movers', () => {
    expect(both).toMatchObject({ billed: 1, activeWithoutBill: ['B2'], vat: { EUR: { 'S 19': { base: '90.00', amount: '17.10' } } } });
    expect(both.movers).toEqual([{ bcn: 'B1', currency: 'EUR', now: '90.00', before: '60.00' }]);
    expect(netLines('NL-DE', both).map(({ lineClass, now, before, changePercent }) => [lineClass, now, before, changePercent])).toEqual([
      ['credit', '-10.00', '0.00', undefined],
      ['recurring', '100.00', '60.00', '66.7'],
      ['total', '90.00', '60.00', '50.0'],
    ]);
  });

  test.each([
    [{ netChangePercent: '50' }, []],
    [{ netChangePercent: '49.9' }, [expect.stringContaining('a change of 50.0 %')]],
    [{ minAccounts: 1 }, []],
    [{ minAccounts: 2 }, [expect.stringContaining('1 accounts have a bill; at least 2')]],
    [undefined, []],
  ])('with thresholds %o gives %o', (control, reasons) => {
    expect(beyondThresholds({ legalEntityId: 'NL-DE', control }, both)).toEqual(reasons);
  });

  test('adds up the same in any order', () => {
    const figures = fc.integer({ min: -9999, max: 9999 }).map((cents) => (cents / 100).toFixed(2));
    const accounts = fc.array(fc.record({ net: figures, before: figures }), { maxLength: 8 });
    fc.assert(
      fc.property(accounts, (drawn) => {
        const controls = drawn.map(({ net, before }, index) =>
          controlOf({ ...ACCOUNT, bcn: `B${index}`, net: { recurring: net }, before: { recurring: before } }),
        );
        const forth = controls.reduce(addControl, NO_CONTROL);
        const back = controls.toReversed().reduce(addControl, NO_CONTROL);
        expect([back.net, back.movers, back.vat]).toEqual([forth.net, forth.movers, forth.vat]);
      }),
    );
  });

  test("holds what was received against the export's totals", () => {
    const completion = {
      period: '2026-10',
      calendar: 'DE',
      delivery: 'full',
      sequence: 1,
      bills: 1,
      usageFiles: 0,
      receivedAt: '',
    } as const;
    const totals = (net: string) =>
      controlTotals(both.delivered, { ...completion, controlTotals: [{ currency: 'EUR', net, gross: '107.1' }] });
    expect(totals('90')).toMatchObject([{ currency: 'EUR', equal: true }]);
    expect(totals('90.01')).toMatchObject([{ currency: 'EUR', equal: false }]);
  });

  const WRONG = { currency: 'EUR', net: '90.01', gross: '107.10' };
  test.each<[string, Partial<ReceivedCompletion>, Partial<ChunkControl>, string[]]>([
    ['a difference that nothing explains', {}, {}, [expect.stringContaining('sum to net 90.00, gross 107.10; net 90.01')]],
    [
      'a currency that was not announced',
      { controlTotals: [{ ...WRONG, currency: 'USD' }] },
      {},
      ['EUR', 'USD'].map((c) => expect.stringContaining(c)),
    ],
    ['no difference', { controlTotals: [{ currency: 'EUR', net: '90', gross: '107.1' }] }, {}, []],
    ['bills that are parked, or came later', {}, { doubtful: 1 }, []],
    ['bills that are missing, which the import report names', { bills: 2 }, {}, []],
    ['more bills than were announced', { bills: 0 }, {}, [expect.stringContaining('EUR')]],
    ['a supplement', { delivery: 'supplement' }, {}, []],
    ['no totals', { controlTotals: [] }, {}, []],
  ])('against the export: %s', (_, completion, control, reasons) => {
    const full: ReceivedCompletion = {
      ...{
        period: '2026-10',
        calendar: 'DE',
        delivery: 'full',
        sequence: 1,
        bills: 1,
        usageFiles: 0,
        controlTotals: [WRONG],
        receivedAt: '',
      },
      ...completion,
    };
    expect(beyondTotals({ ...controlOf(ACCOUNT), ...control }, full)).toEqual(reasons);
  });
});

describe('parking', () => {
  test.each<[unknown, boolean]>([
    [new PermanentError('vat is wrong'), false],
    [new RangeError('XYZ is no currency'), false],
    [Object.assign(new Error('incorrect data check'), { code: 'Z_DATA_ERROR' }), false],
    [new PassingError('busy'), true],
    [Object.assign(new Error('reset'), { code: 'ECONNRESET' }), true],
    [Object.assign(new Error('no space'), { code: 'ENOSPC' }), true],
    [Object.assign(new Error('throttled'), { $metadata: {} }), true],
  ])('%s passes by itself: %s', (error, expected) => {
    expect(passes(error)).toBe(expected);
  });

  test('keeps reasons readable, however long', () => {
    expect(parkingReason(new Error('x'.repeat(5_000_000)))).toMatch(/^x{4000}\.\.\. \(5000000 characters\)$/);
  });
});
