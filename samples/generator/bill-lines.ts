import { type Money, parseMoney, roundToMoney, toDecimal } from '../../functions/money/money.ts';
import { type Call, CHARGE_DECIMALS } from './calls.ts';
import { type AccountPlan, daysIn, firstDay, LAST_PERIOD } from './carrier.ts';
import type { LegalEntityId } from './legal-entities.ts';
import { type NumberRange, sizeOf } from './numbers.ts';
import { NUMBER_RENTAL, PRODUCTS } from './products.ts';
import { randomOf } from './random.ts';
import { MOVED_ON, type Service } from './services.ts';
import { type Tax, taxOf } from './tax.ts';
import { CALL_CLASSES, ONE_OFF, WORDS } from './words.ts';

/** One charge before it gets its place on the bill. */
export interface Charge {
  readonly type: 'recurring' | 'one-off' | 'usage' | 'credit';
  readonly name: string;
  readonly amount: Money;
  readonly tax: Tax;
  readonly from: string;
  /** Exclusive. */
  readonly to: string;
  readonly facts?: Readonly<Record<string, unknown>>;
}

export interface Billed {
  readonly account: AccountPlan;
  readonly entity: LegalEntityId;
  readonly period: string;
  readonly services: readonly Service[];
  readonly ranges: readonly NumberRange[];
  readonly calls: readonly Call[];
}

/** Recurring charges: next month in advance, and the days of a first month that began within the period. */
export function recurringCharges(billed: Billed): Charge[] {
  const { account, period } = billed;
  const opened = account.activeFrom && account.activeFrom > firstDay(period) ? account.activeFrom : undefined;
  if (account.closedOn && account.closedOn < firstDay(period, 1)) return [];
  const charges: Charge[] = [];
  for (const service of billed.services) {
    const moved = account.quirks?.includes('moved-out') && service === billed.services[0] && period === LAST_PERIOD;
    if (moved) continue;
    if (opened) charges.push(partMonth(billed, service, opened));
    charges.push(fullMonth(billed, service));
    if (service.discount) charges.push(discount(billed, service));
  }
  const rental = numberRental(billed);
  return rental ? [...charges, rental] : charges;
}

export function fullMonth({ account, entity, period }: Billed, service: Service): Charge {
  const { name, monthly, units } = PRODUCTS[service.code];
  const unitPrice = monthly[account.currency];
  const quantity = String(units?.count ?? 1);
  return {
    type: 'recurring',
    name: name[account.language],
    amount: times(unitPrice, quantity, '1', account.currency),
    tax: taxOf(account, entity, service.code === 'SIP'),
    from: firstDay(period, 1),
    to: firstDay(period, 2),
    facts: { product: { id: service.serviceId }, quantity, unitOfMeasure: units?.name ?? 'month', unitPrice, priceBaseQuantity: '1' },
  };
}

/** The rest of a month from a day on, priced by the day: so many of the month's days at the monthly price. */
export function partMonth({ account, entity, period }: Billed, service: Service, from: string): Charge {
  const { name, monthly, units } = PRODUCTS[service.code];
  const unitPrice = toDecimal(times(monthly[account.currency], String(units?.count ?? 1), '1', account.currency));
  const base = String(daysIn(period));
  const quantity = String(daysIn(period) - Number(from.slice(8)) + 1);
  return {
    type: 'recurring',
    name: `${name[account.language]}, ${WORDS.partMonth[account.language]}`,
    amount: times(unitPrice, quantity, base, account.currency),
    tax: taxOf(account, entity, service.code === 'SIP'),
    from,
    to: firstDay(period, 1),
    facts: { product: { id: service.serviceId }, quantity, unitOfMeasure: 'day', unitPrice, priceBaseQuantity: base },
  };
}

/** What was billed in advance for the days after the service moved to another account. */
export function movedOutCredit(billed: Billed): Charge {
  const service = billed.services[0] as Service;
  const charge = partMonth(billed, service, MOVED_ON);
  return {
    ...charge,
    type: 'credit',
    name: WORDS.moved[billed.account.language],
    amount: { ...charge.amount, minor: -charge.amount.minor },
    facts: { ...charge.facts, quantity: `-${charge.facts?.quantity}` },
  };
}

export function oneOffCharges({ account, entity, period, services }: Billed): Charge[] {
  const language = account.language;
  const tax = taxOf(account, entity, false);
  if (account.activeFrom?.startsWith(period)) {
    return services.map((service) => ({
      ...oneDay(account.activeFrom as string),
      ...{ type: 'one-off' as const, name: WORDS.setup[language], tax: taxOf(account, entity, service.code === 'SIP') },
      ...priced(PRODUCTS[service.code].setupFee[account.currency], account, { product: { id: service.serviceId } }),
    }));
  }
  if (account.closedOn?.startsWith(period)) {
    return [{ ...oneDay(account.closedOn), type: 'one-off', name: WORDS.recovery[language], tax, ...priced('70.00', account) }];
  }
  const random = randomOf('one-off', account.bcn, period);
  if (services.length < 3 || !random.chance(0.3)) return [];
  const service = random.pick(services);
  const item = random.pick(ONE_OFF);
  const price = account.currency === 'JPY' ? String(item.price * 190) : `${item.price}.00`;
  return [
    {
      ...oneDay(`${period}-${String(random.int(2, 27)).padStart(2, '0')}`),
      ...{ type: 'one-off', name: item.name[language], tax: taxOf(account, entity, service.code === 'SIP') },
      ...priced(price, account, { product: { id: service.serviceId } }),
    },
  ];
}

