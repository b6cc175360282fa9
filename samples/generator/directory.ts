import { type AccountPlan, BILLED_SINCE_YEARS, type CustomerPlan } from './carrier.ts';
import { ACCOUNTS, CUSTOMERS } from './customers.ts';

const VAT_ID: Record<string, (ocn: string) => string> = {
  GB: (ocn) => `GB000${ocn}`,
  DE: (ocn) => `DE000${ocn}`,
  FR: (ocn) => `FR00000${ocn}`,
  JP: (ocn) => `T0000000${ocn}`,
};

export function customerRecords() {
  return CUSTOMERS.map(({ ocn, name, legalEntityId, country, language }) => ({ ocn, name, legalEntityId, country, language }));
}

export function billingAccountRecords() {
  return ACCOUNTS.map(({ customer, account }) => billingAccountRecord(customer, account));
}

function billingAccountRecord(customer: CustomerPlan, account: AccountPlan) {
  const { bcn, name, address, currency, language, activeFrom = BILLED_SINCE_YEARS, closedOn } = account;
  return {
    bcn,
    ocn: customer.ocn,
    name,
    address,
    vatId: VAT_ID[customer.country]?.(customer.ocn),
    vatIdCheckedOn: '2026-07-15',
    currency,
    language,
    paymentTerms: { days: 30 },
    activeFrom,
    ...(closedOn ? { closedOn } : {}),
    invoicedBefore: true,
    delivery: { attach: true, post: false },
    ...account.record,
  };
}
