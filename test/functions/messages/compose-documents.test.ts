import { describe, expect, test } from 'vitest';
import { compose } from '../../../functions/messages/compose.ts';
import { SURROUNDINGS as surroundings } from './candidates.ts';
import { optionalMessage, type StoredMessage, storedMessage } from './message-of.ts';

const file = { key: 'k.pdf', sha256: 'abc', filename: 'invoice.pdf', contentType: 'application/pdf', bytes: 10 };

describe('an email about documents', () => {
  test.each<[string, Partial<StoredMessage['facts']>, string]>([
    ['invoice', {}, 'transfer'],
    ['direct debit', { collection: { on: '2026-11-18', mandate: 'M-1' } }, 'Collected by direct debit'],
    ['nothing to pay', { nothingToPay: true, gross: '0.00', payable: '0.00' }, 'There is nothing to pay.'],
    [
      'nothing to collect',
      { nothingToPay: true, gross: '0.00', payable: '0.00', collection: { on: '2026-11-18', mandate: 'M-1' } },
      'There is nothing to pay.',
    ],
    ['credit note', { documentKind: 'credit-note', dueDate: undefined, payable: '0.00' }, 'In your favour: 1,234.56'],
    ['self-billed invoice', { documentKind: 'self-billed-invoice' }, 'Payable to you'],
    ['outpayment statement', { documentKind: 'outpayment-statement', dueDate: undefined }, 'Outpayment statement'],
  ])('the wording of a %s', (_, facts, words) => {
    const message = storedMessage();
    const { text } = compose(storedMessage({ facts: { ...message.facts, ...facts } }), surroundings);
    if (words !== 'transfer') expect(text).toContain(words);
    expect(text.includes('The payment details are on the invoice.')).toBe(words === 'transfer');
  });

  test.each([
    ['en', 'It replaces invoice INV-1, which credit note CN-1 cancels. Both PDFs are attached (invoice.pdf, credit-note-CN-1.pdf).'],
    [
      'de',
      'Sie ersetzt die Rechnung INV-1, die mit der Rechnungskorrektur CN-1 aufgehoben ist. Beide PDFs liegen bei (invoice.pdf, credit-note-CN-1.pdf).',
    ],
    ['fr', 'Ce document remplace la facture INV-1, que l’avoir CN-1 annule. Les deux PDF sont joints (invoice.pdf, credit-note-CN-1.pdf).'],
  ] as const)('a replacement says in %s what it replaces, and that the credit note comes along', (language, words) => {
    const { facts } = storedMessage();
    const attachments = [file, { ...file, key: 'l.pdf', filename: 'credit-note-CN-1.pdf' }];
    const message = storedMessage({ facts: { ...facts, correction: { corrected: 'INV-1', creditNote: 'CN-1' } }, attachments });
    const { text, html } = compose(message, { ...surroundings, language });
    expect(text).toContain(words);
    expect(html).toContain('CN-1');
  });

  test('above seven megabytes together, or when the contact wants none, nothing is attached', () => {
    const big = { ...file, bytes: 3_700_000 };
    expect(compose(storedMessage({ attachments: [big] }), surroundings).attachments).toEqual([big]);
    expect(compose(storedMessage({ attachments: [big, { ...big, key: 'l' }] }), surroundings).attachments).toEqual([]);
    expect(compose(storedMessage({ attachments: [big] }), { ...surroundings, linksOnly: true }).attachments).toEqual([]);
  });

  test('a fact that is missing is told by its name', () => {
    const message = storedMessage();
    const compose_ = (facts: Partial<StoredMessage['facts']>) => () =>
      compose(storedMessage({ facts: { ...message.facts, ...facts } }), surroundings);
    expect(compose_({ dueDate: undefined })).toThrow('dueDate');
    expect(compose_({ number: '' })).toThrow('number');
    expect(compose_({ gross: '1e3' })).toThrow('"1e3" is no decimal amount');
  });

  test('call records alone are an email of their own', () => {
    const { subject: about, contactId, address } = storedMessage();
    const { subject, text } = compose(
      storedMessage({ ...optionalMessage({ subject: about, contactId, address }), category: 'documents' }),
      surroundings,
    );
    expect(subject).toBe('Call records and number lists for October 2026, Acme GmbH');
    expect(text).toContain('No invoice comes with them.');
  });
});
