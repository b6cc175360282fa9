import type { NewMessage } from '../../../../functions/messages/message.ts';
import type { ReviewContent } from '../../../../functions/messages/message-content.ts';
import { READER } from '../candidates.ts';
import { newMessage } from '../message-of.ts';

export const ADDRESSED = { subject: 'doc-1', contactId: 'C1', address: READER.email };
export const PDF = { key: 'k.pdf', sha256: 'abc', filename: 'invoice-DE26004711.pdf', contentType: 'application/pdf', bytes: 10 };
export const INVOICE = newMessage({ ...ADDRESSED, attachments: [PDF] });

export function withFacts(facts: Partial<(typeof INVOICE)['facts']>): NewMessage {
  return { ...INVOICE, facts: { ...INVOICE.facts, ...facts } };
}

/** A customer is asked to check the draft of its first invoice. */
export function draftToCheck(about: ReviewContent['facts']['about'], changes: Partial<ReviewContent['facts']> = {}): NewMessage {
  const { legalEntityId, customerName, accountName, period } = INVOICE.facts;
  const { ocn, bcn, contactId, address, group, occasion, cause } = INVOICE;
  const answerBy = about === 'link' || about.endsWith('-soon') ? undefined : '2026-11-11';
  const draft = { legalEntityId, customerName, accountName, period, version: 2, gross: '1234.56', currency: 'EUR', about, answerBy };
  const facts = { ...draft, ...changes };
  return { kind: 'first-invoice-review', subject: 'B4711/2026-10/2', ocn, bcn, contactId, address, group, occasion, cause, facts };
}

export function queryReceived(): NewMessage {
  const { facts, ...rest } = draftToCheck('first') as Extract<NewMessage, { kind: 'first-invoice-review' }>;
  const { about: _, answerBy: __, ...draft } = facts;
  return { ...rest, kind: 'first-invoice-query-received', facts: draft };
}

export function settingsLink(): NewMessage {
  const { ocn, bcn, contactId, address, group, occasion, cause, facts } = INVOICE;
  const { legalEntityId, customerName } = facts;
  return {
    kind: 'settings-link',
    subject: 's',
    ocn,
    bcn,
    contactId,
    address,
    group,
    occasion,
    cause,
    facts: { legalEntityId, customerName },
  };
}
