import { getContact, getLegalEntity } from '../directory/read.ts';
import { languageOf } from '../money/format.ts';
import { preferenceOf } from '../preferences/preferences.ts';
import type { TokenKeys } from '../tokens/token-keys.ts';
import { compose } from './compose.ts';
import { type Preview, previewOf } from './hold.ts';
import { isAboutWorks, type Message } from './message.ts';
import type { Reader } from './recipient.ts';
import { worksFileOf } from './works-file.ts';

/** What an email says, as a person of the billing team reads it. */
export type Shown = Pick<Preview, 'subject' | 'html' | 'text' | 'files'> & {
  /** `held`: exactly what was held. `now`: as it would be composed at this moment, which an email that left long ago may not have been. */
  readonly as: 'held' | 'now';
};

/** Links of a preview are the reader's alone: these lead nowhere, and are signed by nobody. */
const NOWHERE = 'https://link.invalid';
/** `v1.<key>.<payload>.<signature>` */
const TOKEN = /\bv\d+\.[A-Za-z0-9-]+\.[\w-]+\.[\w-]+/g;
const NOBODYS_KEYS: TokenKeys = { current: 'none', keys: { none: Buffer.alloc(32).toString('base64') } };

/** What a message says, without the tokens of its links: as it was held, else as it would be composed now. Undefined for one that is erased, or that nothing can be made of. */
export async function shownMessage(message: Message, now: Date): Promise<Shown | undefined> {
  const held = message.state === 'held' ? await previewOf(message.messageId) : undefined;
  if (held) return { ...held, html: withoutTokens(held.html), text: withoutTokens(held.text), as: 'held' };
  if (message.erased !== undefined) return undefined;
  return composedNow(message, now);
}

/** A link opens its reader's own pages, where one decides and confirms in the reader's name: nobody else is shown it. */
function withoutTokens(text: string): string {
  return text.replace(TOKEN, '…');
}

async function composedNow(message: Message, now: Date): Promise<Shown | undefined> {
  const { ocn, bcn, contactId, address, facts } = message;
  const [legalEntity, known, preference] = await Promise.all([
    getLegalEntity(facts.legalEntityId),
    getContact(ocn, contactId),
    preferenceOf(ocn, contactId, bcn),
  ]);
  const contact: Reader = isAboutWorks(message) ? { ...message.facts.reader, contactId } : (known ?? unknownReader(contactId, address));
  if (!legalEntity) return undefined;
  const file = isAboutWorks(message) ? await worksFileOf(message) : undefined;
  const { format, feed, off } = preference;
  const timeZone = preference.timeZone ?? contact.timeZone;
  const language = languageOf(preference.language ?? contact.language);
  const ofLinks = { publicOrigin: NOWHERE, linkKeys: NOBODYS_KEYS, from: legalEntity.contact.email };
  try {
    const surroundings = { contact, legalEntity, language, timeZone, linksOnly: format === 'links-only', feed, off, ...ofLinks, now };
    const mail = compose(message, surroundings, file);
    const files = [...mail.attachments, ...mail.files].map(({ filename }) => filename);
    return { subject: mail.subject, html: mail.html, text: mail.text, files, as: 'now' };
  } catch {
    // What it tells is gone, or no fact of it is enough for today's words: there is nothing to look at.
    return undefined;
  }
}

function unknownReader(contactId: string, email: string): Reader {
  return { contactId, name: contactId, email, language: 'en', timeZone: 'UTC' };
}
