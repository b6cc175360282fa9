import type { BillingAccount, Contact, Customer, LegalEntity } from '../directory/records.ts';
import type { Language } from '../money/format.ts';
import { card, frame } from '../pages/frame.ts';
import { type Html, html } from '../pages/html.ts';
import { masked } from '../pages/masked.ts';
import { REVIEW_WORDS } from './review-words.ts';

/** Who checks a draft: a contact who reads the account's invoices, in its language and time zone. */
export interface Reviewer {
  readonly contact: Contact;
  readonly customer: Customer;
  readonly account: BillingAccount;
  readonly legalEntity: LegalEntity;
  readonly language: Language;
  readonly timeZone: string;
}

/** A page of the review: who writes, a headline, how to ask. */
export function reviewFrame({ language, legalEntity }: Reviewer, title: string, body: Html): string {
  const words = REVIEW_WORDS[language];
  const { email, phone } = legalEntity.contact;
  const foot = [words.questions(email, phone.replaceAll(' ', '\u00a0')), words.private];
  return frame(language, title, card({ sender: legalEntity.name, body: html`<h1>${title}</h1><div class="rule"></div>${body}`, foot }));
}

/** The link's draft was replaced: a way to the newest. */
export function newerPage(reviewer: Reviewer): string {
  return offer(reviewer, 'newer');
}

/** The link is older than 90 days. */
export function tooOldPage(reviewer: Reviewer): string {
  return offer(reviewer, 'tooOld');
}

/** A new link was mailed. */
export function linkSentPage(reviewer: Reviewer): string {
  const { title, lead } = REVIEW_WORDS[reviewer.language].sent;
  return reviewFrame(reviewer, title, html`<p class="lead">${lead(masked(reviewer.contact.email))}</p>`);
}

/** There is no draft to look at: data are being corrected. */
export function correctedPage(reviewer: Reviewer): string {
  return notice(reviewer, 'corrected');
}

/** The draft became an invoice, or several. */
export function issuedPage(reviewer: Reviewer, numbers: readonly string[]): string {
  const { title, lead } = REVIEW_WORDS[reviewer.language].issued;
  return reviewFrame(reviewer, title, html`<p class="lead">${lead(numbers.join(', '))}</p>`);
}

/** A form that says nothing that we know: nothing was changed. */
export function notUnderstoodPage(reviewer: Reviewer): string {
  return notice(reviewer, 'notUnderstood');
}

function notice(reviewer: Reviewer, which: 'corrected' | 'notUnderstood'): string {
  const { title, lead } = REVIEW_WORDS[reviewer.language][which];
  return reviewFrame(reviewer, title, html`<p class="lead">${lead}</p>`);
}

function offer(reviewer: Reviewer, which: 'newer' | 'tooOld'): string {
  const words = REVIEW_WORDS[reviewer.language];
  const { title, lead } = words[which];
  const form = html`<form method="post"><input type="hidden" name="link" value="mail"><div class="actions"><button type="submit">${words.mailLink}</button></div></form>`;
  return reviewFrame(reviewer, title, html`<p class="lead">${lead}</p>${form}`);
}
