import Big from 'big.js';
import { decimalsOf } from './currencies.ts';

/** An exact amount: whole minor units (cents, yen) of an ISO 4217 currency. */
export interface Money {
  readonly currency: string;
  readonly minor: bigint;
}

/** `half-up` and `down` both work on the absolute value, so that a credit mirrors its charge. */
export type Rounding = 'half-up' | 'down';

const DECIMAL = /^-?\d{1,18}(\.\d{1,12})?$/;

/** True for a plain decimal string: digits, at most one point, an optional minus. */
export function isDecimal(text: string): boolean {
  return DECIMAL.test(text);
}

/**
 * Reads a decimal string as an exact amount: `"1234.50"`, `"1234.5"` and `"1234.500"` are the same in EUR.
 * @throws RangeError when it is no decimal or is finer than the currency's minor unit
 */
export function parseMoney(text: string, currency: string): Money {
  if (!isDecimal(text)) throw new RangeError(`${JSON.stringify(text)} is no decimal amount such as "1234.50"`);
  const scaled = new Big(text).times(new Big(10).pow(decimalsOf(currency)));
  if (!scaled.eq(scaled.round(0, Big.roundDown))) {
    throw new RangeError(`${text} is finer than ${currency}'s ${decimalsOf(currency)} decimals`);
  }
  return { currency, minor: BigInt(scaled.toFixed(0)) };
}

/** Rounds a decimal (rate times quantity, a sum of call charges) to the currency's minor unit. */
export function roundToMoney(value: Big | string, currency: string, rounding: Rounding = 'half-up'): Money {
  const scaled = new Big(value).times(new Big(10).pow(decimalsOf(currency)));
  const rounded = scaled.round(0, rounding === 'half-up' ? Big.roundHalfUp : Big.roundDown);
  return { currency, minor: BigInt(rounded.toFixed(0)) };
}

/** The plain decimal string with exactly the currency's decimals: `1234.50`, `-3`, `0.00`. */
export function toDecimal({ currency, minor }: Money): string {
  const decimals = decimalsOf(currency);
  const digits = (minor < 0n ? -minor : minor).toString().padStart(decimals + 1, '0');
  const sign = minor < 0n ? '-' : '';
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

export function zero(currency: string): Money {
  return { currency, minor: 0n };
}

/** @throws RangeError when the currencies differ */
export function add(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new RangeError(`${a.currency} and ${b.currency} cannot be added`);
  return { currency: a.currency, minor: a.minor + b.minor };
}

/** @throws RangeError when an amount is in another currency */
export function sum(amounts: Iterable<Money>, currency: string): Money {
  let total = zero(currency);
  for (const amount of amounts) total = add(total, amount);
  return total;
}

export function isZero({ minor }: Money): boolean {
  return minor === 0n;
}

export function negate(a: Money): Money {
  return { currency: a.currency, minor: -a.minor };
}

/**
 * Tax on a base, rounded once (EN 16931 BR-CO-17).
 * @param percent the rate as a decimal string, `"19"` or `"7.7"`
 */
export function taxOn(base: Money, percent: string, rounding: Rounding = 'half-up'): Money {
  return roundToMoney(new Big(toDecimal(base)).times(percent).div(100), base.currency, rounding);
}

/**
 * Quantity times unit price, the price being for `per` units, rounded once to the minor unit (EN 16931 BT-129, BT-146, BT-149).
 * All three are decimal strings; a negative quantity or price gives a credit.
 */
export function priceOf({ quantity, unitPrice, per }: { quantity: string; unitPrice: string; per: string }, currency: string): Money {
  return roundToMoney(new Big(quantity).times(unitPrice).div(per), currency);
}

/** The amount in another currency, rounded to its minor unit; one unit of `a`'s currency is `rate` units of the other. */
export function convert(a: Money, rate: string, currency: string): Money {
  return roundToMoney(new Big(toDecimal(a)).times(rate), currency);
}
