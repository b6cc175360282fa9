import { localDate } from '../../../functions/calendars/dates.ts';
import type { LegalEntity } from '../../../functions/directory/records.ts';
import { compose } from '../../../functions/messages/compose.ts';
import type { Composed, Surroundings } from '../../../functions/messages/composed.ts';
import type { Invitation } from '../../../functions/messages/invitation.ts';
import type { NewMessage, WorksMessage } from '../../../functions/messages/message.ts';
import { buildMime, type Envelope } from '../../../functions/messages/mime.ts';
import type { Candidate } from '../../../functions/messages/quality/candidate.ts';
import { headersOf } from '../../../functions/messages/quality/headers.ts';
import type { WorksFile } from '../../../functions/messages/works-file.ts';
import { contactOf, SELLER } from './directory-of.ts';

export const ORIGIN = 'https://post.carrier.example';
export const KEYS = { current: 'k1', keys: { k1: Buffer.alloc(32, 1).toString('base64') } };
export const READER = { name: 'Anna Beispiel', email: 'anna@acme.example', language: 'en', timeZone: 'Europe/Berlin' };
export const UNSUBSCRIBE = 'unsubscribe@carrier.example';

export const SURROUNDINGS: Surroundings = {
  contact: contactOf({ contactId: 'C1', ...READER }),
  legalEntity: SELLER,
  language: 'en',
  timeZone: READER.timeZone,
  linksOnly: false,
  feed: '0',
  off: new Set(),
  publicOrigin: ORIGIN,
  linkKeys: KEYS,
  from: 'post@carrier.example',
  now: new Date('2026-11-04T06:00:00Z'),
};

const INVITATION: Invitation = {
  worksId: 'CRQ-1',
  windowId: '1',
  maintenanceId: 'CRQ-1',
  ocn: '100234',
  account: '100234',
  class: 'planned',
  status: 'confirmed',
  title: 'Router software upgrade',
  description: 'A router gets new software.',
  start: '2026-11-17T23:00:00.000Z',
  end: '2026-11-18T03:00:00.000Z',
  coordinator: { name: 'Planned Works Desk', email: 'works@northline.example' },
  circuits: [{ serviceId: 'FRA/FRA/LE-1', bcn: 'B4711', impact: 'outage', product: 'Ethernet Line', aEnd: 'Frankfurt' }],
};

export function invitationOf(changes: Partial<Invitation> = {}): Invitation {
  return { ...INVITATION, ...changes };
}

/** An email about works as planned-works hands it over; a test names what matters to it. */
export function worksMessageOf(facts: Partial<WorksMessage['facts']> = {}, changes: Partial<WorksMessage> = {}): WorksMessage {
  const worksClass = facts.class ?? 'planned';
  return {
    kind: worksClass === 'emergency' ? 'works-emergency' : 'works',
    subject: 'u1@works',
    occasion: '0',
    group: 'works CRQ-1',
    ocn: '100234',
    bcn: 'B4711',
    contactId: 'C1',
    address: READER.email,
    cause: 'test',
    facts: {
      legalEntityId: SELLER.legalEntityId,
      customerName: 'Acme GmbH',
      uid: 'u1@works',
      sequence: 0,
      content: 0,
      act: 'request',
      variant: 'new',
      class: worksClass,
      impact: 'outage',
      reader: READER,
      ...facts,
    },
    ...changes,
  };
}

/** An email as the sender would check it: composed, with the header of its bytes. */
export async function candidateOf(
  message: NewMessage,
  changes: Partial<Surroundings> = {},
  file: WorksFile = { invitation: INVITATION },
): Promise<Candidate> {
  const surroundings = { ...SURROUNDINGS, ...changes };
  const mail = compose(message, surroundings, file);
  const { contact, legalEntity, language, timeZone, publicOrigin, linkKeys, from, now } = surroundings;
  const replyTo = mail.replyTo ?? { name: legalEntity.name, email: legalEntity.contact.email };
  const envelope: Envelope = { from, senderName: SELLER.name, replyTo, to: contact.email, unsubscribe: UNSUBSCRIBE, messageId: 'm-1' };
  return {
    message,
    mail,
    headers: await headersFor(mail, envelope),
    contact,
    to: contact.email,
    language,
    timeZone,
    today: localDate(now, timeZone),
    invitation: message.kind.startsWith('works') ? file.invitation : undefined,
    legalEntity: legalEntity as LegalEntity,
    publicOrigin,
    linkKeys,
    from,
    replyTo: replyTo.email,
    unsubscribe: UNSUBSCRIBE,
    sha256: new Map(mail.attachments.map(({ key, sha256 }) => [key, sha256])),
    foreign: [],
  };
}

async function headersFor(mail: Composed, envelope: Envelope): Promise<Map<string, string>> {
  return headersOf(await buildMime(mail, envelope, new Map()));
}
