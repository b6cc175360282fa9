import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect } from 'vitest';
import { now } from '../../../functions/aws/clock.ts';
import { type DocumentsMessage, type Message, messageIdOf } from '../../../functions/messages/message.ts';
import { handler as send } from '../../../functions/messages/send.handler.ts';
import { getMessage } from '../../../functions/messages/store.ts';
import { handler as sweep } from '../../../functions/messages/sweep.handler.ts';
import { contextOf, eventOf, failSes, receiveAll, setClock, useCloud } from '../../emulators/cloud.ts';
import { contactOf, putDirectory } from './directory-of.ts';
import { newMessage, optionalMessage } from './message-of.ts';

/** Every test has an hour of its own: time never goes back, because the sending rate is booked ahead. */
let morning = Date.parse('2026-11-04T00:00:00Z');

export const PDF = Buffer.from('%PDF-1.7 an invoice');

/** Whom the test that runs writes to, and of what. */
export let person: { contactId: string; address: string };
export let subject: string;

/** Gives a test file a cloud of its own, and each test a contact and an hour of its own. */
export function useOutbox(): void {
  useCloud();
  beforeEach(async () => {
    morning += 3_600_000;
    setClock(at(0));
    const id = randomUUID().slice(0, 8);
    person = { contactId: `C-${id}`, address: `anna-${id}@acme.example` };
    subject = `doc-${id}`;
    await putDirectory(contactOf({ contactId: person.contactId, email: person.address }));
    await receiveAll('mail-invoices');
  });
  afterEach(() => failSes('Throttling', 0));
}

export const at = (minutes: number) => new Date(morning + minutes * 60_000).toISOString();
export const invoice = (changes: Partial<DocumentsMessage> = {}) => newMessage({ subject, ...person, ...changes });
export const records = () => optionalMessage({ subject: `${subject}-records`, ...person });
export const idOf = ({ kind, subject: about, occasion, address }: DocumentsMessage) =>
  messageIdOf({ kind, subject: about, occasion, address });
export const later = (minutes: number) => setClock(at(minutes));

/** Works the mail queue until it is empty, as the function would: delayed copies are taken by their own test. */
export async function workQueue(): Promise<void> {
  for (;;) {
    const messages = await receiveAll('mail-invoices');
    if (messages.length === 0) return;
    expect((await send(eventOf('mail-invoices', messages), contextOf('send-invoices'))).batchItemFailures).toEqual([]);
  }
}

export async function stateOf(message: DocumentsMessage): Promise<Message | undefined> {
  return getMessage(idOf(message));
}

export function queued(message: DocumentsMessage) {
  return {
    specversion: '1.0' as const,
    id: randomUUID(),
    source: '/carrierpost',
    type: 'message.queued',
    data: { messageId: idOf(message) },
  };
}

export const runSweep = () => sweep({ scheduledTime: now().toISOString() }, contextOf('mail-sweep'));
