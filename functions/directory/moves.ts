import type { Item } from '../aws/tables.ts';
import { entityPointers } from './kinds.ts';
import { accountsOfCustomer, getCustomers } from './read.ts';
import type { BillingAccount, Customer } from './records.ts';

/** The pointers to the accounts of customers that may have gone to another legal entity. */
export async function pointersOfCustomers(customers: readonly Customer[]): Promise<Item[]> {
  const pointers: Item[] = [];
  for (const { ocn, legalEntityId } of customers) {
    for (const account of await accountsOfCustomer(ocn)) pointers.push(...entityPointers(account, legalEntityId));
  }
  return pointers;
}

/** The pointers to accounts by the entities that their customers have now. */
export async function pointersOfAccounts(accounts: readonly BillingAccount[]): Promise<Item[]> {
  const customers = await getCustomers([...new Set(accounts.map(({ ocn }) => ocn))]);
  const entityOf = new Map(customers.map(({ ocn, legalEntityId }) => [ocn, legalEntityId]));
  return accounts.flatMap((account) => {
    const entity = entityOf.get(account.ocn);
    return entity === undefined ? [] : entityPointers(account, entity);
  });
}
