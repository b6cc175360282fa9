import pLimit from 'p-limit';
import { expression } from '../aws/expression.ts';
import { getItem, type Write } from '../aws/tables.ts';
import { localDate } from '../calendars/dates.ts';
import { billingContactsOf } from '../directory/contact-scope.ts';
import { accountsOfCustomer, contactsOf } from '../directory/read.ts';
import type { Contact } from '../directory/records.ts';
import { PermanentError } from '../events/failure.ts';
import type { Decided, Settings } from './decision.ts';
import { decisionsOf, type Recorded, recordDecision } from './decisions.ts';
import { type Candidate, invoiceReaders, isActive, namedBy, withoutThoseWhoLeft } from './invoice-readers.ts';
import { invoicesFrom } from './preference.ts';
import { contactPartition, recordPreference } from './preferences.ts';
import { type InvoicesSetting, nameOf, type Setting } from './setting.ts';
import { suppressionOf } from './suppression.ts';

// HANDOVER#<ocn> / HANDOVER: rises whenever a contact of the customer hands invoices over, so that of two who leave at once one sees the other.

const PARALLEL_READS = 16;

/** Stands in a person's way: the rule, as the page and the errors say it. */
export const LAST_READER = 'the last reachable billing contact of a billing account cannot leave invoices without naming another contact';

/**
 * Records a decision about any setting; see `setPreference`.
 * @returns whether what was decided is so now, and whether that is a change
 * @throws PermanentError when a mandatory category would be switched off, or an account's invoices would reach nobody
 */
export function decideFor(ocn: string, contactId: string, setting: Setting, decided: Decided): Promise<Recorded> {
  return setting.name === 'invoices'
    ? handInvoicesOver(ocn, contactId, setting, decided)
    : recordPreference(ocn, contactId, setting, decided);
}

/**
 * Who gets an account's invoices on a day, as things stand.
 * @param contacts every contact of the account's customer
 */
export async function invoiceReadersOf(contacts: readonly Contact[], bcn: string, onDate: string): Promise<Contact[]> {
  const own = billingContactsOf(contacts, bcn, onDate);
  const choices = await settingsOf(own);
  // Hardly anybody hands invoices over: then nothing more is read.
  if (own.every((contact) => invoicesFrom(choices.get(contact) ?? [], bcn) === 'here')) return own;
  const settings = await settingsOf(contacts);
  const reachable = await reachableOf(contacts);
  const candidates = contacts.map((contact) => candidateOf(contact, settings.get(contact) ?? [], reachable, bcn));
  return invoiceReaders(candidates, bcn, onDate).map(({ contact }) => contact);
}

async function handInvoicesOver(ocn: string, contactId: string, setting: InvoicesSetting, decided: Decided): Promise<Recorded> {
  const next = { ...decided, setting: nameOf(setting), value: setting.value };
  const conditions = async (after: Settings) => {
    if (setting.value === 'here') return [];
    const alone = await onlyOne(ocn);
    await assertReaders(ocn, contactId, setting, after, decided.at);
    return [alone];
  };
  return recordDecision(contactPartition(ocn, contactId), next, conditions);
}

/** Read before everything else that a decision rests on: whoever hands over meanwhile makes it fail. */
async function onlyOne(ocn: string): Promise<Write> {
  const key = { pk: `HANDOVER#${ocn}`, sk: 'HANDOVER' };
  const known = await getItem<{ version: number }>('preferences', key);
  const when = known ? expression`#version = ${known.version}` : expression`attribute_not_exists(#pk)`;
  return { put: { ...key, version: (known?.version ?? 0) + 1 }, table: 'preferences', when };
}

async function assertReaders(ocn: string, contactId: string, setting: InvoicesSetting, after: Settings, at: string): Promise<void> {
  const contacts = await contactsOf(ocn);
  const contact = contacts.find((each) => each.contactId === contactId);
  if (!contact) throw wrong('contactId', contactId, `a contact of customer ${ocn} is expected`);
  const onDate = localDate(new Date(at), contact.timeZone);
  const settings = (await settingsOf(contacts)).set(contact, Object.values(after));
  const reachable = await reachableOf(contacts);
  const accounts = (await accountsOfCustomer(ocn)).filter(({ closedOn }) => closedOn === undefined || onDate <= closedOn);
  const concerned = accounts.filter(
    ({ bcn }) => (setting.bcn === '*' || setting.bcn === bcn) && (contact.bcns === undefined || contact.bcns.includes(bcn)),
  );
  if (setting.bcn !== '*' && concerned.length === 0) {
    throw wrong('bcn', setting.bcn, `a billing account that contact ${contactId} looks after is expected`);
  }
  for (const { bcn } of accounts) {
    const candidates = contacts.map((each) => candidateOf(each, settings.get(each) ?? [], reachable, bcn));
    const named = namedBy(setting.value);
    if (named !== undefined && concerned.some((account) => account.bcn === bcn)) assertNamed(candidates, named, contactId, bcn, onDate);
    const staying = candidates.map((each) => (each.contact === contact ? { ...each, choice: 'here' as const } : each));
    if (!withoutThoseWhoLeft(staying, bcn, onDate).some((reader) => reader.contact === contact)) continue;
    if (withoutThoseWhoLeft(candidates, bcn, onDate).some((reader) => reader.reachable)) continue;
    throw new PermanentError(`invoices is "${setting.value}": for ${bcn} nobody would get them; ${LAST_READER}`, 'invoices');
  }
}

/** Whoever is named has to be able to get them today. */
function assertNamed(candidates: readonly Candidate[], named: string, contactId: string, bcn: string, onDate: string): void {
  const other = candidates.find(({ contact }) => contact.contactId === named && named !== contactId);
  const expected = 'the id of another contact of the same customer is expected, as to:<contact id>';
  if (!other || !isActive(other.contact, onDate)) throw wrong('invoices', `to:${named}`, expected);
  if (!other.reachable) throw wrong('invoices', `to:${named}`, 'a contact whose address takes mail is expected');
  if (other.choice !== 'here') {
    throw wrong('invoices', `to:${named}`, `a contact that has not handed over its own invoices of ${bcn} is expected`);
  }
}

function candidateOf(
  contact: Contact,
  settings: Parameters<typeof invoicesFrom>[0],
  reachable: ReadonlySet<Contact>,
  bcn: string,
): Candidate {
  return { contact, choice: invoicesFrom(settings, bcn), reachable: reachable.has(contact) };
}

async function settingsOf(contacts: readonly Contact[]): Promise<Map<Contact, Parameters<typeof invoicesFrom>[0]>> {
  const limit = pLimit(PARALLEL_READS);
  const read = contacts.map((contact) =>
    limit(async () => [contact, Object.values((await decisionsOf(contactPartition(contact.ocn, contact.contactId))).settings)] as const),
  );
  return new Map(await Promise.all(read));
}

async function reachableOf(contacts: readonly Contact[]): Promise<ReadonlySet<Contact>> {
  const limit = pLimit(PARALLEL_READS);
  const read = contacts.map((contact) => limit(async () => ((await suppressionOf(contact.email)) ? [] : [contact])));
  return new Set((await Promise.all(read)).flat());
}

function wrong(field: string, value: string, expected: string): PermanentError {
  return new PermanentError(`${field} is ${JSON.stringify(value)}: ${expected}`, field);
}
