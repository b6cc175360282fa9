import Big from 'big.js';
import type { Service } from '../directory/records.ts';
import { type Money, roundToMoney, toDecimal } from '../money/money.ts';
import { monthParts, type Stretch } from './owned-time.ts';

type Price = NonNullable<Service['prices']>[number];

/** How many months an interval of the export has. One that is not here is not judged. */
const MONTHS: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 };
/** Finer than any price, coarser than what a division leaves over. */
const EXACT_DECIMALS = 12;

/** The contracted price that is in force on a day. */
export function priceOn({ prices = [] }: Service, day: string): Price | undefined {
  const begun = prices.filter(({ from }) => from <= day);
  return begun.reduce<Price | undefined>((last, price) => (last && last.from > price.from ? last : price), undefined);
}

/** What the contract says a stretch of time costs, before discounts; undefined without a price for it. */
export function contracted(service: Service, stretch: Stretch, currency: string): Money | undefined {
  const price = priceOn(service, stretch.start);
  const interval = price && MONTHS[price.interval];
  if (!interval) return undefined;
  const parts = monthParts(stretch).map(({ days, of }) => new Big(price.amount).times(days).div(of * interval));
  const exact = parts.reduce((total, part) => total.plus(part), new Big(0));
  return roundToMoney(exact.round(EXACT_DECIMALS), currency);
}

/** What each discount that is in force when a stretch begins takes off its contracted price. */
export function discountsFor(service: Service, stretch: Stretch, currency: string): { percent: string; amount: Money }[] {
  const price = contracted(service, stretch, currency);
  if (!price) return [];
  return (service.discounts ?? [])
    .filter(({ from, to }) => from <= stretch.start && (to === undefined || stretch.start <= to))
    .map(({ percent }) => ({ percent, amount: roundToMoney(new Big(toDecimal(price)).times(percent).div(100), currency) }));
}
