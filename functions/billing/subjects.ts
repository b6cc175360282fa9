import { addMonths } from '../calendars/dates.ts';
import { getBillingAccounts, getCustomers, getLegalEntity } from '../directory/read.ts';
import { netByClass } from './account-figures.ts';
import { accountRecords, type Chunk } from './chunk.ts';
import type { Subject } from './prepare-account.ts';
import { readBill } from './read-bill.ts';
import { completionOf, inputOf } from './received.ts';
import { type Run, runIdOf } from './run.ts';
import { findRun } from './run-store.ts';

/** Everything that the preparation of these accounts needs to know about them, read for the chunk at once. */
export async function subjectsOf(
  run: Run,
  { chunk = 0, legalEntityId, accounts }: Pick<Chunk, 'legalEntityId' | 'accounts'> & { chunk?: number },
  bcns: readonly string[],
): Promise<Subject[]> {
  const chosen = accounts.filter(({ bcn }) => bcns.includes(bcn));
  const [entity, records, customers, before, completion] = await Promise.all([
    getLegalEntity(legalEntityId),
    getBillingAccounts(bcns),
    getCustomers([...new Set(chosen.map(({ ocn }) => ocn))]),
    netBefore(run, bcns),
    completionOf(run.period, run.calendar),
  ]);
  return chosen.map(({ bcn, ocn }) => ({
    bcn,
    ocn,
    legalEntityId,
    chunk,
    account: records.find((account) => account.bcn === bcn),
    customer: customers.find((customer) => customer.ocn === ocn),
    legalEntity: entity,
    before: before.get(bcn),
    completedAt: completion?.receivedAt,
  }));
}

/** Net of the period before: as its run prepared it, or, in a first month here and for a first invoice that was held, as the carrier delivered it. */
async function netBefore(run: Run, bcns: readonly string[]): Promise<Map<string, Readonly<Record<string, string>>>> {
  const period = addMonths(run.period, -1);
  const runId = runIdOf(period, run.calendar, 1);
  if (await findRun(runId)) {
    const records = await accountRecords(runId, bcns);
    const held = [...records.values()].filter(({ state }) => state === 'held').map(({ bcn }) => bcn);
    const known = [...records.values()].map(({ bcn, figures }) => [bcn, figures.net] as const);
    return new Map([...known, ...(await deliveredNets(period, held))]);
  }
  if ((await completionOf(period, run.calendar)) === undefined) return new Map();
  return new Map(await deliveredNets(period, bcns));
}

async function deliveredNets(period: string, bcns: readonly string[]) {
  const nets = await Promise.all(bcns.map(async (bcn) => [bcn, await deliveredNet(period, bcn)] as const));
  return nets.flatMap(([bcn, net]) => (net ? [[bcn, net] as const] : []));
}

async function deliveredNet(period: string, bcn: string): Promise<Readonly<Record<string, string>> | undefined> {
  const { bills } = await inputOf(period, bcn);
  try {
    const read = await Promise.all(bills.map(readBill));
    const [first] = read;
    return first && netByClass(read, first.customerBill.taxExcludedAmount.unit);
  } catch {
    // A bill of long ago that nobody can read: there is nothing to compare with.
    return undefined;
  }
}
