import { getBillingAccount, getCustomer, getLegalEntity } from '../directory/read.ts';
import { buildInvoice } from '../documents/invoice.ts';
import { PermanentError } from '../events/failure.ts';
import { draftFingerprint, inputHash } from './draft.ts';
import { type HeldDraft, openDrafts } from './held-drafts.ts';
import { PLACEHOLDER, servicesOn } from './prepare-account.ts';
import { readBill } from './read-bill.ts';
import { inputOf } from './received.ts';
import { askAgain } from './redraft.ts';
import { runIdOf } from './run.ts';
import { getRun } from './run-store.ts';

/**
 * The directory changed: a held draft that would say something else now is drafted anew.
 * @param occasion what changed it; the same occasion asks once
 */
export async function lookAtDrafts(occasion: string, now: Date): Promise<void> {
  for await (const draft of openDrafts()) {
    const { bcn, period, version } = draft;
    if (await saysTheSame(draft)) continue;
    const key = `look/${bcn}/${period}/${version}/${occasion}`;
    await askAgain(draft, 'the directory changed under a first invoice', key, now);
  }
}

/** A draft with a fault says nothing yet: the change may have mended it. */
async function saysTheSame({ bcn, ocn, period, calendar, legalEntityId, fingerprint, fault }: HeldDraft): Promise<boolean> {
  if (fault !== undefined) return false;
  const [run, input, account, customer, legalEntity] = await Promise.all([
    getRun(runIdOf(period, calendar, 1)),
    inputOf(period, bcn),
    getBillingAccount(bcn),
    getCustomer(ocn),
    getLegalEntity(legalEntityId),
  ]);
  if (!account || !customer || !legalEntity) return false;
  try {
    const bills = await Promise.all(input.bills.map(readBill));
    const services = await servicesOn(bills);
    const page = {
      account,
      customer,
      legalEntity,
      services,
      period,
      issueDate: run.dueOn,
      language: account.language,
      number: PLACEHOLDER,
    };
    const invoices = bills.map((bill) => buildInvoice({ bill, ...page }));
    return draftFingerprint(inputHash(input), invoices) === fingerprint;
  } catch (error) {
    // What cannot be built is not what was drafted; its batch finds out why.
    if (error instanceof PermanentError) return false;
    throw error;
  }
}
