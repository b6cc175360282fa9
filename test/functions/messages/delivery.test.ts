import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { putItem } from '../../../functions/aws/tables.ts';
import { contactKey } from '../../../functions/directory/keys.ts';
import { deliveryOf, documentMessagesOf } from '../../../functions/messages/delivery.ts';
import { enqueue } from '../../../functions/messages/outbox.ts';
import { useCloud } from '../../emulators/cloud.ts';
import { contactOf } from './directory-of.ts';
import { newMessage, type StoredMessage, storedMessage } from './message-of.ts';

const INVOICE = { documentId: 'B4711/2026-10/invoice-DE26004711.pdf', version: 1, publishedAt: '2026-11-04T06:00:00.000Z' };
const RECORDS = { ...INVOICE, documentId: 'B4711/2026-10/cdr-B4711.csv.gz' };
const about = (changes: Partial<StoredMessage>) => storedMessage({ subject: `${INVOICE.documentId}#1`, ...changes });

describe('what became of the emails about a document', () => {
  test.each<[Partial<StoredMessage>, string]>([
    [{ state: 'queued' }, 'waiting'],
    [{ state: 'deferred' }, 'waiting'],
    [{ state: 'claimed' }, 'waiting'],
    [{ state: 'unknown' }, 'waiting'],
    [{ state: 'unknown', triedAgain: true }, 'in doubt'],
    [{ state: 'held' }, 'held'],
    [{ state: 'submitted' }, 'sent'],
    [{ state: 'delayed' }, 'sent'],
    [{ state: 'delivered' }, 'delivered'],
    [{ state: 'complained' }, 'delivered'],
    [{ state: 'bounced' }, 'not delivered'],
    [{ state: 'skipped', reason: 'not delivered: the address is suppressed (bounce on 2026-11-04)' }, 'not delivered'],
    [{ state: 'skipped', reason: 'the contact switched "documents" off' }, 'no email'],
  ])('%o: %s', (changes, delivery) => {
    expect(deliveryOf(INVOICE, [about(changes)])).toBe(delivery);
  });

  test('no email at all is said as well', () => {
    expect(deliveryOf(INVOICE, [])).toBe('no email');
  });

  test.each([
    [['bounced', 'delivered'], 'delivered'],
    [['bounced', 'queued'], 'waiting'],
    [['bounced', 'bounced'], 'not delivered'],
    [['bounced', 'submitted'], 'sent'],
  ] as const)('of several (%s) the best counts: %s', (states, delivery) => {
    const messages = states.map((state) => about({ state }));
    expect(deliveryOf(INVOICE, messages)).toBe(delivery);
  });

  test('another version, or another document, is told by an email of its own', () => {
    expect(deliveryOf({ ...INVOICE, version: 2 }, [about({ state: 'delivered' })])).toBe('no email');
    expect(deliveryOf({ ...INVOICE, documentId: 'B4711/2026-10/invoice-DE26004712.pdf' }, [about({ state: 'delivered' })])).toBe(
      'no email',
    );
  });

  test('call records come as links of whatever was mailed after they were published', () => {
    expect(deliveryOf(RECORDS, [about({ state: 'delivered' })])).toBe('delivered');
    expect(deliveryOf({ ...RECORDS, version: 2, publishedAt: '2026-11-06T06:00:00Z' }, [about({ state: 'delivered' })])).toBe('no email');
  });
});

describe('the emails about documents of a customer', () => {
  useCloud();

  test('are those of all its contacts, whoever has left since, and of no other customer', async () => {
    const ocn = randomUUID().slice(0, 8);
    const contacts = [
      contactOf({ contactId: 'ada', ocn, email: `ada-${ocn}@acme.example` }),
      contactOf({ contactId: 'bert', ocn, email: `bert-${ocn}@acme.example`, activeTo: '2026-11-03' }),
    ];
    for (const contact of contacts) await putItem('directory', { ...contactKey(ocn, contact.contactId), record: contact });
    const messages = contacts.map(({ contactId, email }) => newMessage({ subject: `${ocn}#1`, ocn, contactId, address: email }));
    const other = newMessage({ subject: `${ocn}#1`, ocn: `${ocn}0`, contactId: 'ada', address: `other-${ocn}@acme.example` });
    await enqueue([...messages, other], new Date('2026-11-04T06:00:00Z'));
    expect((await documentMessagesOf(ocn)).map(({ contactId }) => contactId).sort()).toEqual(['ada', 'bert']);
  });
});
