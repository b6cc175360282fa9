import * as z from 'zod';
import { isPeriod } from '../calendars/dates.ts';
import { currency, date, decimal, id, serviceId } from '../directory/fields.ts';
import { isCurrency } from '../money/currencies.ts';
import { isDecimal, type Money, parseMoney } from '../money/money.ts';

const CONTROL = /[\p{Cc}--[\t\n\r]]/v;

/** EN 16931 VAT categories: S standard, Z zero rate, E exempt, AE reverse charge, K intra-community, G export, O outside the scope. */
export const TAX_CATEGORIES = ['S', 'Z', 'E', 'AE', 'K', 'G', 'O'] as const;
export type TaxCategory = (typeof TAX_CATEGORIES)[number];

export const LINE_TYPES = ['recurring', 'one-off', 'usage', 'credit'] as const;
export type LineType = (typeof LINE_TYPES)[number];

const BILL_CATEGORIES = ['normal', 'credit-note', 'self-billed', 'outpayment'] as const;

const percent = decimal.refine((value) => !isDecimal(value) || (Number(value) >= 0 && Number(value) <= 100), {
  error: 'a percentage from 0 to 100 such as "19" is expected',
});

const count = z.int('a whole number is expected').min(0, 'a whole number from 0 is expected');

/** Amounts keep TMF678's form; `moneyOf` reads them and cannot fail after the schema has passed. */
const amount = z.object({ unit: currency, value: decimal }, 'an amount {"unit": "EUR", "value": "1234.50"} is expected').refine(isExact, {
  error: "an amount no finer than its currency's minor unit is expected",
  path: ['value'],
});

const periodOfTime = z
  .object({ startDateTime: date, endDateTime: date }, 'a period {"startDateTime": ..., "endDateTime": ...} is expected')
  .refine((period) => period.startDateTime < period.endDateTime, {
    error: 'an end after the start is expected (endDateTime is exclusive: October is 2026-10-01 to 2026-11-01)',
    path: ['endDateTime'],
  });

const tax = z
  .object({ taxCategory: z.enum(TAX_CATEGORIES, `one of ${TAX_CATEGORIES.join(', ')} is expected`), taxRate: optional(percent) })
  .refine((value) => value.taxRate !== undefined || value.taxCategory === 'O', {
    error: 'a percentage such as "19" is expected',
    path: ['taxRate'],
  })
  .transform(({ taxCategory, taxRate }) => ({ taxCategory, taxRate: taxRate ?? '0' }));

const line = z
  .object(
    {
      id: text(64),
      type: z.enum(LINE_TYPES, `one of ${LINE_TYPES.join(', ')} is expected`),
      name: text(300),
      taxExcludedAmount: amount,
      appliedTax: z.array(tax, 'a list with one tax is expected').length(1, 'exactly one tax a line is expected'),
      callClass: optional(text(64)),
      calls: optional(count),
      seconds: optional(count),
      periodCoverage: optional(periodOfTime),
      quantity: optional(decimal),
      unitOfMeasure: optional(text(40)),
      unitPrice: optional(decimal),
      priceBaseQuantity: optional(
        decimal.refine((value) => !isDecimal(value) || Number(value) > 0, { error: 'a quantity above 0 is expected' }),
      ),
      product: optional(z.object({ id: serviceId })),
      purchaseOrder: optional(text(100)),
      creditFor: optional(text(300)),
      exemptionReasonCode: optional(text(40)),
      exemptionReason: optional(text(500)),
      note: optional(text(1000)),
    },
    'a line is expected',
  )
  .refine((value) => value.type !== 'usage' || value.callClass !== undefined, {
    error: 'the class of calls that a usage line sums up is expected, such as "mobile"',
    path: ['callClass'],
  });

const header = z.object(
  {
    id,
    revision: count.default(0),
    billingAccount: z.object({ id }, 'the account {"id": "<bcn>"} is expected'),
    category: z.enum(BILL_CATEGORIES, `one of ${BILL_CATEGORIES.join(', ')} is expected`),
    billingPeriod: periodOfTime,
    taxExcludedAmount: amount,
    taxIncludedAmount: amount,
    taxItem: z.array(
      z.intersection(tax, z.object({ taxAmount: amount })),
      'the list of VAT per category and rate is expected, [] when there is none',
    ),
    taxCurrency: optional(currency),
    exchangeRate: optional(
      z.object({
        rate: decimal.refine((value) => !isDecimal(value) || Number(value) > 0, { error: 'a rate above 0 is expected' }),
        date,
        source: text(200),
      }),
    ),
    correctsInvoices: optional(z.array(z.object({ number: text(64), issueDate: date }))),
    correctsPeriod: optional(periodOfTime.or(z.string().refine(isPeriod, 'a month such as "2026-09" is expected'))),
    correctionReason: optional(text(1000)),
  },
  'the bill\'s header "customerBill" is expected',
);

/** A bill of the carrier's billing system: TM Forum TMF678 names, amounts and rates as decimal strings. Unknown fields are ignored. */
export const billSchema = z.object(
  {
    customerBill: header,
    appliedCustomerBillingRate: z.array(line, 'the list of lines "appliedCustomerBillingRate" is expected'),
  },
  'a bill {"customerBill": ..., "appliedCustomerBillingRate": [...]} is expected',
);

export type Bill = z.output<typeof billSchema>;
export type BillLine = Bill['appliedCustomerBillingRate'][number];
export type BillAmount = BillLine['taxExcludedAmount'];

/** The exact amount of a bill that has passed the schema. */
export function moneyOf(value: BillAmount): Money {
  return parseMoney(value.value, value.unit);
}

function isExact({ unit, value }: { unit: string; value: string }): boolean {
  if (!isCurrency(unit) || !isDecimal(value)) return true;
  try {
    parseMoney(value, unit);
    return true;
  } catch {
    return false;
  }
}

/** One line of visible text: white space becomes single blanks, other control characters are refused. */
function text(longest: number) {
  const expected = `a text of 1 to ${longest} characters is expected`;
  return z
    .string(expected)
    .transform((value) => value.replaceAll(/\s+/gu, ' ').trim().normalize('NFC'))
    .pipe(z.string().min(1, expected).max(longest, expected))
    .refine((value) => !CONTROL.test(value), { error: 'a text without control characters is expected' });
}

/** `null`, `""` and missing mean the same. */
function optional<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => (value === null || value === '' ? undefined : value), schema.optional());
}
