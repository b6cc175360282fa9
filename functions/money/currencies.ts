/** ISO 4217 minor units. A table of our own: `Intl` has HUF and others wrong. Currencies with two decimals stand in TWO. */
const ZERO = ['BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'];
const THREE = ['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'];
const TWO =
  'AED AUD BGN BRL CAD CHF CNY CZK DKK EUR GBP HKD HUF IDR ILS INR MAD MXN MYR NOK NZD PHP PLN QAR RON RSD SAR SEK SGD THB TRY TWD UAH USD ZAR';

const DECIMALS = new Map<string, number>([
  ...ZERO.map((code): [string, number] => [code, 0]),
  ...TWO.split(' ').map((code): [string, number] => [code, 2]),
  ...THREE.map((code): [string, number] => [code, 3]),
]);

/** True when carrierpost can bill in this ISO 4217 currency. */
export function isCurrency(code: string): boolean {
  return DECIMALS.has(code);
}

/**
 * Decimals of the currency's minor unit (JPY 0, EUR 2, KWD 3).
 * @throws RangeError for a code that is not in the table
 */
export function decimalsOf(currency: string): number {
  const decimals = DECIMALS.get(currency);
  if (decimals === undefined) throw new RangeError(`${currency} is no currency that carrierpost knows (ISO 4217 code expected)`);
  return decimals;
}
