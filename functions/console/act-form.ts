import type { Person } from '../audit/human-act.ts';
import type { FormFields } from '../pages/form-body.ts';
import { type Html, html } from '../pages/html.ts';
import type { ConsolePage, ConsoleRequest } from './console-page.ts';
import { csrfField, reasonField, reasonIn } from './forms.ts';

/** What a form asks for. */
interface ActForm {
  /** Where it goes. */
  readonly to: string;
  /** What the button says. */
  readonly act: string;
  /** What will happen. */
  readonly about: string;
  /** What the form is bound to, unseen: what was shown. */
  readonly bound?: Readonly<Record<string, string>>;
  /** Further fields. */
  readonly fields?: readonly Html[];
  /** True for what cannot be taken back, and for the lesser choice. */
  readonly isSecond?: boolean;
}

/** A person's acts, each with its reason; nothing for who may only look, and where nothing can be done. */
export function actForms({ person, csrf }: ConsoleRequest, forms: readonly ActForm[]): Html {
  if (person.role !== 'act' || forms.length === 0) return html``;
  return html`<section aria-labelledby="decide"><h2 id="decide">What you can do</h2><div class="acts">${forms.map((form) => actForm(csrf, form))}</div></section>`;
}

function actForm(csrf: string, { to, act, about, bound = {}, fields = [], isSecond = false }: ActForm): Html {
  const id = `why-${to.split('/').at(-1) ?? ''}`;
  const hidden = Object.entries(bound).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`);
  const button = isSecond ? html`<button type="submit" class="second">${act}</button>` : html`<button type="submit">${act}</button>`;
  return html`<form method="post" action="${to}" class="card">${csrfField(csrf)}${hidden}<p>${about}</p>${fields}${reasonField(id)}
<div class="actions">${button}</div></form>`;
}

/**
 * Who says so by a form, and why, as the audit trail keeps it.
 * @throws PermanentError when no reason is given
 */
export function wordOf({ person }: ConsoleRequest, form: FormFields): Person {
  return { by: person.name, identity: person.subject, reason: reasonIn(form) };
}

/** The answer for an id that leads to nothing. */
export function missingPage(sentence: string): ConsolePage {
  return { status: 404, title: 'Not found', body: html`<p>${sentence}</p><p><a href="/search">Search</a></p>` };
}
