import Big from 'big.js';
import type { LegalEntity } from '../directory/records.ts';
import { type ChunkControl, type Compared, type Mover, total } from './control-figures.ts';
import type { ReceivedCompletion } from './received.ts';

/** Net of an entity's line class against the period before. */
export interface NetLine extends Compared {
  readonly legalEntityId: string;
  readonly currency: string;
  readonly lineClass: string;
  /** Missing when there was nothing before. */
  readonly changePercent?: string | undefined;
}

/** What a person looks at before a month is released. */
export interface ControlReport {
  readonly period: string;
  readonly calendar: string;
  readonly verdict: 'within' | 'beyond';
  /** Why it waits for a person: entity, figure, threshold. */
  readonly reasons: readonly string[];
  readonly accounts: { readonly billed: number; readonly withoutBill: number; readonly parked: number; readonly held: number };
  readonly activeWithoutBill: readonly string[];
  readonly parked: readonly { readonly bcn: string; readonly reason: string }[];
  readonly net: readonly NetLine[];
  readonly movers: readonly Mover[];
  readonly vat: readonly { readonly currency: string; readonly category: string; readonly base: string; readonly amount: string }[];
  readonly controlTotals: readonly {
    readonly currency: string;
    readonly exported?: { readonly net: string; readonly gross: string } | undefined;
    readonly received: { readonly net: string; readonly gross: string };
    readonly equal: boolean;
  }[];
}

export const ALL_CLASSES = 'total';

/** An entity's figures as lines: each class, then the total, by currency. */
export function netLines(legalEntityId: string, control: ChunkControl): NetLine[] {
  return Object.entries(control.net).flatMap(([currency, classes]) => {
    const all: Compared = {
      now: total(
        Object.values(classes).map(({ now }) => now),
        currency,
      ),
      before: total(
        Object.values(classes).map(({ before }) => before),
        currency,
      ),
    };
    return [...Object.entries(classes), [ALL_CLASSES, all] as const].map(([lineClass, compared]) => {
      return { legalEntityId, currency, lineClass, ...compared, changePercent: changePercent(compared) };
    });
  });
}

/**
 * Why an entity's month is beyond its thresholds: its net moved by more than `netChangePercent` against the period before,
 * or fewer than `minAccounts` accounts have a bill. Nothing when it is within, or has no thresholds.
 */
export function beyondThresholds(entity: Pick<LegalEntity, 'legalEntityId' | 'control'>, control: ChunkControl): string[] {
  const { netChangePercent, minAccounts } = entity.control ?? {};
  const moved = netLines(entity.legalEntityId, control).filter(({ lineClass, changePercent: change }) => {
    return (
      lineClass === ALL_CLASSES && netChangePercent !== undefined && change !== undefined && new Big(change).abs().gt(netChangePercent)
    );
  });
  // A first invoice that waits for an answer is a bill that came.
  const found = control.billed + (control.held ?? 0);
  const few = minAccounts !== undefined && found < minAccounts;
  return [
    ...moved.map(
      ({ now, before, currency, changePercent: change }) =>
        `${entity.legalEntityId}: net is ${now} ${currency} after ${before}, a change of ${change} %; up to ${netChangePercent} % is expected`,
    ),
    ...(few ? [`${entity.legalEntityId}: ${found} accounts have a bill; at least ${minAccounts} are expected`] : []),
  ];
}

/** What the carrier's export says it delivered against what was received, by currency. */
export function controlTotals(
  delivered: ChunkControl['delivered'],
  completion: ReceivedCompletion | undefined,
): ControlReport['controlTotals'] {
  const exported = new Map((completion?.controlTotals ?? []).map(({ currency, net, gross }) => [currency, { net, gross }]));
  const currencies = [...new Set([...Object.keys(delivered), ...exported.keys()])].sort();
  return currencies.map((currency) => {
    const received = delivered[currency] ?? { net: '0', gross: '0' };
    const expected = exported.get(currency);
    const equal = expected !== undefined && new Big(expected.net).eq(received.net) && new Big(expected.gross).eq(received.gross);
    return { currency, exported: expected, received, equal };
  });
}

/**
 * Why the export's own control totals hold the month: every bill that it announced is here and none is in doubt, yet they sum
 * to something else. What is missing or parked is named elsewhere and can still be issued later; a wrong figure could not be
 * taken back.
 */
export function beyondTotals(control: ChunkControl, completion: ReceivedCompletion | undefined): string[] {
  if (completion?.delivery !== 'full' || completion.controlTotals.length === 0) return [];
  if (control.doubtful > 0 || control.bills < completion.bills) return [];
  return controlTotals(control.delivered, completion).flatMap(({ currency, exported = { net: '0', gross: '0' }, received }) => {
    if (new Big(exported.net).eq(received.net) && new Big(exported.gross).eq(received.gross)) return [];
    const [expected, found] = [exported, received].map(({ net, gross }) => `net ${net}, gross ${gross}`);
    return [
      `${currency}: the bills received sum to ${found}; ${expected} is expected by the export's control totals, and no bill is parked`,
    ];
  });
}

function changePercent({ now, before }: Compared): string | undefined {
  const base = new Big(before);
  return base.eq(0) ? undefined : new Big(now).minus(base).div(base.abs()).times(100).toFixed(1);
}
