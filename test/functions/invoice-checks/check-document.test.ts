import { describe, expect, test } from 'vitest';
import { CHECKS, checkDocument, checkDraft } from '../../../functions/invoice-checks/check-document.ts';
import { type LineRecord, line, SELLERS } from '../documents/samples.ts';
import { charged, draft, LINES } from './drafts.ts';
import { BILL_RULES } from './wrong-bills.ts';
import { DIRECTORY } from './wrong-directory.ts';
import { taxed, usage, without } from './wrong-draft.ts';

test('a clean draft passes every check', () => {
  expect(checkDocument(draft())).toEqual({
    billId: 'BILL-1',
    findings: [],
    // Nothing of the kind is on the bill.
    notJudged: [],
  });
});

describe.each([...BILL_RULES, ...DIRECTORY])('$check: $what', ({ check, found, expected, ...over }) => {
  test('fails this check alone, and the finding tells both values', () => {
    const findings = checkDraft(draft(over));
    expect(findings.map((finding) => finding.check)).toEqual([check]);
    expect(findings[0]?.found).toContain(found);
    expect(findings[0]?.expected).toContain(expected);
    expect(findings[0]).toMatchObject({ sentence: CHECKS.find(({ name }) => name === check)?.sentence });
  });
});

test('every check has its wrong draft here, and a name of its own', () => {
  const names = CHECKS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect([...new Set([...BILL_RULES, ...DIRECTORY].map(({ check }) => check))].sort()).toEqual([...names].sort());
});

test('without a sound form nothing else is judged', () => {
  const { findings, notJudged } = checkDocument(draft({ header: { billingAccount: { id: 'B9' } }, account: { vatId: 'DE1' } }));
  expect(findings.map(({ check }) => check)).toEqual(['account']);
  expect(notJudged).toHaveLength(CHECKS.length - 3);
});

test('many differences of a kind are told as five and a count', () => {
  const many = Array.from({ length: 12 }, (_, i) => charged(`+4930231252${String(i).padStart(2, '0')}`, '2026-10-06'));
  const findings = checkDraft(draft(usage({ charged: many })));
  expect(findings).toHaveLength(6);
  expect(findings.at(-1)).toMatchObject({ what: 'and more like these', found: '7' });
});

describe('bills of an account that belong together', () => {
  const other = (...lines: LineRecord[]) => [draft({ lines }).bill];

  test('a service that another bill charges for is not forgotten, and its discount and set-up may stand there', () => {
    const rest = other(LINES.trunk, LINES.setup, LINES.discountNovember);
    expect(checkDraft(draft({ lines: without('4', '5', '6'), parts: { others: rest } }))).toEqual([]);
  });

  test('what the account lacks is said of one bill only', () => {
    const lacking = (leading: boolean) => checkDraft(draft({ lines: without('6'), account: { quote: undefined }, parts: { leading } }));
    expect(lacking(true).map(({ check }) => check)).toEqual(['services-billed']);
    expect(lacking(false)).toEqual([]);
  });

  test('days that another bill charges for are charged twice', () => {
    const findings = checkDraft(draft({ parts: { others: other(LINES.trunk) } }));
    expect(findings.map(({ check, found }) => [check, found])).toEqual([['billed-once', 'lines 6 and 6 of another bill']]);
  });
});

describe('who owes the tax', () => {
  const reseller = { telecomReseller: true, certificate: 'USt 1 TQ', validTo: '2026-12-31' };
  const abroad = (country: string, vatId?: string) => ({ address: { street: 'Ring 1', postalCode: '1010', city: 'Ort', country }, vatId });

  test.each([
    ['DE', 'a customer at home', {}, 'S'],
    ['DE', 'a reseller with its certificate', { taxStatus: reseller }, 'AE'],
    ['DE', 'a reseller without a certificate', { taxStatus: { telecomReseller: true } }, 'S'],
    ['DE', 'a reseller whose certificate ended', { taxStatus: { ...reseller, validTo: '2026-11-03' } }, 'S'],
    ['DE', 'a customer in Austria with its VAT ID', abroad('AT', 'ATU12345678'), 'AE'],
    ['DE', 'a customer in Austria without one', abroad('AT'), 'S'],
    ['DE', 'a customer in Switzerland', abroad('CH'), 'O or AE'],
    ['GB', "a reseller's calls", { ...abroad('GB'), taxStatus: { telecomReseller: true } }, 'AE'],
    ['GB', 'a customer in Germany', abroad('DE', 'DE123456789'), 'O or AE'],
    ['FR', 'a reseller at home', { ...abroad('FR'), taxStatus: { telecomReseller: true } }, 'AE'],
    ['JP', 'a customer at home', abroad('JP'), 'S'],
  ] as const)('from %s to %s', (seller, _, over, expected) => {
    const lines = [line('100.00', { id: '7', type: 'usage', callClass: 'mobile', ...taxed('K', '0') })];
    const wrong = checkDraft(draft({ lines, account: over, parts: { legalEntity: { ...SELLERS.DE, country: seller } } }));
    expect(wrong.filter(({ check }) => check === 'tax-category').map(({ found, expected: right }) => [found, right])).toEqual([
      ['K', expected],
    ]);
  });
});
