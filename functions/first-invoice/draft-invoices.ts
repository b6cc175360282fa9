import { servicesOn } from '../billing/bill-services.ts';
import { readBill } from '../billing/read-bill.ts';
import { CALENDARS } from '../calendars/calendars.ts';
import { localDate } from '../calendars/dates.ts';
import { buildInvoice, type Invoice } from '../documents/invoice.ts';
import { add, type Money, negate, zero } from '../money/money.ts';
import type { Review } from './review.ts';
import type { Reviewer } from './review-notices.ts';

/** A draft shows no number; a way to pay is made of one all the same. */
const PLACEHOLDER = '0000000000000000';

/** The sides of the papers, as the directory knows them. */
export type Sides = Pick<Reviewer, 'account' | 'customer' | 'legalEntity'>;

/**
 * The documents of a draft, as they would be printed: one for each bill, in the order of the draft.
 * @param mostServices see `servicesOn`
 * @throws PermanentError when a bill is not there any more as it was drafted: newer data are on their way
 */
export async function draftInvoices(review: Review, { account, customer, legalEntity }: Sides, mostServices?: number): Promise<Invoice[]> {
  const { bills, period, calendar, draftedAt } = review;
  const read = await Promise.all(bills.map(readBill));
  const services = await servicesOn(read, mostServices);
  const issueDate = localDate(new Date(draftedAt), CALENDARS[calendar].timeZone);
  const { language } = account;
  return read.map((bill) =>
    buildInvoice({ bill, account, customer, legalEntity, services, period, number: PLACEHOLDER, issueDate, language }),
  );
}

/** What a draft comes to for the customer: invoices less credits and what the carrier owes, tax included. */
export function draftTotal(invoices: readonly Invoice[], currency: string): Money {
  return invoices.reduce((total, { kind, totals }) => add(total, kind === 'invoice' ? totals.gross : negate(totals.gross)), zero(currency));
}
