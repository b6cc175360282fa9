import Big from 'big.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimalsOf, isCurrency } from '../../../functions/money/currencies.ts';
import {
  add,
  isDecimal,
  type Money,
  negate,
  parseMoney,
  type Rounding,
  roundToMoney,
  sum,
  taxOn,
  toDecimal,
  zero,
} from '../../../functions/money/money.ts';

const currency = fc.constantFrom('EUR', 'JPY', 'KWD', 'GBP');
const money = fc
  .tuple(currency, fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }))
  .map(([code, minor]): Money => ({ currency: code, minor }));

describe('reading and writing', () => {
  test.each([
    ['1234.5', 'EUR', '1234.50'],
    ['1234.500', 'EUR', '1234.50'],
    ['0', 'EUR', '0.00'],
    ['-0.00', 'EUR', '0.00'],
    ['-0.01', 'EUR', '-0.01'],
    ['100', 'JPY', '100'],
    ['-3', 'JPY', '-3'],
    ['1.234', 'KWD', '1.234'],
    ['999999999999999999', 'EUR', '999999999999999999.00'],
  ])('%s %s is %s', (text, code, expected) => expect(toDecimal(parseMoney(text, code))).toBe(expected));

  test.each([
    ['1.001', 'EUR', "1.001 is finer than EUR's 2 decimals"],
    ['0.5', 'JPY', "0.5 is finer than JPY's 0 decimals"],
    ['1,50', 'EUR', '"1,50" is no decimal amount such as "1234.50"'],
    ['', 'EUR', '"" is no decimal amount'],
    ['1e3', 'EUR', '"1e3" is no decimal amount'],
    ['1', 'XXX', 'XXX is no currency that carrierpost knows'],
  ])('%j %s is refused', (text, code, reason) => expect(() => parseMoney(text, code)).toThrow(reason));

  test('what is written is read as the same amount', () => {
    fc.assert(
      fc.property(money, (amount) => {
        expect(parseMoney(toDecimal(amount), amount.currency)).toEqual(amount);
      }),
    );
  });

  test.each([
    ['+1', false],
    ['.5', false],
    ['5.', false],
    ['-5.25', true],
    ['0'.repeat(19), false],
  ])('%j is a decimal: %j', (text, right) => expect(isDecimal(text)).toBe(right));
});

describe('rounding', () => {
  test.each<[string, string, Rounding, string]>([
    ['284.505', 'EUR', 'half-up', '284.51'],
    ['284.50499', 'EUR', 'half-up', '284.50'],
    ['-284.505', 'EUR', 'half-up', '-284.51'],
    ['284.509', 'EUR', 'down', '284.50'],
    ['-284.509', 'EUR', 'down', '-284.50'],
    ['99.5', 'JPY', 'half-up', '100'],
    ['99.9', 'JPY', 'down', '99'],
  ])('%s %s %s is %s', (value, code, rounding, expected) => expect(toDecimal(roundToMoney(value, code, rounding))).toBe(expected));

  test('a credit mirrors its charge', () => {
    const value = fc
      .tuple(fc.nat({ max: 10 ** 9 }), fc.nat({ max: 99_999 }))
      .map(([whole, part]) => `${whole}.${String(part).padStart(5, '0')}`);
    fc.assert(
      fc.property(value, currency, fc.constantFrom<Rounding>('half-up', 'down'), (text, code, rounding) => {
        expect(roundToMoney(`-${text}`, code, rounding)).toEqual(negate(roundToMoney(text, code, rounding)));
      }),
    );
  });

  test('never moves by more than half a minor unit, or a whole one downwards', () => {
    fc.assert(
      fc.property(fc.nat({ max: 10 ** 9 }), currency, (millionths, code) => {
        const exact = new Big(millionths).div(1_000_000);
        const unit = new Big(10).pow(-decimalsOf(code));
        const off = (rounding: Rounding) => exact.minus(toDecimal(roundToMoney(exact, code, rounding)));
        expect(off('half-up').abs().lte(unit.div(2))).toBe(true);
        expect(off('down').gte(0) && off('down').lt(unit)).toBe(true);
      }),
    );
  });
});

describe('tax on a base, rounded once', () => {
  test.each<[string, string, string, Rounding, string]>([
    ['1234.50', 'EUR', '19', 'half-up', '234.56'],
    ['0.03', 'EUR', '19', 'half-up', '0.01'],
    ['0.02', 'EUR', '19', 'half-up', '0.00'],
    ['100.05', 'CHF', '7.7', 'half-up', '7.70'],
    ['1005', 'JPY', '10', 'half-up', '101'],
    ['1005', 'JPY', '10', 'down', '100'],
    ['-1005', 'JPY', '10', 'down', '-100'],
    ['50.00', 'EUR', '0', 'half-up', '0.00'],
  ])('%s %s at %s%% %s is %s', (base, code, percent, rounding, expected) => {
    expect(toDecimal(taxOn(parseMoney(base, code), percent, rounding))).toBe(expected);
  });
});

describe('sums', () => {
  test('do not depend on the order', () => {
    const amounts = fc.array(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }).map((minor) => ({ currency: 'EUR', minor })));
    fc.assert(
      fc.property(amounts, (all) => {
        expect(sum(all, 'EUR')).toEqual(sum(all.toReversed(), 'EUR'));
        expect(sum([...all, ...all.map(negate)], 'EUR')).toEqual(zero('EUR'));
      }),
    );
  });

  test('of two currencies are refused', () => {
    expect(() => add(parseMoney('1', 'EUR'), parseMoney('1', 'GBP'))).toThrow('EUR and GBP cannot be added');
    expect(() => sum([parseMoney('1', 'GBP')], 'EUR')).toThrow('EUR and GBP cannot be added');
  });
});

test.each([
  ['EUR', 2],
  ['JPY', 0],
  ['KRW', 0],
  ['HUF', 2],
  ['ISK', 0],
  ['KWD', 3],
])('%s has %i decimals (ISO 4217)', (code, decimals) => expect(decimalsOf(code)).toBe(decimals));

test('codes outside the table are no currencies', () => {
  expect(isCurrency('EUR')).toBe(true);
  expect(isCurrency('eur')).toBe(false);
  expect(isCurrency('')).toBe(false);
});
