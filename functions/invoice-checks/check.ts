import type { AccountNumbers } from '../directory/account-numbers.ts';
import type { BillingAccount, Contact, Customer, LegalEntity, Service } from '../directory/records.ts';
import type { Bill } from '../documents/bill.ts';
import type { UsageSums } from '../documents/bill-rules/rule.ts';
import type { ChargedNumber } from '../documents/cdr/charged-numbers.ts';
import type { Invoice } from '../documents/invoice.ts';

/**
 * What a finding asks of the billing team. `blocks`: the document must not go out like this; `asks`: a person has to look and may
 * say that it is right; `notes`: worth knowing.
 */
export type Severity = 'blocks' | 'asks' | 'notes';

/** Everything that a document is checked against, as plain data. */
export interface CheckInput {
  /** The billing period `YYYY-MM`. */
  readonly period: string;
  readonly issueDate: string;
  /** True when the account had no invoice before: everything since its activation belongs on this one. */
  readonly first: boolean;
  readonly bill: Bill;
  /** What else is billed to the account for the period. */
  readonly others: readonly Bill[];
  /** True for the one bill that answers for what the account's bills lack together. */
  readonly leading: boolean;
  /** The document built from the bill, with whatever number. */
  readonly invoice: Invoice;
  /** Every text on its pages. */
  readonly printed: readonly string[];
  readonly account: BillingAccount;
  readonly customer: Customer;
  readonly legalEntity: LegalEntity;
  /** Every service that the account owns or owned, and those that the bill names. */
  readonly services: readonly Service[];
  /** The account's billing contacts; others of the customer may be among them. */
  readonly contacts: readonly KnownContact[];
  readonly numbers: AccountNumbers;
  /** What the call records of the period came to; missing where there are none. */
  readonly usage?: UsageFigures | undefined;
}

export interface KnownContact {
  readonly contact: Contact;
  /** False when mail to its address came back, or its reader complained. */
  readonly reachable: boolean;
}

/** A summary of the usage file, as `writeCdr` returns it. */
export interface UsageFigures extends UsageSums {
  readonly late: number;
  readonly duplicates: number;
  readonly problems: readonly { readonly reason: string }[];
  readonly problemCount: number;
  readonly charged: Iterable<ChargedNumber>;
}

/** Two values that should be the same, and what they are of. */
export interface Difference {
  readonly what: string;
  readonly found: string;
  readonly expected: string;
}

/** One thing that a careful billing team looks at. Its sentence stands in the report, in the test, and here. */
export interface Check {
  readonly name: string;
  readonly sentence: string;
  readonly severity: Severity;
  /** What differs; nothing when all is well; undefined where there is nothing to compare with. */
  readonly compare: (input: CheckInput) => readonly Difference[] | undefined;
}

/** A difference as it is reported. */
export interface Finding extends Difference {
  readonly check: string;
  readonly severity: Severity;
  readonly sentence: string;
}
