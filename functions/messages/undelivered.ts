import { count } from '../aws/log.ts';
import { localDate } from '../calendars/dates.ts';
import { addressKey } from '../directory/address-key.ts';
import { looksAfterCircuits } from '../directory/contact-scope.ts';
import { contactsOf } from '../directory/read.ts';
import type { Contact } from '../directory/records.ts';
import { invoiceReadersOf } from '../preferences/hand-over.ts';
import { suppressionOf } from '../preferences/suppression.ts';
import type { NewTask, TaskKind } from '../tasks/task.ts';
import { openTask } from '../tasks/tasks.ts';
import { isAboutWorks, isOwed, type Message } from './message.ts';

/** How a message failed to arrive. */
interface Failure {
  /** The address is condemned, the mailbox did not take it this time, or SES took nothing at all (`refused`). */
  readonly how: 'address' | 'mailbox' | 'refused';
  /** What makes it one task where others of the account were told; without them each message is a task of its own. */
  readonly cause: string;
  readonly reason: string;
}

/**
 * Gives a message that did not arrive to a person. When it was owed and nobody else of the account can be written to, the alarm
 * `NotDelivered` rings at the first report of it.
 */
export async function tellNotDelivered(message: Message, { how, cause, reason }: Failure, now: Date): Promise<void> {
  const owed = reachesCustomer(message);
  const alone = owed && !(await othersCanBeTold(message, now));
  const kind = kindOf(how, alone);
  const task = { kind, cause: kind === 'not-delivered' ? message.messageId : cause, reason, alone };
  const isNew = await openTask(taskAbout(message, task), now);
  if (isNew && owed && (alone || how === 'refused')) count('NotDelivered', 1, { kind: message.kind });
}

/** The same of a message that did not even leave, because its address is suppressed: that has a task of its own while others can be told. */
export async function tellNotWritten(message: Message, reason: string, now: Date): Promise<void> {
  if (!reachesCustomer(message) || (await othersCanBeTold(message, now))) return;
  await tellNotDelivered(message, { how: 'address', cause: message.messageId, reason }, now);
}

/** The cause of the task about a mailbox that takes nothing for a day. */
export function delayCause({ messageId }: Pick<Message, 'messageId'>): string {
  return `${messageId} delayed`;
}

/** The cause of the task about a mailbox that gave a message back, for now. */
export function bounceCause({ messageId }: Pick<Message, 'messageId'>): string {
  return `${messageId} given back`;
}

/** A task about a message. */
export function taskAbout(message: Message, rest: Pick<NewTask, 'kind' | 'cause' | 'reason' | 'alone'>): NewTask {
  const { ocn, bcn, contactId, messageId, subject } = message;
  return { ...rest, ocn, bcn, contactId, messageId, subject };
}

/** True when somebody else of the account is told the same, or can be: at another mailbox, one that is not suppressed. */
async function othersCanBeTold(message: Message, now: Date): Promise<boolean> {
  const contacts = await contactsOf(message.ocn);
  const told = isAboutWorks(message) ? watchersOf(contacts, message, now) : await readersOf(contacts, message, now);
  const others = told.filter(({ contactId, email }) => contactId !== message.contactId && addressKey(email) !== message.address);
  const suppressions = await Promise.all(others.map(({ email }) => suppressionOf(email)));
  return suppressions.some((suppression) => suppression === undefined);
}

function kindOf(how: Failure['how'], alone: boolean): TaskKind {
  if (how === 'mailbox') return 'delayed';
  return alone || how === 'refused' ? 'not-delivered' : 'address-bounced';
}

function readersOf(contacts: readonly Contact[], { bcn, contactId }: Message, now: Date): Promise<Contact[]> {
  const timeZone = contacts.find((contact) => contact.contactId === contactId)?.timeZone ?? 'UTC';
  return invoiceReadersOf(contacts, bcn, localDate(now, timeZone));
}

function watchersOf(contacts: readonly Contact[], { bcn }: Message, now: Date): Contact[] {
  return contacts.filter((contact) => looksAfterCircuits(contact, now) && (contact.bcns?.includes(bcn) ?? true));
}

/** What the customer has to hear of; a link that somebody asked for is asked for again. */
function reachesCustomer(message: Message): boolean {
  return isOwed(message) && message.kind !== 'settings-link';
}
