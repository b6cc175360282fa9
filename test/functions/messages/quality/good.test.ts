import { describe, expect, test } from 'vitest';
import type { NewMessage } from '../../../../functions/messages/message.ts';
import { problemsOf, sentenceOf } from '../../../../functions/messages/quality/check.ts';
import { LANGUAGE_CODES } from '../../../../functions/money/format.ts';
import { candidateOf, invitationOf, worksMessageOf } from '../candidates.ts';
import { optionalMessage } from '../message-of.ts';
import { ADDRESSED, draftToCheck, INVOICE, queryReceived, settingsLink, withFacts } from './messages.ts';

describe('a good message passes', () => {
  const kinds: readonly (readonly [string, NewMessage])[] = [
    ['an invoice with its PDF', INVOICE],
    ['an invoice, links only', { ...INVOICE, kind: 'documents-ready', attachments: [] }],
    ['a credit note', withFacts({ documentKind: 'credit-note', payable: '0.00', dueDate: undefined })],
    ['a direct debit', withFacts({ collection: { on: '2026-11-18', mandate: 'M-1' } })],
    ['nothing to pay', withFacts({ nothingToPay: true, payable: '0.00', gross: '0.00' })],
    ['an outpayment statement', withFacts({ documentKind: 'outpayment-statement' })],
    ['call records alone', optionalMessage(ADDRESSED)],
    ['works', worksMessageOf()],
    ['works without impact', worksMessageOf({ impact: 'no-impact' })],
    ['emergency works', worksMessageOf({ class: 'emergency' })],
    ['the CANCEL of who leaves', worksMessageOf({ act: 'cancel', variant: 'no-longer-affected', leaves: true })],
    ['works for machines', worksMessageOf({ act: 'data' })],
    ['a reminder', worksMessageOf({ act: 'none', variant: 'reminder' }, { kind: 'works-reminder' })],
    ['a link to the settings', settingsLink()],
    ['the draft of a first invoice', draftToCheck('first')],
    ['a new draft', draftToCheck('changed')],
    ['a draft that comes too late to wait for an answer', draftToCheck('first-soon')],
    ['a new draft that comes too late', draftToCheck('changed-soon')],
    ['a reminder of a draft', draftToCheck('reminder')],
    ['more time for a draft', draftToCheck('extended')],
    ['a new link to a draft', draftToCheck('link')],
    ['questions about a draft', queryReceived()],
    ['an answer', worksMessageOf({ act: 'none', variant: 'answer', answer: { ticketId: 'T-1' } }, { kind: 'works-answer' })],
  ];

  test.each(kinds)('%s, in every language', async (_, message) => {
    for (const language of LANGUAGE_CODES) expect(problemsOf(await candidateOf(message, { language })).map(sentenceOf)).toEqual([]);
  });

  test.each([
    '{{x}}',
    'undefined',
    'NaN Ltd',
    'http://evil.example/',
    '<script>',
    '[[x]]',
    'A 5 EUR shop',
    '<img src=x>',
    'a\r\nBcc: x@y.example',
    '\u202e5',
    'x5'.repeat(2500),
  ])('whatever a customer is called: %s', async (customerName) => {
    for (const message of [withFacts({ customerName }), worksMessageOf({ customerName }), draftToCheck('first', { customerName })])
      expect(problemsOf(await candidateOf(message)).map(sentenceOf)).toEqual([]);
  });

  test.each(['{{x}}', 'undefined', '<script>', 'https://elsewhere.example/', 'END:VEVENT\r\nX:Y', '工事 🚧 7'])(
    'whatever works are called: %s',
    async (title) => {
      const invitation = invitationOf({ title, description: title, location: title, reference: title });
      const candidate = await candidateOf(worksMessageOf({ uid: title }), {}, { invitation });
      expect(problemsOf(candidate).map(sentenceOf)).toEqual([]);
    },
  );

  test('on the local cloud, which has no certificate', async () => {
    expect(problemsOf(await candidateOf(INVOICE, { publicOrigin: 'http://127.0.0.1:8080' }))).toEqual([]);
  });
});
