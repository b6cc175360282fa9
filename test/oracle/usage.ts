import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Carrier } from './carrier.ts';
import { type Exact, exact, plus, textOf } from './decimal.ts';

export interface ClassSum {
  readonly calls: number;
  readonly seconds: number;
  /** The unrounded sum, as a decimal. */
  readonly charge: string;
}

export interface Usage {
  readonly rows: number;
  readonly seconds: number;
  readonly charge: string;
  readonly byClass: ReadonlyMap<string, ClassSum>;
}

/** Where a layout has its columns, counted from 0; the UK standard has no header row. */
const LAYOUTS: Record<string, { readonly header: boolean; readonly seconds: number; readonly callClass: number; readonly charge: number }> =
  {
    carrierpost: { header: true, seconds: 6, callClass: 8, charge: 11 },
    'fcs-v3': { header: false, seconds: 6, callClass: 17, charge: 12 },
  };

/** Forty thousand calls are read once, not with every question about the month. */
const read = new WeakMap<Carrier, Map<string, Usage>>();

/** The sums of an account's rated calls, from the file alone. */
export function usageOf(carrier: Carrier, period: string, bcn: string): Usage {
  const known = read.get(carrier) ?? new Map<string, Usage>();
  read.set(carrier, known);
  const usage = known.get(`${period} ${bcn}`) ?? readUsage(carrier, period, bcn);
  known.set(`${period} ${bcn}`, usage);
  return usage;
}

function readUsage({ folder }: Carrier, period: string, bcn: string): Usage {
  const text = usageText(join(folder, 'billing', period, 'usage', bcn));
  const sums = new Map<string, { calls: number; seconds: number; charge: Exact }>();
  if (text !== undefined) {
    const columns = LAYOUTS[layoutOf(folder, period, bcn)];
    if (!columns) throw new Error(`The judge does not know the layout of ${bcn}'s usage`);
    for (const row of text
      .trim()
      .split('\n')
      .slice(columns.header ? 1 : 0)) {
      const cells = cellsOf(row);
      const callClass = cells[columns.callClass] ?? '';
      const sum = sums.get(callClass) ?? { calls: 0, seconds: 0, charge: exact('0') };
      sums.set(callClass, {
        calls: sum.calls + 1,
        seconds: sum.seconds + Number(cells[columns.seconds]),
        charge: plus(sum.charge, exact(cells[columns.charge] ?? '0')),
      });
    }
  }
  const all = [...sums.values()];
  return {
    rows: all.reduce((total, { calls }) => total + calls, 0),
    seconds: all.reduce((total, { seconds }) => total + seconds, 0),
    charge: textOf(all.reduce((total, { charge }) => plus(total, charge), exact('0'))),
    byClass: new Map([...sums].map(([callClass, sum]) => [callClass, { ...sum, charge: textOf(sum.charge) }])),
  };
}

/** True when the export has rated calls of the account. */
export function hasUsage({ folder }: Carrier, period: string, bcn: string): boolean {
  return usageText(join(folder, 'billing', period, 'usage', bcn)) !== undefined;
}

function usageText(stem: string): string | undefined {
  if (existsSync(`${stem}.csv`)) return readFileSync(`${stem}.csv`, 'utf8');
  return existsSync(`${stem}.csv.gz`) ? gunzipSync(readFileSync(`${stem}.csv.gz`)).toString('utf8') : undefined;
}

function layoutOf(folder: string, period: string, bcn: string): string {
  const named = JSON.parse(readFileSync(join(folder, 'billing', period, 'usage', 'layout.json'), 'utf8'));
  return named[bcn] ?? named.layout ?? named.default;
}

/** The cells of a CSV row, quotes taken off. */
export function cellsOf(row: string): string[] {
  return [...row.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)]
    .slice(0, -1)
    .map(([, cell = '']) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell));
}
