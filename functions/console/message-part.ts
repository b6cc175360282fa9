import type { Message } from '../messages/message.ts';
import { STATE_WORDS, TRIGGER_WORDS } from '../messages/message-words.ts';
import type { Shown } from '../messages/preview.ts';
import { type Html, html } from '../pages/html.ts';
import { type Column, table } from './table.ts';
import { when } from './words.ts';

/** Everything that happened to an email, with the event, schedule or person that caused it. */
export function historyPart({ history }: Message): Html {
  const columns: Column<Message['history'][number]>[] = [
    { head: 'When', cell: ({ at }) => when(at) },
    { head: 'What', cell: ({ trigger }) => TRIGGER_WORDS[trigger] },
    { head: 'State since', cell: ({ state }) => STATE_WORDS[state] },
    { head: 'Caused by', cell: ({ cause }) => cause },
    { head: 'Reason', cell: ({ reason = '' }) => reason },
  ];
  return html`<h2>History</h2>${table('History', columns, history, 'Nothing happened to it.')}`;
}

/** What an email says: its text, and its HTML in a frame that may fetch nothing, run nothing and lead nowhere. */
export function previewPart(shown: Shown | undefined): Html {
  if (!shown)
    return html`<h2>What it says</h2><p class="quiet">There is nothing to look at: it could not be composed, or what it told is gone.</p>`;
  const { subject, text, files, as, html: markup } = shown;
  const since =
    as === 'held'
      ? 'Exactly what was held, but for its links: they are the reader’s alone.'
      : 'As it would be written at this moment; its links lead nowhere.';
  const names = files.length === 0 ? html`` : html`<p>Files: ${files.join(', ')}</p>`;
  return html`<h2>What it says</h2><p class="quiet">${since}</p><p><strong>${subject}</strong></p>${names}
<details open><summary>Text</summary><pre class="mail">${text.replace(/[ \t]+$/gm, '')}</pre></details>
<details><summary>HTML</summary><iframe class="mail" sandbox="" title="The HTML of the email" srcdoc="${markup}"></iframe></details>`;
}
