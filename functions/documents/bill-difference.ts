import type { Bill, BillLine } from './bill.ts';

/** A field that is not what it was; missing on the side where there is none. */
export interface FieldDifference {
  readonly field: string;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

/** A line that was added, removed, or is not what it was. */
export interface LineDifference {
  readonly lineId: string;
  readonly name: string;
  readonly change: 'added' | 'removed' | 'changed';
  readonly fields: readonly FieldDifference[];
}

/** What a bill says otherwise than the one before it. */
export interface BillDifference {
  readonly header: readonly FieldDifference[];
  readonly lines: readonly LineDifference[];
}

/** Counts deliveries and names the bill; no page shows it. */
const NOT_PRINTED = new Set(['id', 'revision']);

/**
 * Compares two bills as a reader would: another revision that says the same is no difference, nor is the order of its lines.
 * @returns undefined when they say the same
 */
export function billDifference(before: Bill, after: Bill): BillDifference | undefined {
  const header = fieldsOf(before.customerBill, after.customerBill).filter(({ field }) => !NOT_PRINTED.has(field));
  const lines = lineDifferences(before.appliedCustomerBillingRate, after.appliedCustomerBillingRate);
  return header.length === 0 && lines.length === 0 ? undefined : { header, lines };
}

function lineDifferences(before: readonly BillLine[], after: readonly BillLine[]): LineDifference[] {
  const [old, young] = [before, after].map((lines) => new Map(lines.map((line) => [line.id, line])));
  const ids = [...new Set([...before, ...after].map(({ id }) => id))];
  return ids.flatMap((lineId): LineDifference[] => {
    const [was, is] = [old?.get(lineId), young?.get(lineId)];
    const fields = fieldsOf(was ?? {}, is ?? {}).filter(({ field }) => field !== 'id');
    if (fields.length === 0) return [];
    return [{ lineId, name: (is ?? was)?.name ?? '', change: was ? (is ? 'changed' : 'removed') : 'added', fields }];
  });
}

function fieldsOf(before: object, after: object): FieldDifference[] {
  const [was, is] = [leavesOf(before), leavesOf(after)];
  const names = [...new Set([...was.keys(), ...is.keys()])];
  return names.flatMap((field) => (was.get(field) === is.get(field) ? [] : [{ field, before: was.get(field), after: is.get(field) }]));
}

/** `taxExcludedAmount.value` and `appliedTax.0.taxRate` by their values. */
function leavesOf(value: object, path = ''): Map<string, string> {
  return new Map(
    Object.entries(value).flatMap(([name, inner]): [string, string][] => {
      if (inner === undefined) return [];
      if (typeof inner === 'object' && inner !== null) return [...leavesOf(inner, `${path}${name}.`)];
      return [[`${path}${name}`, String(inner)]];
    }),
  );
}
