import { add, negate, parseMoney, toDecimal, zero } from '../money/money.ts';

/** Decimal strings, now and in the period before. */
export interface Compared {
  readonly now: string;
  readonly before: string;
}

/** What an account contributes to the control report. */
export interface AccountFigures {
  readonly bcn: string;
  readonly currency: string;
  /** It should have a bill: activated and not closed. */
  readonly active: boolean;
  readonly billed: boolean;
  /** It has something wrong; the report names it among the parked. */
  readonly parked: boolean;
  /** Its first invoice waits for an answer: it is billed when that comes. */
  readonly held?: boolean | undefined;
  /** Net by line class as prepared now; revenue positive, credits negative. */
  readonly net: Readonly<Record<string, string>>;
  /** The same of the period before; undefined when nothing is known of it. */
  readonly before: Readonly<Record<string, string>> | undefined;
  readonly vat: readonly VatSum[];
  /** Totals of every bill that could be read, parked ones too, as the carrier's export sums them. */
  readonly delivered: { readonly net: string; readonly gross: string };
  /** Bills that were received. */
  readonly bills: number;
  /** Its bills cannot be held against the export's totals: one is parked, issued elsewhere, or newer than those totals. */
  readonly doubtful: boolean;
}

export interface VatSum {
  readonly category: string;
  readonly rate: string;
  readonly base: string;
  readonly amount: string;
}

export interface Mover extends Compared {
  readonly bcn: string;
  readonly currency: string;
}

/** The figures of some accounts of one legal entity; figures of several chunks add up to the report. */
export interface ChunkControl {
  readonly billed: number;
  /** First invoices that wait for an answer; missing in figures of long ago. */
  readonly held?: number | undefined;
  readonly activeWithoutBill: readonly string[];
  /** Currency -> line class. */
  readonly net: Readonly<Record<string, Readonly<Record<string, Compared>>>>;
  /** Currency -> `<category> <rate>`. */
  readonly vat: Readonly<Record<string, Readonly<Record<string, { readonly base: string; readonly amount: string }>>>>;
  readonly delivered: Readonly<Record<string, { readonly net: string; readonly gross: string }>>;
  readonly bills: number;
  /** Accounts whose bills may explain a difference from the export's totals. */
  readonly doubtful: number;
  /** Those whose net changed most, biggest first. */
  readonly movers: readonly Mover[];
}

export const NO_CONTROL: ChunkControl = {
  ...{ billed: 0, held: 0, activeWithoutBill: [], net: {}, vat: {} },
  ...{ delivered: {}, bills: 0, doubtful: 0, movers: [] },
};

const MOVERS = 20;
/** Names that are told; the counts beside them are complete. */
const LISTED = 1000;

/** The figures of one account. */
export function controlOf(account: AccountFigures): ChunkControl {
  const { bcn, currency, before, net } = account;
  const classes = [...new Set([...Object.keys(net), ...Object.keys(before ?? {})])].sort();
  const nothing = toDecimal(zero(currency));
  const compared = classes.map((name) => [name, { now: net[name] ?? nothing, before: before?.[name] ?? nothing }] as const);
  const mover = { bcn, currency, now: total(Object.values(net), currency), before: total(Object.values(before ?? {}), currency) };
  const vat = account.vat.map(({ category, rate, base, amount }) => [`${category} ${rate}`, { base, amount }] as const);
  return {
    billed: account.billed ? 1 : 0,
    held: account.held ? 1 : 0,
    activeWithoutBill: account.active && !account.billed && !account.parked && !account.held ? [bcn] : [],
    net: classes.length > 0 ? { [currency]: Object.fromEntries(compared) } : {},
    vat: vat.length > 0 ? { [currency]: sumsByKey(vat, currency) } : {},
    delivered: { [currency]: account.delivered },
    bills: account.bills,
    doubtful: account.doubtful ? 1 : 0,
    movers: mover.now === mover.before ? [] : [mover],
  };
}

/** Adds figures up. */
export function addControl(a: ChunkControl, b: ChunkControl): ChunkControl {
  return {
    billed: a.billed + b.billed,
    held: (a.held ?? 0) + (b.held ?? 0),
    activeWithoutBill: [...a.activeWithoutBill, ...b.activeWithoutBill].slice(0, LISTED),
    net: merged(a.net, b.net, (x, y, currency) => merged(x, y, (p, q) => sumOf(p, q, currency))),
    vat: merged(a.vat, b.vat, (x, y, currency) => merged(x, y, (p, q) => sumOf(p, q, currency))),
    delivered: merged(a.delivered, b.delivered, (x, y, currency) => sumOf(x, y, currency)),
    bills: a.bills + b.bills,
    doubtful: a.doubtful + b.doubtful,
    movers: [...a.movers, ...b.movers].sort(byMovement).slice(0, MOVERS),
  };
}

/** Sums decimal strings of a currency. */
export function total(amounts: readonly string[], currency: string): string {
  return toDecimal(amounts.reduce((sum, amount) => add(sum, parseMoney(amount, currency)), zero(currency)));
}

/** How much an account or entity moved, in minor units, whatever the direction. */
export function movement({ now, before }: Compared, currency: string): bigint {
  const { minor } = add(parseMoney(now, currency), negate(parseMoney(before, currency)));
  return minor < 0n ? -minor : minor;
}

function byMovement(a: Mover, b: Mover): number {
  const [x, y] = [movement(a, a.currency), movement(b, b.currency)];
  if (x !== y) return x > y ? -1 : 1;
  return a.bcn < b.bcn ? -1 : 1;
}

/** Adds two records of decimal strings, field by field. */
function sumOf<Sums extends { readonly [field in keyof Sums]: string }>(a: Sums, b: Sums, currency: string): Sums {
  const fields = Object.keys(a) as (keyof Sums & string)[];
  return Object.fromEntries(fields.map((field) => [field, total([a[field], b[field]], currency)])) as Sums;
}

function sumsByKey(entries: readonly (readonly [string, { base: string; amount: string }])[], currency: string) {
  return entries.reduce((sums, [key, value]) => merged(sums, { [key]: value }, (a, b) => sumOf(a, b, currency)), {});
}

function merged<V>(
  a: Readonly<Record<string, V>>,
  b: Readonly<Record<string, V>>,
  both: (a: V, b: V, key: string) => V,
): Readonly<Record<string, V>> {
  const result: Record<string, V> = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const known = result[key];
    result[key] = known === undefined ? value : both(known, value, key);
  }
  return result;
}
