import { describe, expect, test } from 'vitest';
import { compose } from '../../../functions/messages/compose.ts';
import type { Surroundings } from '../../../functions/messages/composed.ts';
import { preferencesGrant, unsubscribeGrant } from '../../../functions/messages/links.ts';
import type { DocumentsMessage, NewMessage, WorksMessage } from '../../../functions/messages/message.ts';
import { buildMime } from '../../../functions/messages/mime.ts';
import { LANGUAGE_CODES } from '../../../functions/money/format.ts';
import type { Category } from '../../../functions/preferences/categories.ts';
import { invitationOf, KEYS, ORIGIN, READER, SURROUNDINGS, UNSUBSCRIBE, worksMessageOf } from './candidates.ts';
import { SELLER } from './directory-of.ts';
import { newMessage, optionalMessage } from './message-of.ts';

const ADDRESSED = { subject: 'doc-1', contactId: 'C1', address: READER.email };
/** In Tokyo it is the next day already. */
const NOW = new Date('2026-11-03T20:00:00Z');

type Impact = WorksMessage['facts']['impact'];

/** What an email promises about leaving. `never`: no header that a mail program could turn into a button, no link in the foot. */
const NEVER = 'never';
const ONE_CLICK = 'one click';
const DOCUMENTS = 'documents of account B4711';
const WORKS = 'other-works of every account';

describe('The ways out of every kind of email', () => {
  test.each<[what: string, category: Category, leave: string, what: string | undefined, message: NewMessage]>([
    ['an invoice', 'invoices', NEVER, undefined, numbered('invoice')],
    ['an invoice, links only', 'invoices', NEVER, undefined, { ...numbered('invoice'), kind: 'documents-ready' as const }],
    ['a credit note', 'invoices', NEVER, undefined, numbered('credit-note')],
    ['a self-billed invoice', 'invoices', NEVER, undefined, numbered('self-billed-invoice')],
    ['an outpayment statement', 'invoices', NEVER, undefined, numbered('outpayment-statement')],
    ['call records and number lists alone', 'documents', ONE_CLICK, DOCUMENTS, optionalMessage(ADDRESSED)],
    ['planned works, outage', 'service-affecting-works', NEVER, undefined, works('planned', 'outage')],
    ['planned works, degraded', 'service-affecting-works', NEVER, undefined, works('planned', 'degraded')],
    ['planned works, reduced redundancy', 'service-affecting-works', NEVER, undefined, works('planned', 'reduced-redundancy')],
    ['planned works, no impact', 'other-works', ONE_CLICK, WORKS, works('planned', 'no-impact')],
    ['emergency works, outage', 'emergency-works', NEVER, undefined, works('emergency', 'outage')],
    ['emergency works, no impact', 'emergency-works', NEVER, undefined, works('emergency', 'no-impact')],
    [
      'their CANCEL, outage',
      'service-affecting-works',
      NEVER,
      undefined,
      works('planned', 'outage', { act: 'cancel', variant: 'cancelled', leaves: true }),
    ],
    [
      'their CANCEL, no impact',
      'other-works',
      ONE_CLICK,
      WORKS,
      works('planned', 'no-impact', { act: 'cancel', variant: 'cancelled', leaves: true }),
    ],
    ['a reminder, outage', 'service-affecting-works', NEVER, undefined, reminder('outage')],
    ['a reminder, no impact', 'other-works', ONE_CLICK, WORKS, reminder('no-impact')],
    ['an answer, outage', 'service-affecting-works', NEVER, undefined, answer('outage')],
    ['an answer, no impact', 'other-works', ONE_CLICK, WORKS, answer('no-impact')],
  ])('%s (%s): %s', async (_, category, leave, from, message) => {
    for (const language of LANGUAGE_CODES) {
      const { headers, html, text } = await sent(message, { language });
      expect(settingsIn(html)).toEqual({ ocn: '100234', contactId: 'C1', on: '2026-11-04' });
      expect(settingsIn(text)).toEqual(settingsIn(html));
      if (leave === NEVER) {
        expect(headers).not.toMatch(/^List-Unsubscribe/im);
        expect(html + text).not.toContain('/u/');
        continue;
      }
      const { url = '', mailto = '' } = wayOutIn(headers);
      const token = url.slice(`${ORIGIN}/u/`.length);
      expect(url).toBe(`${ORIGIN}/u/${token}`);
      expect(decodeURIComponent(mailto)).toBe(token);
      expect(headers).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
      expect(html).toContain(`href="${url}"`);
      expect(text).toContain(url);
      const bcn = from === DOCUMENTS ? 'B4711' : '*';
      expect(unsubscribeGrant(token, KEYS)).toEqual({ ocn: '100234', contactId: 'C1', bcn, category });
    }
  });

  test('the CANCEL to who opted out keeps the headers of its category, and does not offer in its foot what was done already', async () => {
    const message = works('planned', 'no-impact', { act: 'cancel', variant: 'no-longer-affected', leaves: true });
    const { headers, html, text } = await sent(message, { off: new Set(['other-works']) });
    expect(headers).toMatch(/^List-Unsubscribe: /m);
    expect(headers).toMatch(/^List-Unsubscribe-Post: /m);
    expect(html + text).not.toContain('/u/');
    expect(settingsIn(text)).toBeDefined();
  });

  test('no address and no name stand in the links', async () => {
    const { headers } = await sent(works('planned', 'no-impact'), {});
    const token = /\/u\/([^>]+)>/.exec(headers)?.[1] ?? '';
    expect(Buffer.from(token.split('.')[2] ?? '', 'base64url').toString()).not.toMatch(/anna|acme/i);
  });
});

