import type { Message } from '../messages/message.ts';
import { heldPage } from '../messages/message-lists.ts';
import { aboutWords, inStateSince } from '../messages/message-words.ts';
import { html } from '../pages/html.ts';
import type { ConsolePage, ConsoleRequest } from './console-page.ts';
import { asked, paths } from './links.ts';
import { type Column, moves, table } from './table.ts';
import { link, when } from './words.ts';

/** `GET /holds`: the emails that a check or SES refused, each with what is wrong with it. */
export async function holdsPage({ query: { after } }: ConsoleRequest): Promise<ConsolePage> {
  const { rows, next } = await heldPage(after);
  const columns: Column<Message>[] = [
    { head: 'Email', cell: (message) => link(paths.held(message.messageId), aboutWords(message)) },
    { head: 'Account', cell: ({ bcn }) => link(paths.account(bcn), bcn) },
    { head: 'Held since', cell: (message) => when(inStateSince(message)) },
    { head: 'What is wrong', cell: ({ reason = '' }) => reason },
  ];
  const oldest = rows.toSorted((a, b) => (inStateSince(a) < inStateSince(b) ? -1 : 1));
  const list = table('Held emails', columns, oldest, 'No email is held.');
  const others = html`<p class="quiet">First invoices that wait stand under ${link('/reviews', 'first invoices')}, works that wait under ${link('/works', 'planned works')}.</p>`;
  return {
    title: 'Held emails',
    body: [others, list, moves((cursor) => `/holds${asked({ after: cursor })}`, after, next)],
  };
}
