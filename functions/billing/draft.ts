import { createHash } from 'node:crypto';
import type { CalendarCode } from '../calendars/calendars.ts';
import type { BillingAccount, LegalEntity } from '../directory/records.ts';
import type { Bill } from '../documents/bill.ts';
import type { Invoice } from '../documents/invoice.ts';
import type { InvoiceKind } from '../documents/records.ts';
import { fingerprintOf, type ReceivedInput } from './received.ts';

/** A bill of a draft, and where its delivered file lies. */
export interface DraftBill {
  readonly billId: string;
  readonly revision: number;
  readonly bucket: string;
  readonly key: string;
  readonly sha256: string;
}

/** A first invoice that billing drafted and does not issue yet: the data of `invoice.drafted`. */
export interface Draft {
  readonly bcn: string;
  readonly ocn: string;
  readonly legalEntityId: string;
  readonly period: string;
  readonly calendar: CalendarCode;
  /** 1 and up: new data make a new one, and void the answers to the one before. */
  readonly version: number;
  /** Of everything that the draft says: bills, calls, and what the directory adds. */
  readonly fingerprint: string;
  readonly bills: readonly DraftBill[];
  /** Cross-border within the EU with the tax due from the customer: the law wants it issued earlier. */
  readonly intraEu: boolean;
  /** Why the newest data make no draft; the version before is void all the same. */
  readonly fault?: string | undefined;
}

/** What preparation found out about a first invoice that it holds. */
export interface FoundDraft extends Pick<Draft, 'fingerprint' | 'bills' | 'intraEu' | 'fault'> {
  /** Of the delivered files alone: tells whether something else was delivered since. */
  readonly input: string;
}

/** What a customer calls an invoice. A document that the customer issues, or a statement, is none. */
const CUSTOMERS_INVOICES: readonly InvoiceKind[] = ['invoice', 'credit-note'];
/** EN 16931: the customer owes the tax. */
const TAX_DUE_FROM_THE_CUSTOMER = ['AE', 'K'];

/** True for what makes the next invoice of an account a later one. */
export function isCustomersInvoice(kind: InvoiceKind): boolean {
  return CUSTOMERS_INVOICES.includes(kind);
}

/**
 * The same for the same paper, whatever day it is issued on.
 * @param input of the files that it was made from: new data are a new draft even when they say the same
 */
export function draftFingerprint(input: string, invoices: readonly Invoice[]): string {
  return hashOf(JSON.stringify([input, invoices], (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value)));
}

/** The same for the same delivered files. */
export function inputHash(input: ReceivedInput): string {
  return hashOf(fingerprintOf(input));
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** True when seller and buyer sit in different countries and the customer owes the tax. */
export function isIntraEu(bills: readonly Bill[], account: Pick<BillingAccount, 'address'>, entity: Pick<LegalEntity, 'country'>): boolean {
  if (account.address.country === entity.country) return false;
  return bills.some(({ customerBill }) => customerBill.taxItem.some(({ taxCategory }) => TAX_DUE_FROM_THE_CUSTOMER.includes(taxCategory)));
}