/** As it leaves for a reader in Tokyo. */
async function sent(message: NewMessage, changes: Partial<Surroundings>) {
  const contact = { ...SURROUNDINGS.contact, timeZone: 'Asia/Tokyo' };
  const mail = compose(message, { ...SURROUNDINGS, contact, timeZone: 'Asia/Tokyo', now: NOW, ...changes }, { invitation: invitationOf() });
  const envelope = {
    from: 'post@carrier.example',
    senderName: SELLER.name,
    replyTo: { name: SELLER.name, email: SELLER.contact.email },
    to: contact.email,
    unsubscribe: UNSUBSCRIBE,
    messageId: 'm-1',
  };
  const bytes = (await buildMime(mail, envelope, new Map())).toString('latin1');
  return { headers: bytes.slice(0, bytes.indexOf('\r\n\r\n') + 2), html: mail.html, text: mail.text };
}

/** The two links of the header: the one for a click, the one for a mail. */
function wayOutIn(headers: string): Partial<Record<'url' | 'mailto', string>> {
  const header = /^List-Unsubscribe: <(?<url>[^<>\s]+)>,\r\n <mailto:unsubscribe@carrier\.example\?subject=(?<mailto>[^<>\s]+)>\r$/m;
  return header.exec(headers)?.groups ?? {};
}

function settingsIn(part: string) {
  return preferencesGrant(/https:\/\/post\.carrier\.example\/p\/([\w.-]+)/.exec(part)?.[1] ?? '', KEYS);
}

function numbered(documentKind: NonNullable<DocumentsMessage['facts']['documentKind']>): DocumentsMessage {
  const message = newMessage(ADDRESSED);
  return { ...message, facts: { ...message.facts, documentKind } };
}

function works(worksClass: 'planned' | 'emergency', impact: Impact, facts: Partial<WorksMessage['facts']> = {}): WorksMessage {
  return worksMessageOf({ class: worksClass, impact, ...facts });
}

function reminder(impact: Impact): WorksMessage {
  return { ...works('planned', impact, { act: 'none', variant: 'reminder' }), kind: 'works-reminder' };
}

function answer(impact: Impact): WorksMessage {
  return { ...works('planned', impact, { act: 'none', variant: 'answer', answer: { ticketId: 'T-1' } }), kind: 'works-answer' };
}
