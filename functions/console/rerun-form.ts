import { type RunRequested, runRequested } from '../billing/events.ts';
import { CALENDARS } from '../calendars/calendars.ts';
import { parseWith } from '../events/cloud-event.ts';
import type { FormFields } from '../pages/form-body.ts';
import { type Html, html } from '../pages/html.ts';
import { csrfField, reasonField, reasonIn } from './forms.ts';

/** Boxes that name one account each: `bcn.B4711`. */
export const ACCOUNT_BOX = 'bcn.';

const RESEND = [
  ['never', 'No email that went goes again'],
  ['changed', 'Only emails about files that changed'],
  ['always', 'Every email of these accounts'],
] as const;

/**
 * What a form asks for.
 * @throws PermanentError that names what is wrong
 */
export function rerunIn(form: FormFields, requestedBy: string): RunRequested {
  const boxes = [...form.keys()].filter((name) => name.startsWith(ACCOUNT_BOX)).map((name) => name.slice(ACCOUNT_BOX.length));
  const bcns = [...idsIn(form.get('bcns')), ...boxes];
  const ocns = idsIn(form.get('ocns'));
  const asked = {
    period: form.get('period')?.trim() ?? '',
    ...(form.get('calendar') ? { calendar: form.get('calendar') } : {}),
    ...(bcns.length > 0 ? { bcns } : {}),
    ...(ocns.length > 0 ? { ocns } : {}),
    ...(form.get('only') ? { only: form.get('only') } : {}),
    reason: reasonIn(form),
    requestedBy,
    resend: form.get('resend') ?? 'never',
  };
  return parseWith(runRequested, asked, 'The request');
}

/** The fields of a request that is only looked at, for the form that does it. */
export function hiddenRerun({ period, calendar, bcns, ocns, only, reason, resend }: RunRequested): Html {
  const fields = { period, calendar, bcns: bcns?.join(' '), ocns: ocns?.join(' '), only, reason, resend };
  return html`${Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [html`<input type="hidden" name="${name}" value="${value}">`]))}`;
}

/** The form that asks which accounts of which month are prepared again. */
export function rerunForm(
  csrf: string,
  { period = '', calendar = '', bcn = '', ocn = '', parked }: Readonly<Record<string, string | undefined>>,
): Html {
  const calendars = Object.entries(CALENDARS).map(
    ([code, { name }]) => html`<option value="${code}"${code === calendar ? html` selected` : html``}>${name}</option>`,
  );
  const resend = RESEND.map(
    ([value, words], index) =>
      html`<label class="choice"><input type="radio" name="resend" value="${value}"${index === 0 ? html` checked` : html``}> ${words}</label>`,
  );
  return html`<form method="post" action="/rerun" class="card">${csrfField(csrf)}
<label for="period">Month</label><input type="text" id="period" name="period" required pattern="\\d{4}-\\d{2}" placeholder="2026-10" value="${period}">
<label for="calendar">Calendar</label><select id="calendar" name="calendar"><option value="">all</option>${calendars}</select>
<label for="bcns">Billing accounts (BCN), with blanks between; none: all of them</label><textarea id="bcns" name="bcns" rows="2">${bcn}</textarea>
<label for="ocns">All accounts of these customers (OCN)</label><input type="text" id="ocns" name="ocns" value="${ocn}">
<label class="choice"><input type="checkbox" name="only" value="parked"${parked ? html` checked` : html``}> Of these only the parked ones</label>
<fieldset><legend>Emails</legend>${resend}</fieldset>
${reasonField('reason')}
<div class="actions"><button type="submit" name="step" value="preview">Look at what it would do</button></div></form>`;
}

function idsIn(text: string | undefined): string[] {
  return [...new Set((text ?? '').split(/[\s,;]+/).filter((id) => id !== ''))];
}
