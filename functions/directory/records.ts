import * as z from 'zod';
import {
  address,
  bank,
  calendar,
  country,
  currency,
  date,
  decimal,
  email,
  fields,
  flag,
  id,
  instant,
  language,
  line,
  listOf,
  name,
  number,
  oneOf,
  percent,
  place,
  serviceId,
  text,
  timeZone,
  whole,
} from './fields.ts';

/** When the carrier last touched the record; without it the event's time counts. */
const updatedAt = instant.optional();

const poNumber = text(100);

export const legalEntitySchema = fields({
  legalEntityId: id,
  name,
  country,
  address,
  vatId: text(40).optional(),
  registration: line,
  legalFooter: fields({ court: line, number: line, directors: line, capital: line }).partial().optional(),
  bank,
  creditorId: text(100).optional(),
  currency,
  taxRounding: oneOf('half-up', 'down').default('half-up'),
  calendar,
  contact: fields({ email, phone: text(100) }),
  web: text(200).optional(),
  series: listOf(
    fields({
      type: oneOf('invoice', 'credit-note', 'self-billed-invoice', 'outpayment-statement'),
      year: whole(2000, 2199),
      prefix: z
        .string()
        .regex(/^[A-Za-z0-9/_-]{0,20}$/, { error: 'a prefix of at most 20 of A-Z a-z 0-9 / _ - is expected' })
        .default(''),
      width: whole(1, 12),
      next: whole(1, 999_999_999_999),
    }),
  ).optional(),
  lateUsageDays: whole(0, 3_650).optional(),
  releaseSilently: flag.optional(),
  issueLimit: fields({ domesticDays: whole(0, 366), intraEuDay: whole(1, 31) })
    .partial()
    .optional(),
  retentionMonths: fields({ invoice: whole(1, 1_200), cdr: whole(1, 1_200), unl: whole(1, 1_200) })
    .partial()
    .optional(),
  control: fields({ netChangePercent: percent, minAccounts: whole(0, 100_000_000) })
    .partial()
    .optional(),
  /** Any word or true marks an entity that owes structured e-invoices. */
  eInvoicing: z.union([flag, text(100).transform((word) => word !== 'false')], { error: 'true or false is expected' }).optional(),
  updatedAt,
});

export const customerSchema = fields({ ocn: id, name, legalEntityId: id, country, language, updatedAt });

export const billingAccountSchema = fields({
  bcn: id,
  ocn: id,
  name,
  address,
  vatId: text(40).optional(),
  vatIdCheckedOn: date.optional(),
  taxStatus: fields({ telecomReseller: flag, certificate: text(100).optional(), validTo: date.optional() }).optional(),
  registration: line.optional(),
  buyerReference: text(200).optional(),
  customerReference: text(200).optional(),
  purchaseOrders: listOf(
    fields({
      number: poNumber,
      validFrom: date,
      validTo: date.optional(),
      amount: decimal.optional(),
      serviceIds: listOf(serviceId).optional(),
    }),
  ).optional(),
  purchaseOrderRequired: flag.default(false),
  currency,
  language,
  /** The billing calendar; else the legal entity's. */
  calendar: calendar.optional(),
  paymentTerms: fields({ days: whole(0, 366), endOfMonth: flag.optional(), dayOfMonth: whole(1, 31).optional() }),
  paymentMethod: oneOf('transfer', 'direct-debit').default('transfer'),
  mandate: fields({ reference: text(100), accountMasked: text(100) }).optional(),
  activeFrom: date,
  closedOn: date.optional(),
  /** Had invoices in an earlier system: no first-invoice check. */
  invoicedBefore: flag.default(false),
  delivery: fields({ attach: flag, post: flag }),
  itemisation: oneOf('none', 'masked', 'full').default('full'),
  selfBilling: fields({ agreement: text(200), validTo: date }).optional(),
  payoutBank: bank.optional(),
  quote: fields({ monthly: decimal }).optional(),
  updatedAt,
});

export const contactSchema = fields({
  contactId: id,
  ocn: id,
  /** The accounts the contact looks after; missing: all of the customer's. */
  bcns: listOf(id).optional(),
  serviceIds: listOf(serviceId).optional(),
  kind: oneOf('person', 'mailbox').default('person'),
  name,
  email,
  phone: text(100).optional(),
  language,
  timeZone,
  roles: listOf(oneOf('billing', 'technical', 'maintenance', 'administrator')),
  /** The last day. */
  activeTo: date.optional(),
  updatedAt,
});

export const serviceSchema = fields({
  serviceId,
  /** Who pays for it from which day on; see ownerOn. */
  ownership: listOf(fields({ bcn: id, from: date, to: date.optional() }), 1),
  product: line,
  aEnd: place,
  bEnd: place.optional(),
  prices: listOf(fields({ from: date, amount: decimal, interval: text(40), inAdvance: flag })).optional(),
  discounts: listOf(fields({ from: date, to: date.optional(), percent })).optional(),
  setupFee: decimal.optional(),
  updatedAt,
});

export const numberRangeSchema = fields({
  bcn: id,
  serviceId: serviceId.optional(),
  /** First number of the range, or the single number. */
  from: number,
  /** Last number of the range; missing for a single number. */
  to: number.optional(),
  country,
  type: oneOf('geographic', 'non-geographic', 'mobile', 'freephone'),
  status: oneOf('active', 'reserved', 'ceased', 'ported-out'),
  assignedOn: date,
  endedOn: date.optional(),
  portedIn: z.union([flag, date], { error: 'true, false or the date of porting in is expected' }).optional(),
  address: place.optional(),
  updatedAt,
}).superRefine(checkRange);

export type Address = z.output<typeof address>;
export type LegalEntity = z.output<typeof legalEntitySchema>;
export type Customer = z.output<typeof customerSchema>;
export type BillingAccount = z.output<typeof billingAccountSchema>;
export type Contact = z.output<typeof contactSchema>;
export type Service = z.output<typeof serviceSchema>;
export type NumberRange = z.output<typeof numberRangeSchema>;

/** How many numbers a range holds. */
export function sizeOf({ from, to }: Pick<NumberRange, 'from' | 'to'>): number {
  return to === undefined ? 1 : Number(BigInt(to.slice(1)) - BigInt(from.slice(1))) + 1;
}

/**
 * The account that owns a service on a date; undefined when nobody does.
 * `to` is the last day. Where an old and a new ownership share the day of the move, the one that began last has it.
 */
export function ownerOn(service: Pick<Service, 'ownership'>, onDate: string): string | undefined {
  const owners = service.ownership.filter(({ from, to }) => from <= onDate && (to === undefined || onDate <= to));
  return owners.reduce<(typeof owners)[number] | undefined>((last, owner) => (last && last.from > owner.from ? last : owner), undefined)
    ?.bcn;
}

function checkRange(
  { from, to, assignedOn, endedOn }: { from: string; to?: string; assignedOn: string; endedOn?: string },
  context: z.RefinementCtx,
) {
  if (to !== undefined && (to.length !== from.length || to < from)) {
    context.addIssue({ code: 'custom', path: ['to'], message: `the end of a range is expected: as long as ${from} and not below it` });
  }
  if (endedOn !== undefined && endedOn < assignedOn) {
    context.addIssue({ code: 'custom', path: ['endedOn'], message: `a date not before assignedOn (${assignedOn}) is expected` });
  }
}
