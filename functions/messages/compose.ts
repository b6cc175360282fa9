import { composeDocuments } from './compose-documents.ts';
import { composeFirstInvoice } from './compose-first-invoice.ts';
import { composeSettingsLink } from './compose-settings-link.ts';
import { composeWorks } from './compose-works.ts';
import type { Composed, Surroundings } from './composed.ts';
import { isAboutFirstInvoice, isAboutWorks, type NewMessage } from './message.ts';
import type { WorksFile } from './works-file.ts';

/**
 * Composes an email: facts in the reader's formats, words by what it is about, links bound to the contact.
 * @param file what an email about works tells, read from the table
 * @throws Error when a fact is missing or a link leads elsewhere; the outbox holds the message with that reason
 */
export function compose(message: NewMessage, surroundings: Surroundings, file?: WorksFile): Composed {
  if (message.kind === 'settings-link') return composeSettingsLink(message, surroundings);
  if (isAboutFirstInvoice(message)) return composeFirstInvoice(message, surroundings);
  if (!isAboutWorks(message)) return composeDocuments(message, surroundings);
  if (!file) throw new Error(`The invitation ${message.facts.uid} has no content under ${message.facts.content}`);
  return composeWorks(message, surroundings, file);
}
