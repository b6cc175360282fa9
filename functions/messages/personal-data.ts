import { expression } from '../aws/expression.ts';
import { queryItems, updateItem } from '../aws/tables.ts';
import { PassingError } from '../events/failure.ts';
import { forgetPreview } from './hold.ts';
import { isAboutWorks, type Message } from './message.ts';
import { forgetNewest } from './newest.ts';
import { contactKeyOf, getMessage, keyOfMessage, step } from './store.ts';

const MAX_TRIES = 20;
const ADDRESS = /[^\s<>"'(),:;]+@[^\s<>"'(),:;]+/g;

/** Every message to a contact, oldest first. Finds them by an index: one of the last moment may be missing. */
export async function* messagesOfContact(ocn: string, contactId: string): AsyncGenerator<Message> {
  const range = { pk: contactKeyOf({ ocn, contactId }), index: 'byContact' };
  for await (const { messageId } of queryItems<Message>('messages', range)) {
    const message = await getMessage(messageId);
    if (message) yield message;
  }
}

/**
 * Takes a contact's name and address out of a message. What has not left is skipped; that and when the customer was told of what stays:
 * an issued document's log is the legal entity's to keep.
 * @param by the person who erases the contact
 * @returns false when nothing was left to take out
 */
export async function eraseMessage(message: Message, by: string, now: Date): Promise<boolean> {
  if (message.erased) return false;
  const { messageId } = message;
  await step(messageId, now, () => ({ trigger: 'skip', cause: `erasure by ${by}`, reason: 'the contact was erased' }));
  if (isAboutWorks(message)) await forgetNewest(message);
  await forgetPreview(messageId);
  for (let turn = 0; turn < MAX_TRIES; turn += 1) {
    const current = await getMessage(messageId);
    if (!current || current.erased) return false;
    const { version, history } = current;
    const told = history.map((line) => ({ ...line, reason: withoutAddress(line.reason) }));
    const cleaned = expression`#address = ${''}, #facts = ${factsWithoutPerson(current)}, #history = ${told}, #reason = ${withoutAddress(current.reason) ?? ''}`;
    const change = expression`SET ${cleaned}, #erased = ${now.toISOString()}, #version = ${version + 1} REMOVE #warnings`;
    if (await updateItem('messages', keyOfMessage(messageId), change, expression`#version = ${version}`)) return true;
  }
  throw new PassingError(`Message ${messageId} is being changed by others all the time`);
}

/** SES names the address that it refuses. */
function withoutAddress(reason: string | undefined): string | undefined {
  return reason?.replace(ADDRESS, 'the address');
}

/** An invoice names the customer, by law; everything else need not. */
function factsWithoutPerson(message: Message): Message['facts'] {
  if (message.category === 'invoices') return message.facts;
  if (!isAboutWorks(message)) return { ...message.facts, customerName: '' };
  const { language, timeZone } = message.facts.reader;
  return { ...message.facts, customerName: '', reader: { name: '', email: '', language, timeZone } };
}
