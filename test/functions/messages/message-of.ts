import type { DocumentsMessage, Progress } from '../../../functions/messages/message.ts';

export type StoredMessage = DocumentsMessage & Progress;

/** An invoice's email; a test names what matters to it. */
export function newMessage(
  changes: Partial<DocumentsMessage> & Pick<DocumentsMessage, 'subject' | 'contactId' | 'address'>,
): DocumentsMessage {
  return {
    kind: 'invoice',
    occasion: 'first',
    group: '2026-10/DE/1',
    ocn: '100234',
    bcn: 'B4711',
    attachments: [],
    links: [
      { documentId: 'B4711/2026-10/invoice-DE26004711.pdf', kind: 'invoice' },
      { documentId: 'B4711/2026-10/cdr-B4711.csv.gz', kind: 'cdr' },
    ],
    cause: 'publication 2026-10/DE/1',
    facts: {
      documentKind: 'invoice',
      number: 'DE26004711',
      customerName: 'Acme GmbH',
      accountName: 'Acme GmbH, Werk Süd',
      legalEntityId: 'NL-DE',
      sellerName: 'Northline Carrier GmbH',
      period: '2026-10',
      gross: '1234.56',
      payable: '1234.56',
      currency: 'EUR',
      issueDate: '2026-11-04',
      dueDate: '2026-12-04',
    },
    ...changes,
  };
}

/** Call records alone: a message of an optional category. */
export function optionalMessage(changes: Pick<DocumentsMessage, 'subject' | 'contactId' | 'address'>): DocumentsMessage {
  const { facts } = newMessage(changes);
  const { customerName, accountName, legalEntityId, sellerName, period } = facts;
  return newMessage({ kind: 'documents-ready', ...changes, facts: { customerName, accountName, legalEntityId, sellerName, period } });
}

/** A message about documents as the outbox keeps it. */
export function storedMessage(changes: Partial<StoredMessage> = {}): StoredMessage {
  return {
    ...newMessage({ subject: 'doc-1', contactId: 'C1', address: 'anna@acme.example' }),
    messageId: '0123456789abcdef0123456789abcdef',
    category: 'invoices',
    state: 'queued',
    version: 0,
    queuedAt: '2026-11-04T06:00:00.000Z',
    history: [],
    claims: [],
    ...changes,
  };
}
