import { describe, expect, test } from 'vitest';
import { documentPageUrl, preferencesUrl, reviewUrl } from '../../../../functions/messages/links.ts';
import type { Candidate } from '../../../../functions/messages/quality/candidate.ts';
import { BLOCKING, problemsOf, sentenceOf } from '../../../../functions/messages/quality/check.ts';
import { candidateOf, invitationOf, KEYS, ORIGIN, SURROUNDINGS, worksMessageOf } from '../candidates.ts';
import { optionalMessage } from '../message-of.ts';
import { type Change, end, everywhere, header, html, insert, mail, text, told } from './changes.ts';
import { ADDRESSED, draftToCheck, INVOICE } from './messages.ts';

const invoice = await candidateOf(INVOICE);
const records = await candidateOf(optionalMessage(ADDRESSED));
const works = await candidateOf(worksMessageOf());
const draft = await candidateOf(draftToCheck('first'));
/** As a stage would be that was set up wrongly. */
const open = await candidateOf(INVOICE, { publicOrigin: ORIGIN.replace('https', 'http') });
const lightWorks = await candidateOf(worksMessageOf({ impact: 'no-impact' }));

/** Each line breaks one rule and no other. */
const MUTATIONS: readonly (readonly [rule: string, what: string, good: Candidate, change: Change])[] = [
  ['no placeholder is left', 'a placeholder in the HTML', invoice, end('<p>{{customerName}}</p>')],
  ['no placeholder is left', 'a placeholder in the text', invoice, text((whole) => `${whole}\n{{customerName}}`)],
  ['no placeholder is left', 'a part of the frame', invoice, text((whole) => `${whole}\n[[foot]]`)],
  ['no value is undefined, null or NaN', 'undefined', works, told((whole) => `${whole} undefined`)],
  ['no value is undefined, null or NaN', 'an object', works, end('<p>[object Object]</p>')],
  ['the subject is one line of 1 to 150 characters', 'no subject', invoice, mail(() => ({ subject: ' ' }))],
  ['the subject is one line of 1 to 150 characters', 'a long one', invoice, mail(() => ({ subject: 'x'.repeat(151) }))],
  ['the subject is one line of 1 to 150 characters', 'two lines', invoice, mail(() => ({ subject: 'Invoice\r\nBcc: x' }))],
  ['the HTML is below 100 KB', '100 KB of HTML', invoice, end(' '.repeat(102_400))],
  ['every picture has words that stand for it', 'no alt', invoice, end('<img>')],
  ['every picture has words that stand for it', 'an empty alt', invoice, end('<img alt="">')],
  ['every amount is one of the document', "another invoice's total beside ours", invoice, told((whole) => insert(whole, '99.00\u00a0EUR'))],
  ['HTML and text tell the same', 'an hour in the HTML alone', works, end('<p>22:15</p>')],
  ['HTML and text tell the same', 'a date in the text alone', invoice, text((whole) => `${whole}\n24`)],
  ['HTML and text lead to the same pages', 'a page in the HTML alone', invoice, end(`<a href="${documentPage()}/1">`)],
  [
    "it is in the reader's language",
    'German for an English reader',
    invoice,
    (good) => ({ ...good, mail: { ...good.mail, language: 'de' } }),
  ],
  ["it is in the reader's language", 'HTML that calls itself French', invoice, html((whole) => whole.replace('lang="en"', 'lang="fr"'))],
  ['every link leads to our own pages', 'a page of somebody else', invoice, everywhere('https://evil.example/x')],
  ['every link leads to our own pages', 'http instead of https', invoice, everywhere(ORIGIN.replace('https', 'http'))],
  ['every link leads to our own pages', 'a calendar elsewhere', works, everywhere('webcal://evil.example/x')],
  ['our own pages are https', 'a stage without a certificate', open, (good) => good],
  [
    "its foot leads to the reader's settings",
    'no link to the settings',
    invoice,
    told((whole) => whole.replaceAll(/https:[^\s"]*\/p\/[\w.-]+/g, documentPage())),
  ],
  ["it comes from the category's sender", 'another sender', invoice, header('from', '"Northline" <works@carrier.example>')],
  ["it comes from the category's sender", 'two senders', invoice, header('from', '<post@carrier.example>\n<x@evil.example>')],
  ["answers go to the category's desk", 'answers to somebody else', works, header('reply-to', 'x@evil.example')],
  ["answers go to the category's desk", 'answers to nobody', works, header('reply-to', undefined)],
  [
    'the headers of the way out are those of the category',
    'a one-click header on an invoice',
    invoice,
    header('list-unsubscribe-post', 'List-Unsubscribe=One-Click'),
  ],
  ['the headers of the way out are those of the category', 'a way out of outages', works, header('list-unsubscribe', `<${ORIGIN}/u/x>`)],
  ['the headers of the way out are those of the category', 'no way out', records, header('list-unsubscribe', undefined)],
  ['the headers of the way out are those of the category', 'no one click', lightWorks, header('list-unsubscribe-post', undefined)],
  [
    'the headers of the way out are those of the category',
    'out of something else',
    records,
    header('list-unsubscribe', lightWorks.headers.get('list-unsubscribe')),
  ],
  ['no identifier of another account is in it', 'an account of somebody else', invoice, (good) => ({ ...good, foreign: ['B9999'] })],
  [
    'the works are told of the circuits of this customer',
    'circuits of somebody else',
    works,
    (good) => ({ ...good, invitation: invitationOf({ ocn: '100999' }) }),
  ],
  ['every link opens the pages of this contact', "another account's documents", invoice, everywhere(documentPage({ bcn: 'B9999' }))],
  ['every link opens the pages of this contact', "another contact's documents", invoice, everywhere(documentPage({ contactId: 'C2' }))],
  [
    'every link opens the pages of this contact',
    "another customer's settings",
    works,
    everywhere(preferencesUrl(ORIGIN, { ocn: '1', contactId: 'C1', on: '2026-11-04' }, KEYS)),
  ],
  ['every link opens the pages of this contact', "another account's draft", draft, everywhere(reviewPage({ bcn: 'B9999' }))],
  ['every link opens the pages of this contact', "another contact's draft", draft, everywhere(reviewPage({ contactId: 'C2' }))],
  ['every link opens the pages of this contact', 'an earlier draft', draft, everywhere(reviewPage({ version: 1 }))],
  ['every attachment is the recorded document', 'other bytes', invoice, (good) => ({ ...good, sha256: new Map([['k.pdf', 'xyz']]) })],
  ['every attachment is the recorded document', 'no such object', invoice, (good) => ({ ...good, sha256: new Map() })],
  [
    'its reader is a contact of the customer',
    'a contact until yesterday',
    invoice,
    (good) => ({ ...good, contact: { ...good.contact, activeTo: '2026-11-03' } }),
  ],
  [
    'its reader is a contact of the customer',
    "another customer's contact",
    works,
    (good) => ({ ...good, contact: { ...good.contact, ocn: '100999' } }),
  ],
  [
    "it goes to the reader's address and nowhere else",
    'another envelope',
    invoice,
    (good) => header('to', 'x@evil.example')({ ...good, to: 'x@evil.example' }),
  ],
  ["it goes to the reader's address and nowhere else", 'another header', invoice, header('to', 'x@evil.example')],
  ["it goes to the reader's address and nowhere else", 'a blind copy', works, header('bcc', 'x@evil.example')],
  ['this address was not told the very same within 24 hours', 'told before', invoice, (good) => ({ ...good, repeats: 'm-0' })],
];

/** What is missing is missing from one part only, so these break the rule of equal parts as well. */
const ALSO_UNEQUAL: typeof MUTATIONS = [
  ['every link leads to our own pages', 'a script', invoice, end('<a href="javascript:x">')],
  [
    'every required fact is in the HTML',
    'another due date in the HTML',
    invoice,
    html((whole) => whole.replaceAll('4 Dec 2026', '5 Dec 2026')),
  ],
  ['every required fact is in the HTML', 'another window in the HTML', works, html((whole) => whole.replaceAll('04:00 CET', '05:00 CET'))],
  ['every required fact is in the text', 'no customer number in the text', invoice, text((whole) => whole.replaceAll('100234', ''))],
  ['there is a text part', 'no text part', invoice, text(() => ' ')],
];

describe('a message that breaks one rule is held for it', () => {
  test.each(MUTATIONS)('%s: %s', (rule, _, good, change) => {
    expect(problemsOf(change(good)).map((problem) => problem.rule)).toEqual([rule]);
  });

  test.each(ALSO_UNEQUAL)('%s: %s', (rule, _, good, change) => {
    const broken = problemsOf(change(good)).map((problem) => problem.rule);
    expect(broken).toContain(rule);
    expect(broken.every((name) => [rule, ...CONSEQUENCES].includes(name))).toBe(true);
  });

  test('every rule has a message that breaks it', () => {
    expect([...new Set([...MUTATIONS, ...ALSO_UNEQUAL].map(([rule]) => rule))].sort()).toEqual(Object.keys(BLOCKING).sort());
  });

  test('a figure that is wrong in both parts, as a template would make it, differs from its source', () => {
    const wrong = told((whole) => whole.replaceAll('1,234.56', '1,234.57'))(invoice);
    expect(problemsOf(wrong).map(sentenceOf)).toEqual([
      'Rule "every required fact is in the HTML" is broken: total, payable',
      'Rule "every required fact is in the text" is broken: total, payable',
      'Rule "every amount is one of the document" is broken: 1,234.57\u00a0EUR',
    ]);
  });
});

const CONSEQUENCES = [
  'HTML and text tell the same',
  'HTML and text lead to the same pages',
  "its foot leads to the reader's settings",
  "it is in the reader's language",
  'every required fact is in the text',
];

function documentPage(changes: { bcn?: string; contactId?: string } = {}): string {
  return documentPageUrl(
    ORIGIN,
    { ocn: '100234', bcn: 'B4711', period: '2026-10', contactId: SURROUNDINGS.contact.contactId, ...changes },
    KEYS,
  );
}

/** The page of a draft that somebody else got. */
function reviewPage(changes: { bcn?: string; contactId?: string; version?: number }): string {
  const { contactId } = SURROUNDINGS.contact;
  return reviewUrl(ORIGIN, { ocn: '100234', bcn: 'B4711', period: '2026-10', contactId, version: 2, on: '2026-11-04', ...changes }, KEYS);
}
