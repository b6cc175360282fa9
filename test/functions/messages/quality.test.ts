import { describe, expect, test } from 'vitest';
import { compose } from '../../../functions/messages/compose.ts';
import type { Surroundings } from '../../../functions/messages/composed.ts';
import { type Candidate, problemsOf } from '../../../functions/messages/quality.ts';
import { contactOf, SELLER } from './directory-of.ts';
import { optionalMessage, type StoredMessage, storedMessage } from './message-of.ts';

const publicOrigin = 'https://post.carrier.example';
const linkKeys = { current: 'k1', keys: { k1: Buffer.alloc(32, 1).toString('base64') } };
const contact = contactOf({ contactId: 'C1', email: 'anna@acme.example' });
const surroundings: Surroundings = {
  contact,
  legalEntity: SELLER,
  language: 'en',
  timeZone: 'Europe/Berlin',
  linksOnly: false,
  feed: '0',
  off: new Set(),
  publicOrigin,
  linkKeys,
  from: 'billing@carrier.example',
  now: new Date('2026-11-04T06:00:00Z'),
};
const file = { key: 'k.pdf', sha256: 'abc', filename: 'invoice.pdf', contentType: 'application/pdf', bytes: 10 };

function candidate(message: StoredMessage = storedMessage(), changes: Partial<Candidate> = {}): Candidate {
  return { ...compose(message, surroundings), publicOrigin, sha256: new Map(), ...changes };
}

const good = candidate();

describe('checks before sending', () => {
  test('a good email passes, in every language', () => {
    for (const language of ['en', 'de', 'fr'] as const) {
      expect(problemsOf({ ...compose(storedMessage(), { ...surroundings, language }), publicOrigin, sha256: new Map() })).toEqual([]);
    }
    expect(problemsOf(candidate(storedMessage({ attachments: [file] }), { sha256: new Map([['k.pdf', 'abc']]) }))).toEqual([]);
  });

  test.each<[string, Partial<Candidate>, string]>([
    [
      'a placeholder',
      { neutral: { ...good.neutral, html: `${good.html}{{name}}` } },
      'Rule "no placeholder is left" is broken: {{ in the HTML',
    ],
    [
      'a value that is not there',
      { neutral: { ...good.neutral, text: 'due undefined' } },
      'Rule "no value is undefined, null or NaN" is broken: undefined in the text',
    ],
    [
      'another total in the HTML',
      { html: good.html.replaceAll('1,234.56', '1,234.57') },
      'Rule "every required fact is in the HTML" is broken: total, payable',
    ],
    [
      'no customer number in the text',
      { text: good.text.replaceAll('100234', '') },
      'Rule "every required fact is in the text" is broken: customerNumber',
    ],
    [
      'no due date in the text',
      { text: good.text.replaceAll('4 Dec 2026', '') },
      'Rule "every required fact is in the text" is broken: dueDate',
    ],
    ['a long subject', { subject: 'x'.repeat(151) }, 'Rule "the subject is one line of 1 to 150 characters" is broken: 151 characters'],
    ['no subject', { subject: ' ' }, 'Rule "the subject is one line of 1 to 150 characters" is broken: 1 characters'],
    ['no text part', { text: ' ' }, 'Rule "there is a text part" is broken: it is empty'],
    ['100 KB of HTML', { html: good.html + ' '.repeat(102_400) }, 'Rule "the HTML is below 100 KB" is broken'],
    [
      'a foreign link',
      { html: `${good.html}<a href="https://evil.example/x">` },
      'Rule "every link leads to our own pages" is broken: https://evil.example/x',
    ],
    [
      'a foreign picture',
      { html: `${good.html}<img src="https://evil.example/x.png">` },
      'Rule "every link leads to our own pages" is broken',
    ],
    [
      'a subscription elsewhere',
      { html: `${good.html}<a href="webcal://evil.example/x">` },
      'Rule "every link leads to our own pages" is broken: webcal://evil.example/x',
    ],
    [
      'a subscription elsewhere in the text',
      { neutral: { ...good.neutral, text: `${good.text} webcal://evil.example/x` } },
      'Rule "every link leads to our own pages" is broken: webcal://evil.example/x',
    ],
    ['a script link', { html: `${good.html}<a href="javascript:x">` }, 'Rule "every link leads to our own pages" is broken: javascript:x'],
    [
      'other bytes than recorded',
      { attachments: [file], sha256: new Map([['k.pdf', 'xyz']]) },
      'Rule "every attachment is the recorded document" is broken: invoice.pdf',
    ],
    ['no such object', { attachments: [file] }, 'Rule "every attachment is the recorded document" is broken: invoice.pdf'],
  ])('%s holds it', (_, changes, reason) => {
    expect(problemsOf({ ...good, ...changes }).join('\n')).toContain(reason);
  });

  test('a subscription to a calendar of ours is no stranger', () => {
    const feed = 'webcal://post.carrier.example/c/x';
    const html = `${good.html}<a href="${feed}">`;
    expect(problemsOf({ ...good, html, neutral: { ...good.neutral, text: `${good.text} ${feed}` } })).toEqual([]);
  });

  test.each(['{{x}}', 'undefined', 'NaN Ltd', 'http://evil.example/', '<script>', '[[x]]'])(
    'a customer called %s is no reason to hold',
    (customerName) => {
      const message = storedMessage();
      expect(problemsOf(candidate(storedMessage({ facts: { ...message.facts, customerName } })))).toEqual([]);
    },
  );
});

describe('composing', () => {
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
