import { describe, expect, it } from 'vitest';
import type { Composed } from '../../../functions/messages/composed.ts';
import { buildMime } from '../../../functions/messages/mime.ts';

const WORDS = {
  subject: 'CRQ-1001 confirmed',
  text: 'One line.\nAnother line, für Zoë.\n\nThe last one.',
  html: '<p>\n  One line.\n</p>\n',
};
const MAIL: Composed = { ...WORDS, language: 'en', neutral: WORDS, attachments: [], files: [] };
const ENVELOPE = {
  from: 'planned-works@carrier.example',
  senderName: 'Northgate Carrier Ltd',
  replyTo: { name: 'Planned Works Desk', email: 'works@carrier.example' },
  to: 'noc@customer.example',
  unsubscribe: 'unsubscribe@carrier.example',
  messageId: 'm-1',
};

describe('The bytes of an email', () => {
  it.each<[string, Partial<Composed>]>([
    ['text and HTML', {}],
    ['a calendar part', { calendar: { method: 'REQUEST', content: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n' } }],
    ['a file', { files: [{ filename: 'circuits.csv', contentType: 'text/csv', content: Buffer.from('id\none/1\n') }] }],
  ])('end every line in CRLF: %s', async (_, more) => {
    const bytes = (await buildMime({ ...MAIL, ...more }, ENVELOPE, new Map())).toString('latin1');
    expect(bytes.split('\r\n').filter((line) => /[\r\n]/.test(line))).toEqual([]);
    expect(bytes).toContain('\r\nThe last one.\r\n');
  });
});
