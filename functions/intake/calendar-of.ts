import { getBillingAccounts, getCustomers, legalEntities } from '../directory/read.ts';
import type { BillingAccount } from '../directory/records.ts';

/** A billing account with the calendar that it is billed by. */
export interface PlacedAccount {
  readonly account: BillingAccount;
  readonly calendar: string | undefined;
}

/** Those of the BCNs that the directory knows. */
export async function placedAccounts(bcns: readonly string[]): Promise<Map<string, PlacedAccount>> {
  const accounts = await getBillingAccounts(bcns);
  const customers = await getCustomers([...new Set(accounts.map(({ ocn }) => ocn))]);
  const entityOf = new Map(customers.map(({ ocn, legalEntityId }) => [ocn, legalEntityId]));
  const calendarOf = new Map((await legalEntities()).map(({ legalEntityId, calendar }) => [legalEntityId, calendar]));
  return new Map(
    accounts.map((account) => {
      const calendar = account.calendar ?? calendarOf.get(entityOf.get(account.ocn) ?? '');
      return [account.bcn, { account, calendar }];
    }),
  );
}
