import { randomUUID } from 'node:crypto';
import { simpleParser } from 'mailparser';
import { beforeEach, expect } from 'vitest';
import { putItem } from '../../../functions/aws/tables.ts';
import { accountKey, contactKey, customerKey, entityKey, serviceKey } from '../../../functions/directory/keys.ts';
import type { Contact } from '../../../functions/directory/records.ts';
import type { CloudEvent } from '../../../functions/events/cloud-event.ts';
import { handler as send } from '../../../functions/messages/send.handler.ts';
import { handler as tell } from '../../../functions/planned-works/tell.handler.ts';
import { handler as works } from '../../../functions/planned-works/works.handler.ts';
import { contextOf, eventOf, receiveAll, sentMails, setClock, sqsEvent, useCloud } from '../../emulators/cloud.ts';
import { SELLER } from '../messages/directory-of.ts';
import { accountOf, contactOf, OCN, serviceOf, viewOf, worksOf } from './plan-of.ts';

export const NOW = '2026-11-02T09:00:00Z';
/** As many as SQS hands over at once. */
const BATCH = 10;
export const PERSON = { by: 'Jane Planner', reason: 'agreed by telephone' };

/** The contact and the works of the test that runs. */
export let anna: Contact;
export let worksId: string;

/** Gives a test file a cloud of its own, and each test a works, a service and a contact of its own at one customer. */
export function useDesk(): void {
  useCloud();
  beforeEach(async () => {
    setClock(NOW);
    const id = randomUUID().slice(0, 8);
    worksId = `CRQ-${id}`;
    anna = contactOf(`anna-${id}`, { serviceIds: [`S-${id}`] });
    await putItem('directory', { ...entityKey('NL-DE'), record: SELLER });
    await putItem('directory', { ...customerKey(OCN), record: viewOf({ contacts: [] }).customer });
    await putItem('directory', { ...accountKey('B1'), record: accountOf('B1') });
    await putItem('directory', { pk: customerKey(OCN).pk, sk: 'ACCOUNT#B1' });
    await putItem('directory', { ...serviceKey(serviceId()), record: serviceOf(serviceId()) });
    await putContact(anna);
  });
}

export const serviceId = () => `S-${worksId.slice(4)}`;
export const putContact = (contact: Contact) => putItem('directory', { ...contactKey(OCN, contact.contactId), record: contact });
export const place = () => ({ worksId, ocn: OCN });
export const told = (changes: object = {}) => ({
  ...worksOf({ services: [{ serviceId: serviceId(), impact: 'outage' }], ...changes }),
  worksId,
});

export async function publish(changes: object = {}): Promise<void> {
  const event: CloudEvent = {
    specversion: '1.0',
    id: randomUUID(),
    source: '/change-management',
    type: 'planned-works.published',
    data: told(changes),
  };
  await works(sqsEvent('planned-works.fifo', event), contextOf('works'));
  await workOff();
}

/** Works the queues until they are empty, as the functions would. */
export async function workOff(): Promise<void> {
  const doors = [
    ['planned-works.fifo', works],
    ['works-customers.fifo', tell],
    ['mail-emergency', send],
    ['mail-works', send],
  ] as const;
  for (let busy = true; busy; ) {
    busy = false;
    for (const [queue, door] of doors) {
      const messages = await receiveAll(queue);
      busy ||= messages.length > 0;
      for (let start = 0; start < messages.length; start += BATCH) {
        const event = eventOf(queue, messages.slice(start, start + BATCH));
        expect((await door(event, contextOf(queue))).batchItemFailures).toEqual([]);
      }
    }
  }
}

/** The emails to Anna, as `REQUEST 0`, with their subjects. */
export async function annas(): Promise<string[]> {
  const mails = await sentMails(anna.email);
  return Promise.all(
    mails.map(async ({ raw }) => {
      const { subject, attachments } = await simpleParser(raw);
      const calendar = attachments.find(({ contentType }) => contentType === 'text/calendar')?.content.toString() ?? '';
      return `${/^METHOD:(\w+)/m.exec(calendar)?.[1] ?? 'none'} ${/^SEQUENCE:(\d+)/m.exec(calendar)?.[1] ?? '-'} ${subject}`;
    }),
  );
}
