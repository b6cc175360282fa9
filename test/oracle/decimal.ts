/*
 * The judge's own arithmetic: whole numbers of a currency's smallest unit, written out longhand. Nothing here, and nothing in this
 * folder, comes from the product's code.
 */

/** How many decimals the currencies of the judged carriers have. */
const DECIMALS: Record<string, number> = { GBP: 2, EUR: 2, USD: 2, CHF: 2, SEK: 2, JPY: 0, KRW: 0 };

/** A decimal as a fraction: `value / 10^scale`. */
export interface Exact {
  readonly value: bigint;
  readonly scale: number;
}

export function exact(text: string): Exact {
  const [whole = '', fraction = ''] = text.split('.');
  return { value: BigInt(whole + fraction), scale: fraction.length };
}

export function plus(a: Exact, b: Exact): Exact {
  const scale = Math.max(a.scale, b.scale);
  return { value: a.value * 10n ** BigInt(scale - a.scale) + b.value * 10n ** BigInt(scale - b.scale), scale };
}

export function times(a: Exact, b: Exact): Exact {
  return { value: a.value * b.value, scale: a.scale + b.scale };
}

export function textOf({ value, scale }: Exact): string {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const sign = value < 0n ? '-' : '';
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** Rounds to the currency's smallest unit on the absolute value: half up, or down. */
export function rounded({ value, scale }: Exact, currency: string, how: 'half-up' | 'down' = 'half-up'): bigint {
  const decimals = decimalsOf(currency);
  const absolute = (value < 0n ? -value : value) * 10n ** BigInt(decimals);
  const unit = 10n ** BigInt(scale);
  const up = how === 'half-up' && (absolute % unit) * 2n >= unit ? 1n : 0n;
  const result = absolute / unit + up;
  return value < 0n ? -result : result;
}

/** An amount of the export in smallest units; it must not be finer than they are. */
export function minorOf(text: string, currency: string): bigint {
  const amount = exact(text);
  const minor = rounded(amount, currency, 'down');
  if (textOf(plus(amount, { value: -minor, scale: decimalsOf(currency) })).replace(/[-0.]/g, '') !== '') {
    throw new Error(`${text} is finer than ${currency}`);
  }
  return minor;
}

export function amountText(minor: bigint, currency: string): string {
  return textOf({ value: minor, scale: decimalsOf(currency) });
}

/** VAT on a base: base x percent / 100, rounded once. */
export function taxOn(base: bigint, percent: string, currency: string, how: 'half-up' | 'down'): bigint {
  const product = times({ value: base, scale: decimalsOf(currency) }, exact(percent));
  return rounded({ value: product.value, scale: product.scale + 2 }, currency, how);
}

function decimalsOf(currency: string): number {
  const decimals = DECIMALS[currency];
  if (decimals === undefined) throw new Error(`The judge does not know the currency ${currency}`);
  return decimals;
}
