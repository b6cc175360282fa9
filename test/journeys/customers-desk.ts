import type { Bill } from '../oracle/carrier.ts';
import { amountText, minorOf, taxOn } from '../oracle/decimal.ts';
import type { Mail } from '../oracle/mails.ts';

/** A row of `carrierpost review list|show --json`. */
export interface ReviewRow {
  readonly bcn: string;
  readonly period: string;
  readonly state: string;
  readonly version: number;
}

/** An email that asks somebody to check a draft. */
export interface Invitation {
  readonly to: string;
  readonly text: string;
  readonly link: string;
}

/** The emails that lead to a draft, in their order. */
export function invitationsAmong(mails: readonly Mail[]): Invitation[] {
  return mails.flatMap(({ to, text, links }) => {
    const link = links.find((address) => address.includes('/r/'));
    return link ? [{ to: to.join(), text, link }] : [];
  });
}

/** The newest link to an account's draft in each mailbox. */
export function linksTo(bcn: string, mails: readonly Invitation[]): string[] {
  return [...new Map(mails.filter(({ text }) => text.includes(bcn)).map(({ to, link }) => [to, link])).values()];
}

/** What stands on the page behind a link, and its status. */
export async function open(link: string): Promise<{ status: number; page: string }> {
  const response = await fetch(link);
  return { status: response.status, page: await response.text() };
}

/** Sends the page's form: an approval or a question, by a contact who saw what stands there. */
export async function answer(link: string, fields: Readonly<Record<string, string>>): Promise<{ status: number; page: string }> {
  const response = await fetch(link, { method: 'POST', body: new URLSearchParams({ name: 'Pat Example', ...fields }) });
  return { status: response.status, page: await response.text() };
}

/** Approves what the page shows, with the questions that stand on it. */
export async function approve(link: string): Promise<{ status: number; page: string }> {
  const seen = /name="seen" value="([^"]*)"/.exec((await open(link)).page)?.[1] ?? '';
  return answer(link, { decision: 'approve', seen });
}

/** The next revision of a bill: fifty less, as a credit. */
export function corrected(content: Buffer): Buffer {
  const { customerBill, appliedCustomerBillingRate: lines } = JSON.parse(content.toString('utf8')) as Bill;
  const { unit } = customerBill.taxExcludedAmount;
  const taxRate = customerBill.taxItem[0]?.taxRate ?? '';
  const net = minorOf(customerBill.taxExcludedAmount.value, unit) - 5000n;
  const vat = taxOn(net, taxRate, unit, 'half-up');
  const amount = (minor: bigint) => ({ unit, value: amountText(minor, unit) });
  const appliedTax = [{ taxCategory: 'S', taxRate }];
  const credit = { id: 'correction', type: 'credit', name: 'Goodwill credit', taxExcludedAmount: amount(-5000n), appliedTax };
  const header = {
    ...customerBill,
    ...{ revision: customerBill.revision + 1, taxExcludedAmount: amount(net), taxIncludedAmount: amount(net + vat) },
    taxItem: [{ ...appliedTax[0], taxAmount: amount(vat) }],
  };
  return Buffer.from(JSON.stringify({ customerBill: header, appliedCustomerBillingRate: [...lines, credit] }));
}
