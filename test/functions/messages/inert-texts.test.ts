import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildMime } from '../../../functions/messages/mime.ts';
import { problemsOf, sentenceOf } from '../../../functions/messages/quality/check.ts';
import { headersOf } from '../../../functions/messages/quality/headers.ts';
import { oneLine } from '../../../functions/messages/words.ts';
import { linesOf, outline } from '../icalendar/content-lines.ts';
import { candidateOf, invitationOf, SURROUNDINGS, UNSUBSCRIBE, worksMessageOf } from './candidates.ts';
import { NASTY_NAMES, tagsOf } from './letter-text.ts';
import { newMessage } from './message-of.ts';

const ADDRESSED = { subject: 'doc-1', contactId: 'C1', address: SURROUNDINGS.contact.email };
const PIECES = [
  '<script>',
  '</p>',
  '{{ocn}}',
  '{{#if x}}',
  '[[foot]]',
  '\r\nBcc: x@evil.example',
  '\n\n.\n',
  '\u202e',
  '\u2066',
  '"',
  "'",
  '`',
  '=cmd',
  '+1',
  ';',
  ',',
  '\\n',
  '&amp;',
  '日本',
  'é',
  '😀',
];
const WICKED = fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 12 }).map((pieces) => pieces.join(''));
/** What a field may hold that comes from outside; something is left of it, so that it is told at all. */
const TEXTS = fc.oneof(NASTY_NAMES, WICKED).filter((text) => oneLine(text).replace(/[\u2068\u2069]/g, '') !== '');

let made = 0;

describe('a text from outside changes nothing but itself', () => {
  test('in HTML, text and header of an invoice', async () => {
    const plain = await invoiceCalled('Zzyzx');
    await fc.assert(
      fc.asyncProperty(TEXTS, async (name) => {
        const mail = await invoiceCalled(name);
        expect(mail.tags).toEqual(plain.tags);
        expect(mail.headers).toEqual(plain.headers);
        expect(mail.lines).toBe(plain.lines);
        expect(mail.problems).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('in HTML, header, calendar and CSV of works', async () => {
    const plain = await worksCalled('Zzyzx');
    await fc.assert(
      fc.asyncProperty(TEXTS, async (name) => {
        const mail = await worksCalled(name);
        expect(mail.tags).toEqual(plain.tags);
        expect(mail.headers).toEqual(plain.headers);
        expect(mail.outline).toEqual(plain.outline);
        expect(mail.organizers).toEqual(plain.organizers);
        expect(mail.rows).toEqual(plain.rows);
        expect(mail.formulas).toEqual([]);
        expect(mail.problems).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

async function invoiceCalled(name: string) {
  const message = newMessage({ ...ADDRESSED });
  const contact = { ...SURROUNDINGS.contact, name };
  const candidate = await candidateOf({ ...message, facts: { ...message.facts, customerName: name, accountName: name } }, { contact });
  const { html, text } = candidate.mail;
  return { ...(await shapeOf(candidate, name)), tags: tagsOf(html), lines: text.split('\n').length };
}

async function worksCalled(name: string) {
  made += 1;
  const circuit = { serviceId: 'LE-1', bcn: 'B4711', impact: 'outage', product: name, aEnd: name, bEnd: name } as const;
  const invitation = invitationOf({
    title: name,
    // A description may have paragraphs: here it has one.
    description: oneLine(name),
    location: name,
    reference: name,
    coordinator: { name, email: 'works@northline.example' },
    circuits: Array.from({ length: 26 }, (_, index) => ({ ...circuit, serviceId: `LE-${index}` })),
  });
  const candidate = await candidateOf(worksMessageOf({ customerName: name, uid: `${made}@works` }), {}, { invitation });
  const { html, calendar, files } = candidate.mail;
  const [csv] = files;
  const rows: string[][] = parse(csv?.content ?? '', { bom: true });
  return {
    ...(await shapeOf(candidate, name)),
    tags: tagsOf(html),
    // A short text shares a line with what follows, a long one is folded: unfolded, the lines are the same.
    outline: outline(calendar?.content ?? ''),
    organizers: linesOf(calendar?.content ?? '', 'ORGANIZER'),
    rows: rows.map((row) => row.length),
    formulas: rows.flat().filter((cell) => /^[=+@\t\r\n-]/.test(cell)),
  };
}

/** The names of an email's header lines, and what the checks say. */
async function shapeOf(candidate: Awaited<ReturnType<typeof candidateOf>>, senderName: string) {
  const envelope = { from: candidate.from, senderName, replyTo: { name: senderName, email: candidate.replyTo }, to: candidate.to };
  const raw = await buildMime(candidate.mail, { ...envelope, unsubscribe: UNSUBSCRIBE, messageId: 'm-1' }, new Map());
  const headers = headersOf(raw);
  return { headers: [...headers.keys()], problems: problemsOf({ ...candidate, headers }).map(sentenceOf) };
}
