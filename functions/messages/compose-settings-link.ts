import { facts as settingsLinkFacts } from '../../templates/settings-link/facts.ts';
import { type Composed, parsed, type Surroundings, sellerOf } from './composed.ts';
import { renderLetter } from './letter.ts';
import type { SettingsLinkMessage } from './message.ts';
import { waysOut } from './ways-out.ts';
import { oneLine } from './words.ts';

/** Composes the email with a new link to a contact's settings; see compose.ts. */
export function composeSettingsLink(message: SettingsLinkMessage, surroundings: Surroundings): Composed {
  const { contact, legalEntity, language, publicOrigin } = surroundings;
  const { ocn, facts } = message;
  const { settingsUrl } = waysOut(message, surroundings);
  const told = parsed(settingsLinkFacts, {
    contactName: oneLine(contact.name),
    customerName: oneLine(facts.customerName),
    ocn,
    url: settingsUrl,
    settingsUrl,
    seller: sellerOf(legalEntity),
  });
  const render = (changes: object = {}) => renderLetter({ kind: 'settings-link', facts: { ...told, ...changes } }, language, publicOrigin);
  return {
    ...render(),
    neutral: render({ contactName: 'Contact', customerName: 'Customer' }),
    language,
    attachments: [],
    files: [],
  };
}
