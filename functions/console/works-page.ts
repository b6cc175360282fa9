import { STATE_WORDS } from '../messages/message-words.ts';
import { type Html, html } from '../pages/html.ts';
import { releaseWorks } from '../planned-works/reconsider.ts';
import type { InvitationSummary, ReaderSummary } from '../planned-works/summary.ts';
import { statusOf } from '../planned-works/window-status.ts';
import { type InvitedCustomer, invitedPage, ticketPage } from '../planned-works/works-lists.ts';
import { getWorks, type WorksState } from '../planned-works/works-store.ts';
import { actForms, missingPage, wordOf } from './act-form.ts';
import type { ConsoleAct, ConsolePage, ConsoleRequest } from './console-page.ts';
import { paths } from './links.ts';
import { type Column, facts, moves, table } from './table.ts';
import { counted, link, when } from './words.ts';

/** `GET /works/{worksId}`: what the works are, what holds them, and who was invited, got it, accepted, declined. */
export async function worksPage(request: ConsoleRequest): Promise<ConsolePage> {
  const { worksId = '' } = request.parameters;
  const { after } = request.query;
  const state = await getWorks(worksId);
  if (!state) return missingPage(`No works ${worksId} have come.`);
  const [invited, tickets] = await Promise.all([invitedPage(worksId, after), ticketPage(worksId)]);
  const ticketLines = tickets.map(
    ({ ticketId, kind, ocn = '', at, reason }) => html`<li>${ticketId}, ${when(at)}, ${kind} ${ocn}: ${reason}</li>`,
  );
  const body = [
    worksFacts(state),
    holdPart(request, state),
    windowTable(state, request.now),
    html`<h2>Who was invited</h2>`,
    readerTable(invited.rows),
    moves((cursor) => paths.works(worksId, { after: cursor }), after, invited.next),
    ...(ticketLines.length === 0 ? [] : [html`<h2>Tickets</h2><ul>${ticketLines}</ul>`]),
  ];
  return { title: state.works.title, body };
}

/** `POST /works/{worksId}/release`: what was held goes out, by a named person. */
export const releaseHeldWorks: ConsoleAct = async (request, form) => {
  const { worksId = '' } = request.parameters;
  await releaseWorks(worksId, wordOf(request, form), request.now);
  return { to: paths.works(worksId), said: `Works ${worksId} go out.` };
};

function worksFacts({ revision, works, unknownServices, receivedAt, eventId, releases }: WorksState): Html {
  const { worksId, status, class: worksClass, reference, location, services, coordinator } = works;
  return facts([
    ['Works', `${worksId}, revision ${revision}`],
    ['Status', `${worksClass}, ${status}`],
    ['Reference', reference],
    ['Location', location],
    ['Coordinator', coordinator?.name],
    ['Circuits', String(services.length)],
    ['People did', link(paths.acts(worksId), 'what the audit trail says')],
    ['Unknown circuits', unknownServices.join(', ')],
    ['Came', html`${when(receivedAt)}, event ${eventId}`],
    ...releases.map(({ by, reason, at }) => ['Let out', html`by ${by}, ${when(at)}: ${reason}`] as const),
  ]);
}

function holdPart(request: ConsoleRequest, { works: { worksId }, hold }: WorksState): Html {
  if (!hold) return html``;
  const { reason, since, customers, recipients } = hold;
  const told = `${counted(customers, 'customer', 'customers')}, ${counted(recipients, 'recipient', 'recipients')}`;
  const form = actForms(request, [{ to: `${paths.works(worksId)}/release`, act: 'Let them go out', about: `${told} are told.` }]);
  return html`<div class="answer needs-a-person"><p><strong>It waits for a named person</strong> since ${when(since)}: ${reason}. ${told} would be told.</p></div>${form}`;
}

function windowTable({ works }: WorksState, now: Date): Html {
  const columns: Column<(typeof works.windows)[number]>[] = [
    { head: 'Window', cell: ({ windowId }) => windowId },
    { head: 'Begins', cell: ({ start }) => when(start) },
    { head: 'Ends', cell: ({ end }) => when(end) },
    { head: 'Status', cell: ({ windowId, end }) => `${statusOf(works, windowId)}${new Date(end) <= now ? ', over' : ''}` },
  ];
  return html`<h2>Windows</h2>${table('Windows', columns, works.windows, '')}`;
}

type ReaderRow = ReaderSummary & Pick<InvitationSummary, 'ocn' | 'account' | 'windowId'>;

function readerTable(customers: readonly InvitedCustomer[]): Html {
  const rows = customers.flatMap(({ invitations }) =>
    invitations.flatMap(({ ocn, account, windowId, recipients }) =>
      recipients.map((reader): ReaderRow => ({ ...reader, ocn, account, windowId })),
    ),
  );
  const columns: Column<ReaderRow>[] = [
    { head: 'Customer', cell: ({ ocn }) => link(paths.customer(ocn), ocn) },
    { head: 'For', cell: ({ account, ocn }) => (account === ocn ? 'all accounts' : account) },
    { head: 'Window', cell: ({ windowId }) => windowId },
    { head: 'Contact', cell: ({ contactId, address }) => html`${contactId} ${address}` },
    { head: 'Told', cell: ({ method, sequence }) => `${METHODS[method]}, number ${sequence}` },
    { head: 'Email', cell: emailOf },
    { head: 'Answer', cell: ({ answer }) => answer ?? '' },
  ];
  const more = customers
    .filter(({ isAll }) => !isAll)
    .map(({ ocn }) => html`<p class="quiet">Customer ${ocn} has more readers than are shown.</p>`);
  return html`${table('Who was invited', columns, rows, 'Nobody was invited.')}${more}`;
}

function emailOf({ messageId, state, reason }: ReaderRow): Html {
  return html`${link(paths.message(messageId), STATE_WORDS[state])}${reason ? `: ${reason}` : ''}`;
}

const METHODS: Readonly<Record<ReaderSummary['method'], string>> = { REQUEST: 'invited', CANCEL: 'cancelled', DATA: 'data only' };
