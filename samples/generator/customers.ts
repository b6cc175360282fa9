import type { AccountPlan, CustomerPlan } from './carrier.ts';
import { CUSTOMERS_DE } from './customers-de.ts';
import { CUSTOMERS_FR } from './customers-fr.ts';
import { CUSTOMERS_GB } from './customers-gb.ts';
import { CUSTOMERS_JP } from './customers-jp.ts';

export const CUSTOMERS: readonly CustomerPlan[] = [...CUSTOMERS_GB, ...CUSTOMERS_DE, ...CUSTOMERS_FR, ...CUSTOMERS_JP];

/** Every billing account with its customer, in the order of the lists. */
export const ACCOUNTS: readonly { readonly customer: CustomerPlan; readonly account: AccountPlan }[] = CUSTOMERS.flatMap((customer) =>
  customer.accounts.map((account) => ({ customer, account })),
);
