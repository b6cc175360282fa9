import { addMonths, firstDay } from '../calendars/dates.ts';
import type { Service } from '../directory/records.ts';
import type { BillLine } from '../documents/bill.ts';
import type { Check, CheckInput, Difference } from './check.ts';
import { type CoveredLine, chargedLines, daysOf, ownedBy, recurringBy, type Stretch, shared, uncovered } from './owned-time.ts';
import { priceOn } from './price.ts';

export const servicesBilled: Check = {
  name: 'services-billed',
  sentence: 'Every active service is billed',
  severity: 'asks',
  compare: (input) => {
    if (!isNormal(input) || !input.leading) return undefined;
    const billed = recurringBy(allLines(input));
    return input.services.flatMap((service) => {
      const wanted = wantedOf(service, input);
      if (wanted.length === 0 || billed.has(service.serviceId)) return [];
      const expected = `a recurring charge for ${wanted.map(daysOf).join(' and ')}`;
      return [{ what: `service ${service.serviceId} (${service.product})`, found: 'no recurring charge', expected }];
    });
  },
};

export const contiguous: Check = {
  name: 'contiguous',
  sentence: "A service's recurring charges leave no day out",
  severity: 'asks',
  compare: (input) => {
    if (!isNormal(input) || !input.leading) return undefined;
    const billed = recurringBy(allLines(input));
    return input.services.flatMap((service) => {
      const lines = billed.get(service.serviceId);
      if (!lines) return [];
      const found = lines.map(daysOf).join(' and ');
      return wantedOf(service, input)
        .flatMap((stretch) => uncovered(stretch, lines))
        .map((gap) => ({ what: `recurring charges of ${service.serviceId}`, found, expected: `${daysOf(gap)} as well` }));
    });
  },
};

export const billedOnce: Check = {
  name: 'billed-once',
  sentence: 'No service is billed twice for the same days',
  severity: 'blocks',
  compare: (input) => {
    if (!isNormal(input)) return undefined;
    const subjects = [...recurringBy(allLines(input)).values()].flatMap((lines) => [...Map.groupBy(lines, subjectOf).values()]);
    return subjects.flatMap((lines) => overlaps(lines, input));
  },
};

export const withinOwnership: Check = {
  name: 'activation-and-cease',
  sentence: 'Nothing is charged for a time before activation or after cease',
  severity: 'blocks',
  compare: (input) => (isNormal(input) ? input.bill.appliedCustomerBillingRate.flatMap((line) => outside(line, input)) : undefined),
};

export const periodRight: Check = {
  name: 'period',
  sentence: 'Charges are for the billing period, or, in advance, for what follows it',
  severity: 'asks',
  compare: (input) => {
    if (!isNormal(input)) return undefined;
    return input.bill.appliedCustomerBillingRate.flatMap((line) => {
      if (line.type === 'credit' || !line.periodCoverage) return [];
      const covered = { start: line.periodCoverage.startDateTime, end: line.periodCoverage.endDateTime };
      const window = windowOf(line.type, line.product?.id, input);
      if (window.start <= covered.start && covered.end <= window.end) return [];
      return [{ what: `period of line ${line.id} (${line.name})`, found: daysOf(covered), expected: `within ${daysOf(window)}` }];
    });
  },
};

/** Everything that is charged to the account for the period, on whichever bill. */
export function allLines({ bill, others }: CheckInput): BillLine[] {
  return chargedLines([bill, ...others]);
}

/** True for the usual bill: credit notes, self-billed invoices and statements are about something else. */
export function isNormal({ bill }: CheckInput): boolean {
  return bill.customerBill.category === 'normal';
}

/**
 * The days that a bill has to charge for: in arrears the period, in advance the month after it. What began in the period is charged from
 * its first day; on a first invoice, whenever it began.
 */
function wantedOf(service: Service, { account: { bcn }, period, first }: CheckInput): Stretch[] {
  const owned = ownedBy(service, bcn);
  const begins = firstDay(period);
  const next = firstDay(addMonths(period, 1));
  return owned.flatMap((stretch) => {
    const price = priceOn(service, stretch.start > begins ? stretch.start : begins);
    if (price?.interval !== 'month') return [];
    const end = price.inAdvance ? firstDay(addMonths(period, 2)) : next;
    const since = stretch.start >= begins || first ? stretch.start : price.inAdvance ? next : begins;
    return shared(stretch, { start: since, end }) ?? [];
  });
}

/** `IP Access 500 Mbit/s` and `IP Access 500 Mbit/s, part month` charge for the same thing. */
export function subjectOf({ line: { name } }: CoveredLine): string {
  return name.split(',')[0]?.trim() ?? name;
}

/** What this bill charges for again. */
function overlaps(lines: readonly CoveredLine[], { bill }: CheckInput): Difference[] {
  const own = new Set(bill.appliedCustomerBillingRate);
  const sorted = [...lines].sort((a, b) => (a.start < b.start ? -1 : 1));
  return sorted.flatMap((line, i) => {
    const before = sorted.slice(0, i).find((other) => other.end > line.start);
    if (!before || !(own.has(before.line) || own.has(line.line))) return [];
    const both = shared(before, line) ?? line;
    const what = `${line.serviceId} (${line.line.name}), ${daysOf(both)}`;
    const named = ({ line: of }: CoveredLine): string => `${of.id}${own.has(of) ? '' : ' of another bill'}`;
    return [{ what, found: `lines ${named(before)} and ${named(line)}`, expected: 'one line' }];
  });
}

function outside(line: BillLine, input: CheckInput): Difference[] {
  const { account, services } = input;
  const { type, product, periodCoverage } = line;
  if (!product || !periodCoverage || (type !== 'recurring' && type !== 'usage')) return [];
  const covered = { start: periodCoverage.startDateTime, end: periodCoverage.endDateTime };
  const service = services.find(({ serviceId }) => serviceId === product.id);
  const what = `line ${line.id} (${line.name}), service ${product.id}`;
  if (!service) return [{ what, found: 'the directory has no such service', expected: `a service of ${account.bcn}` }];
  const owned = ownedBy(service, account.bcn);
  // Usage is told for the month as a whole; its calls carry their own dates.
  const fits = owned.some((stretch) => (type === 'usage' ? shared(stretch, covered) : within(stretch, covered)));
  if (fits) return [];
  return [
    {
      what,
      found: daysOf(covered),
      expected: owned.length > 0 ? `within ${owned.map(daysOf).join(' or ')}` : 'nothing: it belongs to others',
    },
  ];
}

function within(stretch: Stretch, { start, end }: Stretch): boolean {
  return stretch.start <= start && end <= stretch.end;
}

function windowOf(type: string, serviceId: string | undefined, input: CheckInput): Stretch {
  const { period, first, account, services, legalEntity } = input;
  const begins = firstDay(period);
  const next = firstDay(addMonths(period, 1));
  const since = first && account.activeFrom < begins ? account.activeFrom : begins;
  // Where usage has to end is the rule of arrears.
  if (type === 'usage')
    return { start: legalEntity.lateUsageDays ? firstDay(addMonths(period, -1)) : since, end: firstDay(addMonths(period, 13)) };
  const service = services.find((candidate) => candidate.serviceId === serviceId);
  const interval = service && priceOn(service, next)?.interval;
  return { start: since, end: firstDay(addMonths(period, interval === undefined || interval === 'month' ? 2 : 13)) };
}
