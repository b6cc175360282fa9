import { ACTS, type ActRecord, type Subject, type Values } from '../audit/human-act.ts';
import { describeSubject } from '../audit/subject.ts';
import { doerName } from '../audit/trail.ts';
import { type Html, html } from '../pages/html.ts';
import { batchOf, paths } from './links.ts';
import { link } from './words.ts';

/** What people did, a row for each act. */
export function actTable(acts: readonly ActRecord[]): Html {
  if (acts.length === 0) return html`<p class="quiet">Nobody did anything.</p>`;
  const heads = ['When', 'Who', 'What', 'About', 'Why', 'Before and after'].map((head) => html`<th scope="col">${head}</th>`);
  return html`<section class="box" tabindex="0" aria-label="Acts"><table class="cards"><caption class="unseen">What people did, the newest first</caption>
<thead><tr>${heads}</tr></thead><tbody>
${acts.map(rowOf)}</tbody></table></section>`;
}

function rowOf({ at, by, from, approvedBy, what, reason = '', subject, before, after, ledTo }: ActRecord): Html {
  const second = approvedBy === undefined ? html`` : html`<br>approved by ${approvedBy}`;
  const who = html`<a href="/audit?person=${doerName(by)}">${by}</a><br><span class="state">${from}</span>${second}`;
  const cells = [
    cell('When', html`<time datetime="${at}">${at.slice(0, 'yyyy-mm-ddThh:mm:ss'.length).replace('T', ' ')} UTC</time>`),
    cell('Who', who),
    cell('What', html`${ACTS[what]}`),
    cell('About', subjectLinks(subject)),
    cell('Why', html`${reason}`),
    cell('Before and after', changeOf(before, after, ledTo)),
  ];
  return html`<tr>${cells}</tr>`;
}

/** On a phone the row is a card, and an empty cell of it says nothing. */
function cell(head: string, content: Html): Html {
  return content.html === '' ? html`<td></td>` : html`<td data-of="${head}"><span>${content}</span></td>`;
}

/** Each thing that an act was about leads to its own page. */
function subjectLinks(subject: Subject): Html {
  const { ocn, bcn, period, calendar, runId, messageId, taskId, worksId } = subject;
  const { contactId, queue, sending, bcns, ocns } = subject;
  const links = [
    to('account', '/accounts/', bcn),
    to('customer', '/customers/', ocn),
    period !== undefined && calendar !== undefined
      ? link(paths.run(period, calendar, batchOf(Number(runId?.split('.').at(-1)))), runId ?? `${period} ${calendar}`)
      : undefined,
    to('message', '/messages/', messageId),
    to('task', '/tasks/', taskId),
    to('works', '/works/', worksId),
  ].filter((one) => one !== undefined);
  const rest = describeSubject({ contactId, queue, sending, bcns, ocns, ...(calendar === undefined && { period }) });
  const pieces = [...links, ...(rest === '' ? [] : [html`${rest}`])];
  return html`${pieces.map((piece, index) => (index === 0 ? piece : html`, ${piece}`))}`;
}

function to(what: string, path: string, id: string | undefined): Html | undefined {
  return id === undefined ? undefined : html`<a href="${path}${encodeURIComponent(id)}">${what} ${shortened(id)}</a>`;
}

/** Hashes and ids made of them are known by their beginning; the export has them whole. */
function shortened(value: Values[string]): string {
  const text = String(value);
  return /^[0-9a-f]{32,}$/.test(text) ? `${text.slice(0, 12)}…` : text;
}

function changeOf(before: Values | undefined, after: Values | undefined, ledTo: string | undefined): Html {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const lines = names.map((name) => {
    const [was, is] = [before?.[name], after?.[name]];
    if (was === is || is === undefined) return html`${name}: ${shortened(was)}<br>`;
    return was === undefined ? html`${name}: ${shortened(is)}<br>` : html`${name}: ${shortened(was)} → ${shortened(is)}<br>`;
  });
  const led = ledTo === undefined ? html`` : html`<span class="quiet">led to ${ledTo}</span>`;
  return lines.length === 0 && ledTo === undefined ? html`` : html`${lines}${led}`;
}
