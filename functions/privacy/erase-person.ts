import type { Person } from '../audit/human-act.ts';
import { record } from '../audit/trail.ts';
import { eraseContact, forgetTraces } from '../directory/erase-contact.ts';
import { eraseAnswers } from '../first-invoice/personal-data.ts';
import type { Message } from '../messages/message.ts';
import { eraseMessage, messagesOfContact } from '../messages/personal-data.ts';
import { eraseWorksOfPerson } from '../planned-works/personal-data.ts';
import { erasePreferences } from '../preferences/personal-data.ts';
import { eraseTasks } from '../tasks/tasks.ts';
import { addressesOf } from './export-person.ts';

/** How much was removed, by capability. */
export interface Erased {
  readonly messages: number;
  readonly works: number;
  readonly preferences: number;
  readonly tasks: number;
  readonly answers: number;
}

/**
 * Erases a contact: first from the directory, so that nothing new is written to it, then everything that each capability knows of it. What
 * stays is named in docs/decisions/0084-privacy-and-retention.md. Safe to say again at any time: it goes on where it was cut short, and
 * finds what an index did not show yet.
 */
export async function erasePerson(ocn: string, contactId: string, act: Person, now: Date): Promise<Erased> {
  const actId = `privacy/erase/${ocn}/${contactId}/${now.toISOString()}`;
  await record({ actId, what: 'person.erase', doer: act, subject: { ocn, contactId } }, now);
  const email = await eraseContact(ocn, contactId, act, now);
  const messages = await Array.fromAsync(messagesOfContact(ocn, contactId));
  // The works before the messages: those tell where to look.
  const works = await eraseWorksOfPerson({ ocn, contactId, addresses: addressesOf(email, messages) }, messages);
  const preferences = await erasePreferences(ocn, contactId);
  const tasks = await eraseTasks(ocn, contactId);
  const answers = await eraseAnswers(ocn, contactId, messages);
  const erased = { messages: await eraseAll(messages, act.by, now), works, preferences, tasks, answers };
  await forgetTraces(ocn, contactId);
  return erased;
}

async function eraseAll(messages: readonly Message[], by: string, now: Date): Promise<number> {
  let erased = 0;
  for (const message of messages) if (await eraseMessage(message, by, now)) erased += 1;
  return erased;
}
