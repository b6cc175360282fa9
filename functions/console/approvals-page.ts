import { type Html, html } from '../pages/html.ts';
import { type Approval, type ApprovalState, endOf, objectionTo, stateAt } from './approval.ts';
import { approvalPage, findApproval } from './approval-store.ts';
import type { ConsolePage, ConsoleRequest } from './console-page.ts';
import { grouped, instantText } from './figures.ts';
import { csrfField, reasonField } from './forms.ts';
import { paths } from './links.ts';
import { afterIn, moreLink } from './paging.ts';
import { link } from './words.ts';

const STATES: Readonly<Record<ApprovalState | 'expired', readonly [words: string, mark: string]>> = {
  waiting: ['waits', 'warn'],
  approved: ['approved, not done yet', 'warn'],
  done: ['done', 'good'],
  refused: ['could not be done', 'bad'],
  declined: ['declined', ''],
  expired: ['expired', ''],
};

/** Everything that took a second person, newest first. */
export async function approvalsPage({ query, now }: ConsoleRequest): Promise<ConsolePage> {
  const { approvals, next } = await approvalPage(afterIn(query));
  const rows = approvals.map(
    (approval) => html`<tr><th scope="row"><a href="/approvals/${approval.id}">${approval.sentence}</a></th>
<td data-of="State">${label(stateAt(approval, now))}</td><td data-of="Asked by"><span>${approval.askedBy.name}</span></td><td data-of="Asked at">${instantText(approval.askedAt)}</td><td data-of="Decided by"><span>${approval.decided?.by.name ?? ''}</span></td></tr>`,
  );
  const table = html`<section class="box" tabindex="0" aria-label="Requests"><table class="cards"><thead><tr><th scope="col">What</th><th scope="col">State</th><th scope="col">Asked by</th><th scope="col">Asked at</th><th scope="col">Decided by</th></tr></thead><tbody>${rows}</tbody></table></section>`;
  return {
    title: 'Second person',
    body: [
      html`<p>A release or a rerun of many accounts, or of many emails, takes two people: one asks, another one approves within a day.</p>`,
      approvals.length === 0 ? html`<p>Nothing was asked for yet.</p>` : table,
      moreLink('/approvals', query, next),
    ],
  };
}

/** One request: what will be done, who asked and why, and what a second person can say to it. */
export async function approvalDetailPage(request: ConsoleRequest): Promise<ConsolePage> {
  const approval = await findApproval(request.parameters.id ?? '');
  if (!approval)
    return { status: 404, title: 'No such request', body: html`<p>There is no such request. <a href="/approvals">All requests</a></p>` };
  const { sentence, extent, askedBy, reason, askedAt, decided, outcome } = approval;
  const state = stateAt(approval, request.now);
  const rows: (readonly [string, Html | string])[] = [
    ['State', label(state)],
    ['Accounts', grouped(extent.accounts)],
    ['Emails that go again', extent.isUncounted ? 'more than can be counted before' : grouped(extent.emails)],
    ['Asked by', `${askedBy.name}, ${instantText(askedAt)}`],
    ['Why', reason],
    ...(state === 'waiting' ? [['Until', instantText(endOf(approval).toISOString())] as const] : []),
    ...(decided
      ? [['Decided by', `${decided.by.name}, ${instantText(decided.at)}${decided.reason ? `: ${decided.reason}` : ''}`] as const]
      : []),
    ...(outcome ? [['What came of it', outcome] as const] : []),
  ];
  const facts = rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`);
  return {
    title: sentence,
    body: [
      html`<nav class="moves" aria-label="Further pages"><a href="/approvals">All requests</a>${placeOf(approval)}</nav><div class="card"><dl class="facts">${facts}</dl></div>`,
      decisions(approval, request),
    ],
  };
}

/** Where it shows what comes of it. */
function placeOf({ subject: { period, calendar } }: Approval): Html {
  if (period === undefined) return html``;
  return calendar === undefined ? link(paths.month({ period }), 'The month') : link(paths.run(period, calendar), 'The run');
}

function decisions(approval: Approval, { person, csrf, now }: ConsoleRequest): Html {
  if (person.role !== 'act') return html``;
  if (approval.state === 'approved') {
    return html`<form method="post" class="card">${csrfField(csrf)}<p>It was approved, and then cut short. Doing it again does it once.</p><div class="actions"><button type="submit" name="act" value="finish">Do it now</button></div></form>`;
  }
  if (stateAt(approval, now) !== 'waiting') return html``;
  const objection = objectionTo(approval, 'approve', person.subject, now);
  const approve = objection
    ? html`<p>You asked for this: another person has to approve it.</p>`
    : html`<form method="post">${csrfField(csrf)}<div class="actions"><button type="submit" name="act" value="approve">Approve, and do it</button></div></form>`;
  return html`<section class="card" aria-labelledby="decide"><h2 id="decide">What you can do</h2>${approve}
<form method="post">${csrfField(csrf)}${reasonField('reason', objection ? 'Why you take it back' : 'Why not')}<div class="actions"><button type="submit" name="act" value="decline" class="second">${objection ? 'Take it back' : 'Decline'}</button></div></form></section>`;
}

function label(state: ApprovalState | 'expired'): Html {
  const [words, mark] = STATES[state];
  return html`<span class="${`state ${mark}`.trim()}">${words}</span>`;
}
