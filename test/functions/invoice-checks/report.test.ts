import { expect, test } from 'vitest';
import { checksOf, sentenceOf, warningOf } from '../../../functions/invoice-checks/account-checks.ts';
import { CHECKS, checkDocument } from '../../../functions/invoice-checks/check-document.ts';
import { reportOf, reportText } from '../../../functions/invoice-checks/report.ts';
import { reportPage } from '../../../functions/invoice-checks/report-page.ts';
import { type Draft, draft, USAGE } from './drafts.ts';

const SUBJECT = { bcn: 'B4711', accountName: 'Müller & Söhne', period: '2026-10', version: 2 };
/** One finding of each severity. */
const WRONG: Draft = {
  customer: { legalEntityId: 'DE99' },
  account: { vatIdCheckedOn: undefined },
  parts: { usage: { ...USAGE, late: 4 } },
};

const checks = (...drafts: Draft[]) => checksOf(drafts.map((each) => checkDocument(draft(each))));

test('the report names every check of every bill, with its outcome', () => {
  const report = reportOf(SUBJECT, checks(WRONG, { account: { quote: undefined } }));
  expect(report.counts).toEqual({ blocks: 1, asks: 1, notes: 1 });
  expect(report.bills.map((bill) => bill.checks.length)).toEqual([CHECKS.length, CHECKS.length]);
  const of = (bill: number, outcome: string) =>
    report.bills[bill]?.checks.filter((line) => line.outcome === outcome).map(({ check }) => check);
  expect(of(0, 'failed')).toEqual(['belong-together', 'vat-id-checked', 'late-calls']);
  expect(of(1, 'failed')).toEqual([]);
  expect(of(1, 'not-judged')).toEqual(['quote']);
});

test('as text it tells what blocks first, with both values', () => {
  const lines = reportText(reportOf(SUBJECT, checks(WRONG)));
  expect(lines.slice(0, 12)).toEqual([
    'B4711 (Müller & Söhne), 2026-10, draft 2',
    '1 finding blocks, 1 asks for a look, 1 note.',
    '',
    'Bill BILL-1',
    '  Blocks  Customer, billing account and legal entity belong together',
    '          legal entity of customer C1001',
    '            found     DE99',
    '            expected  DE01',
    "  Asks    The customer's VAT ID was checked within a year",
    '          check of VAT ID DE888888888',
    '            found     never',
    '            expected  2025-11-04 or later',
  ]);
  expect(lines.at(-1)).toMatch(/^ {2}\d+ passed: account, currency, lines, /);
});

test('a clean draft has a report without findings', () => {
  const lines = reportText(reportOf(SUBJECT, checks({})));
  expect(lines[1]).toBe('Every check that applies has passed.');
  expect(lines).toHaveLength(5);
});

test('as a page it says the same, and markup in a name stays a name', () => {
  const page = reportPage(reportOf({ ...SUBJECT, accountName: '<b>Müller</b>' }, checks(WRONG)), 'Beispielnetz GmbH');
  expect(page).toContain('<title>Checks of B4711 (&lt;b&gt;Müller&lt;/b&gt;), 2026-10, draft 2</title>');
  expect(page).toContain('<h2>Blocks: Customer, billing account and legal entity belong together</h2>');
  expect(page).toContain('<dt>Found</dt><dd>DE99</dd><dt>Expected</dt><dd>DE01</dd>');
  expect(page).toContain('3 of 47 checks found something.');
  expect(page).not.toContain('<b>');
});

test('a warning tells what asks for a look, and leaves notes out', () => {
  expect(warningOf(checks({}))).toBeUndefined();
  expect(warningOf(checks({ parts: { usage: { ...USAGE, late: 4 } } }))).toBeUndefined();
  expect(warningOf(checks(WRONG))).toBe(
    'Customer, billing account and legal entity belong together: legal entity of customer C1001 is DE99, expected is DE01. ' +
      "The customer's VAT ID was checked within a year: check of VAT ID DE888888888 is never, expected is 2025-11-04 or later.",
  );
});

test('of very many findings the first are kept, the blocking ones before the others, and every one is counted', () => {
  const finding = { check: 'quote', sentence: 'S', what: 'W', found: 'x'.repeat(5000), expected: 'E' };
  const findings = [...Array(150).fill({ ...finding, severity: 'asks' }), { ...finding, severity: 'blocks' }];
  const { counts, results } = checksOf([{ billId: 'BILL-1', findings, notJudged: [] }]);
  expect(counts).toEqual({ blocks: 1, asks: 150, notes: 0 });
  expect(results[0]?.findings).toHaveLength(100);
  expect(results[0]?.findings[0]?.severity).toBe('blocks');
  expect(sentenceOf(results[0]?.findings[0] ?? { ...finding, severity: 'blocks' }).length).toBeLessThan(400);
});

test('a check that fails itself is a finding, and the others go on', () => {
  const unreadable = draft({ account: { quote: undefined }, parts: {} });
  const broken = { ...unreadable, account: { ...unreadable.account, quote: { monthly: 'much' } } };
  const { findings } = checkDocument(broken);
  expect(findings.map(({ check, what }) => [check, what])).toEqual([['quote', 'the check itself']]);
});
