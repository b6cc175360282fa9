import { dropHeld, releaseHeld } from '../messages/held.ts';
import type { Message } from '../messages/message.ts';
import { aboutWords } from '../messages/message-words.ts';
import { shownMessage } from '../messages/preview.ts';
import { protectsOthers } from '../messages/quality/check.ts';
import { getMessage } from '../messages/store.ts';
import { type Html, html } from '../pages/html.ts';
import { actForms, missingPage, wordOf } from './act-form.ts';
import type { ConsoleAct, ConsolePage, ConsoleRequest } from './console-page.ts';
import { paths } from './links.ts';
import { messageFacts } from './message-page.ts';
import { historyPart, previewPart } from './message-part.ts';

/** `GET /holds/{messageId}`: what is wrong with a held email, what it says, and a person's word about it. */
export async function heldMessagePage(request: ConsoleRequest): Promise<ConsolePage> {
  const { messageId = '' } = request.parameters;
  const message = await getMessage(messageId);
  if (message?.state !== 'held') return missingPage('No such email is held. It may have been let go meanwhile.');
  const wrong = html`<div class="answer needs-a-person"><p><strong>It is held.</strong> ${message.reason ?? ''}</p></div>`;
  const shown = previewPart(await shownMessage(message, request.now));
  return {
    title: `Held: ${aboutWords(message)}`,
    body: [wrong, messageFacts(message, true), shown, actsPart(request, message), historyPart(message)],
  };
}

/** `POST /holds/{messageId}/release`: sends exactly what was shown. */
export const releaseHeldMessage: ConsoleAct = async (request, form) => {
  const { messageId = '' } = request.parameters;
  await releaseHeld(messageId, { ...wordOf(request, form), content: form.get('content') ?? '' }, request.now);
  return { to: paths.message(messageId), said: 'The email is on its way as it was shown.' };
};

/** `POST /holds/{messageId}/drop`: nobody gets it. */
export const dropHeldMessage: ConsoleAct = async (request, form) => {
  await dropHeld(request.parameters.messageId ?? '', wordOf(request, form), request.now);
  return { to: '/holds', said: 'The email is dropped: nobody gets it.' };
};

/** The release is bound to what the page shows: when the email says something else by then, it is refused. */
function actsPart(request: ConsoleRequest, { messageId, held }: Message): Html {
  const content = held?.content;
  const isProtecting = (held?.rules ?? []).some(protectsOthers);
  const drop = { to: `${paths.held(messageId)}/drop`, act: 'Drop it', about: 'Nobody gets this email, ever.', isSecond: true };
  if (content === undefined) return html`<p>It could not be composed, so it cannot be released.</p>${actForms(request, [drop])}`;
  if (isProtecting) return html`<p>Nobody can release it: it may show one customer what is another’s.</p>${actForms(request, [drop])}`;
  const about = 'The email leaves exactly as it is shown above.';
  return actForms(request, [{ to: `${paths.held(messageId)}/release`, act: 'Release it', about, bound: { content } }, drop]);
}
