import type { LegalEntity } from './carrier.ts';
import type { Expected } from './invoices.ts';

/** A line of `issued/<period>/<calendar>-<n>.jsonl`, as the contract names its fields. */
export interface IssuedLine extends Expected {
  readonly number: string;
  readonly paymentReference: string;
  readonly corrects?: unknown;
  readonly voided?: unknown;
  readonly sha256: string;
  readonly publishedAt: string;
}

const FIGURES = ['type', 'bcn', 'ocn', 'legalEntityId', 'period', 'issueDate', 'dueDate', 'currency', 'net', 'gross'] as const;

/** How the register differs from what the export asks for: nothing when every document is there once with its figures. */
export function registerFaults(expected: readonly Expected[], lines: readonly IssuedLine[]): string[] {
  const byBill = Map.groupBy(lines, ({ billId }) => billId);
  const missing = expected.filter(({ billId }) => !byBill.has(billId)).map(({ bcn, billId }) => `${bcn}: ${billId} is not in the register`);
  const twice = [...byBill].filter(([, found]) => found.length > 1).map(([billId]) => `${billId} is in the register twice`);
  const wanted = new Set(expected.map(({ billId }) => billId));
  const unasked = lines.filter(({ billId }) => !wanted.has(billId)).map(({ bcn, billId }) => `${bcn}: ${billId} must not be issued`);
  const differing = expected.flatMap((document) => (byBill.get(document.billId) ?? []).flatMap((line) => lineFaults(document, line)));
  return [...missing, ...twice, ...unasked, ...differing];
}

function lineFaults(expected: Expected, line: IssuedLine): string[] {
  const faults = FIGURES.filter((field) => expected[field] !== line[field]).map(
    (field) => `${expected.billId}: ${field} is ${line[field]}, ${expected[field]} is right`,
  );
  if (vatText(expected.vat) !== vatText(line.vat))
    faults.push(`${expected.billId}: vat is ${vatText(line.vat)}, ${vatText(expected.vat)} is right`);
  return faults;
}

/** Faults of the number series: every number from the first on, none twice, none left out. */
export function seriesFaults(entities: readonly LegalEntity[], lines: readonly IssuedLine[]): string[] {
  const series = Map.groupBy(lines, (line) => {
    const supplier = line.type === 'self-billed-invoice' ? line.ocn : '';
    return [line.legalEntityId, line.type, line.issueDate.slice(0, 4), supplier].join(' ');
  });
  return [...series].flatMap(([key, members]) => {
    const [entityId = '', type = '', year = ''] = key.split(' ');
    const start = entities
      .find(({ legalEntityId }) => legalEntityId === entityId)
      ?.series?.find((one) => one.type === type && one.year === Number(year));
    const numbers = members.map(({ number }) => Number(/\d+$/.exec(number.slice(start?.prefix.length ?? 0))?.[0])).sort((a, b) => a - b);
    const first = type === 'self-billed-invoice' || type === 'outpayment-statement' ? numbers[0] : start?.next;
    const wanted = numbers.map((_, n) => (first ?? 1) + n);
    return JSON.stringify(numbers) === JSON.stringify(wanted)
      ? []
      : [`${key}: the numbers are ${numbers.join(' ')}, ${wanted.join(' ')} are right`];
  });
}

function vatText(vat: Expected['vat']): string {
  return vat
    .map(({ category, rate, base, amount }) => `${category} ${Number(rate)} % of ${base} = ${amount}`)
    .sort()
    .join('; ');
}
