import type { FirstInvoiceQueryReceivedFacts } from '../../templates/first-invoice-query-received/facts.ts';
import type { FirstInvoiceReviewFacts } from '../../templates/first-invoice-review/facts.ts';
import type { LetterContent } from './letter.ts';
import { fillAll, fillSubject, group, rowsOf, type Words, word } from './words.ts';

/**
 * What an email about the draft of a first invoice says: the words of its occasion, and the draft's figures.
 * @throws PermanentError for a missing text or fact
 */
export function firstInvoiceLetter(facts: FirstInvoiceReviewFacts | FirstInvoiceQueryReceivedFacts, words: Words): LetterContent {
  const flat = { ...facts, sellerPhone: facts.seller.phone };
  const own = 'variant' in facts ? group(group(words, 'variants'), facts.variant) : words;
  const labels = group(words, 'labels');
  const answerBy = 'answerBy' in facts ? facts.answerBy : undefined;
  return {
    subject: fillSubject(word(own, 'subject'), flat, 'customerName'),
    data: {
      ...facts,
      words: { ...fillAll(words, flat), ...fillAll(own, flat) },
      rows: rowsOf([
        [word(labels, 'answerBy'), answerBy],
        [word(labels, 'total'), facts.total],
        [word(labels, 'period'), facts.period],
        [word(labels, 'customerNumber'), facts.ocn],
        [word(labels, 'account'), `${facts.bcn} · ${facts.accountName}`],
      ]),
    },
  };
}
