import type { Doer } from '../audit/human-act.ts';
import { record } from '../audit/trail.ts';
import { addressKey } from '../directory/address-key.ts';
import { contactRecord } from '../directory/erase-contact.ts';
import type { Contact } from '../directory/records.ts';
import { answersOfContact, type OwnAnswer } from '../first-invoice/personal-data.ts';
import type { Message } from '../messages/message.ts';
import { messagesOfContact } from '../messages/personal-data.ts';
import { type WorksOfPerson, worksOfPerson } from '../planned-works/personal-data.ts';
import { type PreferencesOfPerson, preferencesOfPerson } from '../preferences/personal-data.ts';
import { type SuppressionRecord, suppressionRecord } from '../preferences/suppression.ts';
import type { Task } from '../tasks/task.ts';
import { tasksOfContact } from '../tasks/tasks.ts';

/** Names of a table's keys, and of those of its indexes. */
const KEY = /^(pk|sk|by[A-Z][A-Za-z]*[PS]k)$/;

/** Everything that is known of a contact, for the contact. */
export interface PersonExport {
  readonly ocn: string;
  readonly contactId: string;
  readonly exportedAt: string;
  /** As the carrier gave it, and when; missing for who is no longer in the directory. */
  readonly contact?: { readonly record: Contact; readonly at: string } | undefined;
  readonly preferences: PreferencesOfPerson;
  /** Of every address that it has, or was written to at. */
  readonly suppression: readonly (SuppressionRecord & { readonly address: string })[];
  readonly messages: readonly Message[];
  readonly works: WorksOfPerson;
  readonly tasks: readonly Task[];
  /** What it said about drafts of first invoices. */
  readonly answers: readonly OwnAnswer[];
}

/** Hands out what is known of a contact to somebody who asks for it, which the audit trail keeps; undefined when nobody knows anything. */
export async function handOutPerson(ocn: string, contactId: string, doer: Doer, now: Date): Promise<PersonExport | undefined> {
  const person = await exportPerson(ocn, contactId, now);
  const actId = `privacy/export/${ocn}/${contactId}/${now.toISOString()}`;
  if (person) await record({ actId, what: 'person.export', doer, subject: { ocn, contactId } }, now);
  return person;
}

/** Puts together what each capability knows of a contact; undefined when none knows anything. */
export async function exportPerson(ocn: string, contactId: string, now: Date): Promise<PersonExport | undefined> {
  const [contact, preferences, messages, tasks] = await Promise.all([
    contactRecord(ocn, contactId),
    preferencesOfPerson(ocn, contactId),
    Array.fromAsync(messagesOfContact(ocn, contactId)),
    Array.fromAsync(tasksOfContact(ocn, contactId)),
  ]);
  if (!contact && preferences.history.length === 0 && messages.length === 0 && tasks.length === 0) return undefined;
  const addresses = addressesOf(contact?.record.email, messages);
  const suppression = await Promise.all([...addresses].map(async (address) => ({ address, ...(await suppressionRecord(address)) })));
  const works = await worksOfPerson({ ocn, contactId, addresses }, messages);
  const told = { ...works, invitations: works.invitations.map(withoutKeys) };
  return {
    ocn,
    contactId,
    exportedAt: now.toISOString(),
    contact,
    preferences: { ...preferences, history: preferences.history.map(withoutKeys) },
    suppression,
    messages: messages.map(withoutKeys),
    works: told,
    tasks,
    answers: await answersOfContact(ocn, contactId, messages),
  };
}

/** What is known, without where it stands. */
function withoutKeys<T extends object>(item: T): T {
  return Object.fromEntries(Object.entries(item).filter(([name]) => !KEY.test(name))) as T;
}

/** Every address of a person that we know of, folded. */
export function addressesOf(email: string | undefined, messages: readonly Message[]): ReadonlySet<string> {
  const own = email === undefined ? [] : [addressKey(email)];
  return new Set([...own, ...messages.map(({ address }) => address).filter((address) => address !== '')]);
}
