import type { UnsubscribeGrant } from '../messages/links.ts';
import { card, frame } from '../pages/frame.ts';
import { type Html, html } from '../pages/html.ts';
import { masked } from '../pages/masked.ts';
import type { Reader } from './reader.ts';
import { type SelfServiceWords, WORDS } from './words.ts';

/** The page behind an email's way out of a category: asked first, then told what is so now, with a way back. */
export function wayOutPage(reader: Reader, grant: UnsubscribeGrant, is: 'asked' | 'out' | 'back in'): string {
  const words = WORDS[reader.language];
  const category = words.categories[grant.category].name;
  const where = placeOf(reader, grant, words);
  const [title, lead] = {
    asked: [words.leave(category), words.leaveLead(where)],
    out: [words.left(category), words.leftLead(where)],
    'back in': [words.returned(category), words.returnedLead(where)],
  }[is] as [string, string];
  const act =
    is === 'out'
      ? form(html`<input type="hidden" name="again" value="yes"><button type="submit" class="second">${words.undo}</button>`)
      : form(
          html`<input type="hidden" name="List-Unsubscribe" value="One-Click"><input type="hidden" name="page" value="yes"><button type="submit"${{ html: is === 'asked' ? '' : ' class="second"' }}>${words.leaveButton}</button>`,
        );
  return ownPage(
    reader,
    title,
    html`<p class="lead">${lead}</p><p class="quiet">${words.stays}</p>${act}
<section><p>${words.allSettings}</p>${form(html`<input type="hidden" name="settings" value="mail"><button type="submit" class="second">${words.mailLink}</button>`)}</section>`,
  );
}

/** A link to the settings that is older than 90 days. */
export function tooOldPage(reader: Reader): string {
  const words = WORDS[reader.language];
  return ownPage(
    reader,
    words.tooOld,
    html`<p class="lead">${words.tooOldLead}</p>${form(html`<input type="hidden" name="settings" value="mail"><button type="submit">${words.mailLink}</button>`)}`,
  );
}

/** A new link was mailed. */
export function sentPage(reader: Reader): string {
  const words = WORDS[reader.language];
  return ownPage(reader, words.sent, html`<p class="lead">${words.sentLead(masked(reader.contact.email))}</p>`);
}

/** A form that says nothing that we know: nothing was changed. */
export function notUnderstoodPage(reader: Reader): string {
  const words = WORDS[reader.language];
  return ownPage(reader, words.notUnderstood, html`<p class="lead">${words.notUnderstoodLead}</p>`);
}

/** A page of a contact's own: who writes, a headline, how to ask. */
export function ownPage({ language, legalEntity }: Reader, title: string, body: Html): string {
  const words = WORDS[language];
  const { email, phone } = legalEntity.contact;
  return frame(
    language,
    title,
    card({
      sender: legalEntity.name,
      body: html`<h1>${title}</h1><div class="rule"></div>${body}`,
      foot: [words.questions(email, phone.replaceAll(' ', '\u00a0')), words.private],
    }),
  );
}

/** Comes back to the page's own address. */
function form(content: Html): Html {
  return html`<form method="post"><div class="actions">${content}</div></form>`;
}

function placeOf({ accounts, customer }: Reader, { bcn, ocn }: UnsubscribeGrant, words: SelfServiceWords): string {
  const account = accounts.find((one) => one.bcn === bcn);
  return account ? words.account(account.bcn, account.name) : `${customer.name} (${ocn})`;
}
