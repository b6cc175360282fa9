import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/*
 * A carrier's export as it lies on disk, read without any help of the product. Fields as export.md names them.
 */

export interface LegalEntity {
  readonly legalEntityId: string;
  readonly currency: string;
  readonly calendar: string;
  readonly taxRounding?: 'half-up' | 'down' | null;
  readonly series?: readonly {
    readonly type: string;
    readonly year: number;
    readonly prefix: string;
    readonly width: number;
    readonly next: number;
  }[];
}

export interface Customer {
  readonly ocn: string;
  readonly name: string;
  readonly legalEntityId: string;
}

export interface Account {
  readonly bcn: string;
  readonly ocn: string;
  readonly name: string;
  readonly currency: string;
  readonly language: string;
  readonly calendar?: string;
  readonly paymentTerms: { readonly days: number; readonly endOfMonth?: boolean; readonly dayOfMonth?: number };
  readonly activeFrom: string;
  readonly closedOn?: string;
  readonly invoicedBefore?: boolean;
  readonly itemisation?: 'none' | 'masked' | 'full';
  readonly delivery: { readonly attach: boolean; readonly post: boolean };
}

export interface Contact {
  readonly contactId: string;
  readonly ocn: string;
  readonly bcns?: readonly string[] | null;
  readonly email: string;
  readonly language: string;
  readonly roles: readonly string[];
  readonly activeTo?: string | null;
}

export interface NumberRange {
  readonly bcn: string;
  readonly from: string;
  readonly to?: string;
  readonly assignedOn: string;
  readonly endedOn?: string;
}

interface Amount {
  readonly unit: string;
  readonly value: string;
}

export interface Bill {
  readonly customerBill: {
    readonly id: string;
    readonly revision: number;
    readonly billingAccount: { readonly id: string };
    readonly category: 'normal' | 'credit-note' | 'self-billed' | 'outpayment';
    readonly taxExcludedAmount: Amount;
    readonly taxIncludedAmount: Amount;
    readonly taxItem: readonly { readonly taxCategory: string; readonly taxRate: string; readonly taxAmount: Amount }[];
  };
  readonly appliedCustomerBillingRate: readonly {
    readonly id: string;
    readonly type: 'recurring' | 'one-off' | 'usage' | 'credit';
    readonly callClass?: string;
    readonly taxExcludedAmount: Amount;
    readonly appliedTax: readonly [{ readonly taxCategory: string; readonly taxRate: string }];
  }[];
}

export interface Carrier {
  readonly folder: string;
  readonly legalEntities: readonly LegalEntity[];
  readonly customers: readonly Customer[];
  readonly accounts: readonly Account[];
  readonly contacts: readonly Contact[];
  readonly numbers: readonly NumberRange[];
}

export function readCarrier(folder: string): Carrier {
  return {
    folder,
    legalEntities: JSON.parse(readFileSync(join(folder, 'directory/legal-entities.json'), 'utf8')),
    customers: jsonLines(folder, 'customers'),
    accounts: jsonLines(folder, 'billing-accounts'),
    contacts: jsonLines(folder, 'contacts'),
    numbers: jsonLines(folder, 'numbers'),
  };
}

/** The bills of a period by account; of several revisions of a bill the highest. */
export function billsOf({ folder }: Carrier, period: string): Map<string, Bill[]> {
  const newest = new Map<string, Bill>();
  for (const name of readdirSync(join(folder, 'billing', period, 'bills'))) {
    const bill: Bill = JSON.parse(readFileSync(join(folder, 'billing', period, 'bills', name), 'utf8'));
    const known = newest.get(bill.customerBill.id);
    if (!known || known.customerBill.revision < bill.customerBill.revision) newest.set(bill.customerBill.id, bill);
  }
  return Map.groupBy(newest.values(), (bill) => bill.customerBill.billingAccount.id);
}

export function entityOf(carrier: Carrier, account: Account): LegalEntity {
  const customer = carrier.customers.find(({ ocn }) => ocn === account.ocn);
  const entity = carrier.legalEntities.find(({ legalEntityId }) => legalEntityId === customer?.legalEntityId);
  if (!entity) throw new Error(`${account.bcn} has no legal entity`);
  return entity;
}

/** The accounts that are billed by a calendar. */
export function accountsOf(carrier: Carrier, calendar: string): Account[] {
  return carrier.accounts.filter((account) => (account.calendar || entityOf(carrier, account).calendar) === calendar);
}

function jsonLines<T>(folder: string, name: string): T[] {
  const text = readFileSync(join(folder, 'directory', `${name}.jsonl`), 'utf8').trim();
  return text === '' ? [] : text.split('\n').map((line) => JSON.parse(line) as T);
}
