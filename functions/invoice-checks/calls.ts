import type { NumberRange } from '../directory/records.ts';
import type { ChargedNumber } from '../documents/cdr/charged-numbers.ts';
import type { Check, CheckInput, Difference } from './check.ts';

export const noDuplicateCalls: Check = {
  name: 'call-duplicates',
  sentence: 'No call is in the usage file twice',
  severity: 'asks',
  compare: ({ usage }) => {
    if (!usage) return undefined;
    if (usage.duplicates === 0) return [];
    return [{ what: 'call records with a record id that was there before', found: `${usage.duplicates}, left out`, expected: '0' }];
  },
};

export const callsOfPeriod: Check = {
  name: 'call-dates',
  sentence: 'Every call is of the period, or late within the days that are allowed',
  severity: 'blocks',
  compare: ({ usage }) => {
    if (!usage) return undefined;
    const rest = usage.problemCount - usage.problems.length;
    return [
      ...usage.problems.map(({ reason }) => ({
        what: 'call record',
        found: reason,
        expected: 'a call of the period in the currency of the account',
      })),
      ...(rest > 0 ? [{ what: 'further call records like these', found: String(rest), expected: '0' }] : []),
    ];
  },
};

export const lateCalls: Check = {
  name: 'late-calls',
  sentence: 'No call is of an earlier period',
  severity: 'notes',
  compare: ({ usage, period, legalEntity }) => {
    if (!usage) return undefined;
    if (usage.late === 0) return [];
    const found = `${usage.late}, marked as late (${legalEntity.lateUsageDays ?? 0} days are allowed)`;
    return [{ what: `calls before ${period}`, found, expected: '0' }];
  },
};

export const numbersHeld: Check = {
  name: 'charged-numbers',
  sentence: "A charged number was the account's on the day of the call",
  severity: 'asks',
  compare: (input) => {
    if (!input.usage) return undefined;
    const holdings = holdingsOf(input.numbers.ranges);
    return [...input.usage.charged].flatMap((charged) => notHeld(charged, holdings, input));
  },
};

/** Ranges in the order of their first number; `reach` is the highest last number up to there. */
interface Holding {
  readonly from: number;
  readonly to: number;
  readonly reach: number;
  readonly range: NumberRange;
}

function holdingsOf(ranges: readonly NumberRange[]): Holding[] {
  const sorted = ranges
    .map((range) => ({ range, from: digitsOf(range.from), to: digitsOf(range.to ?? range.from) }))
    .sort((a, b) => a.from - b.from);
  let reach = 0;
  return sorted.map((holding) => {
    reach = Math.max(reach, holding.to);
    return { ...holding, reach };
  });
}

function notHeld({ number, calls, days }: ChargedNumber, holdings: readonly Holding[], input: CheckInput): Difference[] {
  const { account, numbers } = input;
  const known = rangesWith(digitsOf(number), holdings);
  const isHeld = (day: string): boolean =>
    known.some(
      (range) =>
        range.assignedOn <= day && (range.endedOn === undefined || day <= range.endedOn) && numbers.ownerOf(range, day) === account.bcn,
    );
  const wrong = days.filter((day) => !isHeld(day));
  if (wrong.length === 0) return [];
  const on = wrong.length === days.length ? `${calls} calls` : `calls on ${wrong.length} of ${days.length} days`;
  const found = `${on}, the first on ${wrong[0]}`;
  return [{ what: `number ${number}`, found, expected: known.map(heldWords).join(' or ') || `a number of ${account.bcn}` }];
}

/** The ranges that a number lies in, found from the last one that begins at or below it. */
function rangesWith(number: number, holdings: readonly Holding[]): NumberRange[] {
  let [low, high] = [0, holdings.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((holdings[middle]?.from ?? 0) <= number) low = middle + 1;
    else high = middle;
  }
  const found: NumberRange[] = [];
  for (let i = low - 1; i >= 0; i--) {
    const holding = holdings[i];
    if (!holding || holding.reach < number) break;
    if (holding.to >= number) found.push(holding.range);
  }
  return found;
}

function heldWords({ bcn, assignedOn, endedOn }: NumberRange): string {
  return `${bcn} from ${assignedOn}${endedOn ? ` to ${endedOn}` : ''}`;
}

/** E.164 has at most 15 digits: exact as a number. */
function digitsOf(number: string): number {
  return Number(number.replaceAll(/\D/g, ''));
}
