import { facts as settingsLinkFacts } from '../../templates/settings-link/facts.ts';
import { localDate } from '../calendars/dates.ts';
import { type Composed, parsed, type Surroundings, sellerOf } from './composed.ts';
import { renderLetter } from './letter.ts';
import { preferencesUrl } from './links.ts';
import type { SettingsLinkMessage } from './message.ts';
import { oneLine } from './words.ts';

/** Composes the email with a new link to a contact's settings; see compose.ts. */
export function composeSettingsLink({ ocn, facts }: SettingsLinkMessage, surroundings: Surroundings): Composed {
  const { contact, legalEntity, language, publicOrigin, linkKeys, timeZone, now } = surroundings;
  const url = preferencesUrl(publicOrigin, { ocn, contactId: contact.contactId, on: localDate(now, timeZone) }, linkKeys);
  const told = parsed(settingsLinkFacts, {
    contactName: oneLine(contact.name),
    customerName: oneLine(facts.customerName),
    ocn,
    url,
    seller: sellerOf(legalEntity),
  });
  const render = (changes: object = {}) => renderLetter({ kind: 'settings-link', facts: { ...told, ...changes } }, language, publicOrigin);
  return {
    ...render(),
    neutral: render({ contactName: 'Contact', customerName: 'Customer' }),
    language,
    required: { customerNumber: ocn },
    attachments: [],
    files: [],
  };
}
