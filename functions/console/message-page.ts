import type { Message } from '../messages/message.ts';
import { aboutWords, inStateSince, STATE_WORDS } from '../messages/message-words.ts';
import { shownMessage } from '../messages/preview.ts';
import { expiryOf, getMessage } from '../messages/store.ts';
import { type Html, html } from '../pages/html.ts';
import { missingPage } from './act-form.ts';
import type { ConsolePage, ConsoleRequest } from './console-page.ts';
import { paths } from './links.ts';
import { historyPart, previewPart } from './message-part.ts';
import { recipientOf } from './message-table.ts';
import { facts } from './table.ts';
import { link, when } from './words.ts';

const LOOKS_AGAIN_SECONDS = 5;
/** States that are left in moments. */
const ON_ITS_WAY: ReadonlySet<Message['state']> = new Set(['queued', 'claimed', 'submitted']);

/** `GET /messages/{messageId}`: one email, what became of it, and what it says. */
export async function messagePage({ parameters, now }: ConsoleRequest): Promise<ConsolePage> {
  const { messageId = '' } = parameters;
  const message = await getMessage(messageId);
  if (!message) return missingPage('There is no such email, or it is kept no longer.');
  const body = [messageFacts(message), historyPart(message), previewPart(await shownMessage(message, now))];
  return { title: `Email: ${aboutWords(message)}`, body, refresh: ON_ITS_WAY.has(message.state) ? LOOKS_AGAIN_SECONDS : undefined };
}

/** Whom an email is for, how it stands and why. */
export function messageFacts(message: Message, isHeldPage = false): Html {
  const { bcn, ocn, state, reason, category, group, queuedAt, sesMessageId, released } = message;
  return facts([
    [
      'State',
      html`${STATE_WORDS[state]}, ${when(inStateSince(message))}${state === 'held' && !isHeldPage ? html`: ${link(paths.held(message.messageId), 'decide about it')}` : html``}`,
    ],
    ['Reason', isHeldPage ? undefined : reason],
    ['To', recipientOf(message)],
    ['Account', link(paths.account(bcn), bcn)],
    ['Customer', link(paths.customer(ocn), ocn)],
    ['Category', category.replaceAll('-', ' ')],
    ['Belongs to', group],
    ['Written', when(queuedAt)],
    ['Let go as it was', released && html`by ${released.by}, ${when(released.at)}: ${released.reason}`],
    ['People did', link(paths.acts(message.messageId), 'what the audit trail says')],
    ['SES calls it', sesMessageId],
    ['Kept until', when(new Date(expiryOf(message) * 1000).toISOString())],
  ]);
}
