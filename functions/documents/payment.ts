import type { BillingAccount, LegalEntity } from '../directory/records.ts';
import type { Money } from '../money/money.ts';
import type { InvoiceKind } from './portal-key.ts';

/** How the payable amount moves (EN 16931 BG-16 to BG-19). */
export type Payment =
  | { readonly method: 'nothing' }
  /** Nobody pays a draft: it names neither bank nor reference nor day. */
  | { readonly method: 'draft' }
  | { readonly method: 'transfer'; readonly bank: LegalEntity['bank'] }
  | {
      readonly method: 'direct-debit';
      readonly on: string;
      readonly mandate: Mandate;
      readonly creditorId?: string;
    }
  | { readonly method: 'payout'; readonly bank?: LegalEntity['bank'] | undefined };

type Mandate = NonNullable<BillingAccount['mandate']>;

/** RF carries at most 21 characters behind its check digits. */
const LONGEST_RF = 21;

export interface PaymentInput {
  readonly kind: InvoiceKind;
  readonly payable: Money;
  readonly dueDate: string;
  readonly account: BillingAccount;
  readonly legalEntity: LegalEntity;
}

/**
 * How a document is paid. Direct debit shows the mandate and no bank details to pay to; what is negative or nothing is
 * not paid at all.
 */
export function paymentOf({ kind, payable, dueDate, account, legalEntity }: PaymentInput): Payment {
  if (payable.minor <= 0n) return { method: 'nothing' };
  if (kind === 'self-billed-invoice' || kind === 'outpayment-statement') return { method: 'payout', bank: account.payoutBank };
  if (account.paymentMethod === 'direct-debit' && account.mandate) {
    return { method: 'direct-debit', on: dueDate, mandate: account.mandate, creditorId: legalEntity.creditorId };
  }
  return { method: 'transfer', bank: legalEntity.bank };
}

/** The payment reference of a document: structured where its seller is paid by SEPA credit transfers. */
export function referenceOf(number: string, { bank }: LegalEntity, currency: string): string {
  return paymentReference(number, bank.iban !== undefined && currency === 'EUR');
}

/**
 * What the customer writes on the payment: an ISO 11649 creditor reference (`RF18539007547034`) where payments are SEPA
 * credit transfers, else the number itself.
 */
export function paymentReference(number: string, sepa: boolean): string {
  const plain = number.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
  if (!sepa || plain.length === 0 || plain.length > LONGEST_RF) return number;
  const digits = [...`${plain}RF00`].map((character) => Number.parseInt(character, 36)).join('');
  const check = 98n - (BigInt(digits) % 97n);
  return `RF${String(check).padStart(2, '0')}${plain}`;
}
