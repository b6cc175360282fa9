import type { Message } from '../messages/message.ts';
import { aboutWords, inStateSince, STATE_WORDS } from '../messages/message-words.ts';
import { type Html, html } from '../pages/html.ts';
import { paths } from './links.ts';
import { table } from './table.ts';
import { link, when } from './words.ts';

/** Emails with their states in words; each leads to its history. */
export function messageTable(messages: readonly Message[], nothing: string): Html {
  const columns = [
    { head: 'Written', cell: ({ queuedAt }: Message) => when(queuedAt) },
    { head: 'Email', cell: (message: Message) => link(paths.message(message.messageId), aboutWords(message)) },
    { head: 'To', cell: recipientOf },
    { head: 'State', cell: (message: Message) => html`${STATE_WORDS[message.state]} ${when(inStateSince(message))}` },
    { head: 'Reason', cell: ({ reason = '' }: Message) => reason },
  ];
  return table('Emails', columns, messages, nothing);
}

/** The contact, and the address that was written to; gone when the contact was erased. */
export function recipientOf({ ocn, contactId, address, erased }: Message): Html {
  const contact = link(paths.customer(ocn, { show: 'contacts', contact: contactId }), contactId);
  return erased === undefined ? html`${contact} ${address}` : html`${contactId}, erased`;
}