/** One line a class of calls: the sum of its call charges, rounded once. */
export function usageCharges({ account, entity, period, calls }: Billed): Charge[] {
  const classes = [...new Set(calls.map(({ callClass }) => callClass))].sort();
  return classes.map((callClass) => {
    const rows = calls.filter((call) => call.callClass === callClass);
    const charge = rows.reduce((sum, row) => sum + row.charge, 0n);
    const seconds = rows.reduce((sum, row) => sum + row.seconds, 0);
    return {
      type: 'usage',
      name: CALL_CLASSES[callClass]?.[account.language] ?? callClass,
      amount: roundToMoney(decimalOf(charge), account.currency),
      tax: taxOf(account, entity, true),
      from: firstDay(period),
      to: firstDay(period, 1),
      facts: { callClass, calls: rows.length, seconds, product: { id: rows[0]?.serviceId } },
    };
  });
}

/** Now and then a credit for a service that fell short of its target. */
export function serviceCredits({ account, entity, period, services }: Billed): Charge[] {
  const random = randomOf('credit', account.bcn, period);
  if (services.length < 4 || !random.chance(0.25)) return [];
  const service = random.pick(services.filter(({ code }) => code !== 'SIP'));
  if (!service) return [];
  const tenth = times(PRODUCTS[service.code].monthly[account.currency], '1', '10', account.currency);
  return [
    credit(account, WORDS.slaCredit[account.language], toDecimal(tenth), taxOf(account, entity, false), period, {
      product: { id: service.serviceId },
    }),
  ];
}

export function credit(
  account: AccountPlan,
  name: string,
  price: string,
  tax: Tax,
  period: string,
  facts: Record<string, unknown> = {},
): Charge {
  const amount = times(price, '-1', '1', account.currency);
  const pricing = { quantity: '-1', unitOfMeasure: 'piece', unitPrice: price, priceBaseQuantity: '1' };
  return { type: 'credit', name, amount, tax, from: firstDay(period), to: firstDay(period, 1), facts: { ...pricing, ...facts } };
}

function discount({ account, entity, period }: Billed, service: Service): Charge {
  const tenth = toDecimal(times(PRODUCTS[service.code].monthly[account.currency], '1', '10', account.currency));
  const facts = { product: { id: service.serviceId } };
  const charge = credit(account, WORDS.discount[account.language], tenth, taxOf(account, entity, false), period, facts);
  return { ...charge, from: firstDay(period, 1), to: firstDay(period, 2) };
}

function numberRental({ account, entity, period, ranges, services }: Billed): Charge | undefined {
  const held = ranges.filter(({ status }) => status === 'active' || status === 'reserved');
  if (held.length === 0) return undefined;
  const quantity = String(held.reduce((sum, range) => sum + sizeOf(range), 0));
  const unitPrice = NUMBER_RENTAL[account.currency];
  const sip = services.find(({ code }) => code === 'SIP');
  return {
    type: 'recurring',
    name: WORDS.numberRental[account.language],
    amount: times(unitPrice, quantity, '1', account.currency),
    tax: taxOf(account, entity, true),
    from: firstDay(period, 1),
    to: firstDay(period, 2),
    facts: { product: sip && { id: sip.serviceId }, quantity, unitOfMeasure: 'number', unitPrice, priceBaseQuantity: '1' },
  };
}

function oneDay(day: string): { from: string; to: string } {
  return { from: day, to: new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10) };
}

export function priced(price: string, account: AccountPlan, facts: Record<string, unknown> = {}) {
  return {
    amount: parseMoney(price, account.currency),
    facts: { quantity: '1', unitOfMeasure: 'piece', unitPrice: price, priceBaseQuantity: '1', ...facts },
  };
}

/** Quantity times price by base quantity, rounded half up on the absolute value to the currency's minor unit. */
function times(price: string, quantity: string, base: string, currency: string): Money {
  const [whole, fraction = ''] = price.split('.') as [string, string?];
  const scaled = BigInt(whole + fraction) * BigInt(quantity);
  const decimals = currency === 'JPY' ? 0 : 2;
  const divisor = 10n ** BigInt(fraction.length) * BigInt(base);
  const absolute = (scaled < 0n ? -scaled : scaled) * 10n ** BigInt(decimals);
  const minor = (absolute * 2n + divisor) / (divisor * 2n);
  return { currency, minor: scaled < 0n ? -minor : minor };
}

function decimalOf(charge: bigint): string {
  const digits = charge.toString().padStart(CHARGE_DECIMALS + 1, '0');
  return `${digits.slice(0, -CHARGE_DECIMALS)}.${digits.slice(-CHARGE_DECIMALS)}`;
}
