import * as z from 'zod';
import { formatDate, formatMoney, formatPeriod, type Language } from '../functions/money/format.ts';

/** What emails say, ready to print in the reader's language. Nothing may be empty: a template prints what it is given. */
export const text = z.string().trim().min(1);

export const seller = z.object({
  name: text,
  email: text,
  phone: text,
  /** Postal address, register and directors: what the law wants at the foot of a business letter. */
  lines: z.array(text).min(1),
});

/** The ways out at the foot of every email: to the contact's settings, and of an optional kind straight out of it. */
export const waysOut = { settingsUrl: z.url(), unsubscribeUrl: z.url().optional() };

const document = z.object({ kind: text, format: text, url: z.url() });

/** The words depend on what the document is and on who pays how. */
export const VARIANTS = [
  'transfer',
  'direct-debit',
  'nothing-to-pay',
  'credit-note',
  'self-billed-invoice',
  'outpayment-statement',
] as const;

/** Facts of an email about a numbered document. */
export const numberedFacts = z.object({
  contactName: text,
  customerName: text,
  accountName: text,
  ocn: text,
  bcn: text,
  period: text,
  variant: z.enum(VARIANTS),
  number: text,
  total: text,
  /** What moves now: to be paid, collected, or paid out. */
  payable: text,
  issueDate: text,
  dueDate: text.optional(),
  collectionDate: text.optional(),
  mandate: text.optional(),
  /** What the document replaces, and the credit note that takes that back: both or none. */
  corrected: text.optional(),
  creditNote: text.optional(),
  seller,
  pageUrl: z.url(),
  documents: z.array(document),
  ...waysOut,
});

/** Facts of an email about call records and number lists alone. */
export const unnumberedFacts = numberedFacts
  .pick({ contactName: true, customerName: true, accountName: true, ocn: true, bcn: true, period: true, seller: true, pageUrl: true })
  .extend({ ...waysOut, variant: z.literal('no-invoice'), documents: z.array(document).min(1) });

/** Facts of an email about the draft of a first invoice. */
export const draftFacts = numberedFacts
  .pick({ contactName: true, customerName: true, accountName: true, ocn: true, bcn: true, period: true, total: true, seller: true })
  .extend({ reviewUrl: z.url(), ...waysOut });

export type NumberedFacts = z.output<typeof numberedFacts>;

/** Where the ways out of the samples lead. */
export const SAMPLE_WAYS = {
  settingsUrl: 'https://post.carrier.example/p/v1.k1.sample.sample',
  unsubscribeUrl: 'https://post.carrier.example/u/v1.k1.sample.sample',
};

/** Facts that look like a real customer's, for the preview and the tests: a zero total is zero, and where nothing is paid nothing is due. */
export function sampleFacts(language: Language, variant: NumberedFacts['variant']): NumberedFacts {
  const amount = formatMoney(variant === 'nothing-to-pay' ? '0.00' : '1234.56', 'EUR', language);
  const due = variant === 'nothing-to-pay' || variant === 'credit-note' ? {} : { dueDate: formatDate('2026-12-04', language) };
  const collected = variant === 'direct-debit' ? { collectionDate: formatDate('2026-12-04', language), mandate: 'M-2024-0815' } : {};
  const page = 'https://post.carrier.example/d/v1.k1.sample.sample';
  return {
    contactName: 'Anna Beispiel',
    customerName: 'Acme GmbH',
    accountName: 'Acme GmbH, Werk Süd',
    ocn: '100234',
    bcn: 'B4711',
    period: formatPeriod('2026-10', language),
    variant,
    number: 'DE26004711',
    total: amount,
    payable: amount,
    issueDate: formatDate('2026-11-04', language),
    ...due,
    ...collected,
    seller: {
      name: 'Northline Carrier GmbH',
      email: 'rechnung@northline.example',
      phone: '+49 30 23125 100',
      lines: ['Northline Carrier GmbH, Beispielstraße 12, 10115 Berlin', 'Amtsgericht Berlin HRB 000000 B · Erika Muster'],
    },
    pageUrl: page,
    settingsUrl: SAMPLE_WAYS.settingsUrl,
    documents: [
      { kind: kindOf(variant), format: 'PDF', url: `${page}/1` },
      { kind: 'cdr', format: 'CSV', url: `${page}/2` },
      { kind: 'unl', format: 'CSV', url: `${page}/3` },
      { kind: 'unl', format: 'PDF', url: `${page}/4` },
    ],
  };
}

/** The draft of a first invoice that looks like a real customer's. */
export function sampleDraft(language: Language): z.output<typeof draftFacts> {
  return draftFacts.parse({ ...sampleFacts(language, 'transfer'), reviewUrl: 'https://post.carrier.example/r/v1.k1.sample.sample' });
}

/** What an email of a variant is about. */
export function kindOf(variant: NumberedFacts['variant']): 'invoice' | 'credit-note' | 'self-billed-invoice' | 'outpayment-statement' {
  return variant === 'transfer' || variant === 'direct-debit' || variant === 'nothing-to-pay' ? 'invoice' : variant;
}
