import { PermanentError } from '../events/failure.ts';
import type { FormFields } from '../pages/form-body.ts';
import { type Html, html } from '../pages/html.ts';

const LONGEST_REASON = 2000;

/** Stands in every form that does something. */
export function csrfField(csrf: string): Html {
  return html`<input type="hidden" name="csrf" value="${csrf}">`;
}

/**
 * The field for why somebody does something; it is kept with what was done.
 * @param id of the field: one per page
 */
export function reasonField(id: string, label = 'Why'): Html {
  return html`<label for="${id}">${label}</label><input type="text" id="${id}" name="reason" required maxlength="${String(LONGEST_REASON)}" autocomplete="off">`;
}

/**
 * Why somebody does something.
 * @throws PermanentError when nothing is said
 */
export function reasonIn(form: FormFields): string {
  const reason = form.get('reason')?.trim() ?? '';
  if (reason === '') throw new PermanentError('a reason is needed: it is kept with what was done', 'reason');
  return reason.slice(0, LONGEST_REASON);
}
