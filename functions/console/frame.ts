import type { PageAnswer, PageRequest } from '../aws/page-door.ts';
import { frame, headersFor } from '../pages/frame.ts';
import { type Html, html } from '../pages/html.ts';
import type { ConsolePage } from './console-page.ts';
import { csrfField } from './forms.ts';
import { addressOf, LIVE, SAID, STILL } from './live.ts';
import { MENU } from './menu.ts';
import type { SignedIn } from './signed-in.ts';
import { CONSOLE_STYLE } from './style.ts';

/** The referrer stays in the house: without one, browsers do not say where a form comes from, and our own would be refused. */
export const CONSOLE_HEADERS = { ...headersFor(CONSOLE_STYLE), 'referrer-policy': 'same-origin' } as const;

/** Puts the frame around a page: the menu, who is signed in, what the last act came to; and lets it look again where it must be live. */
export function framed(page: ConsolePage, signedIn: SignedIn, request: Pick<PageRequest, 'path' | 'query'>): PageAnswer {
  const { status = 200, title, body, refresh } = page;
  const looks = refresh !== undefined && request.query[STILL] === undefined;
  const again = addressOf(request.path, request.query, { [LIVE]: '1' });
  const main = html`<h1>${title}</h1>${saidNote(signedIn, request.query[SAID])}${body}${refresh === undefined ? html`` : liveNote(request, refresh, looks)}`;
  return {
    status,
    // By a header: it says the same as the `meta` element, and nothing else of the page moves.
    headers: { ...CONSOLE_HEADERS, ...(looks ? { refresh: `${refresh}; url=${again}` } : {}) },
    body: frame('en', `${title} · carrierpost`, html`${head(signedIn, request.path)}<main id="main">${main}</main>`, CONSOLE_STYLE),
  };
}

/** A page for somebody who is not signed in. */
export function strangerPage(title: string, body: Html): string {
  const page = html`<header><div class="bar"><strong>carrierpost</strong></div></header><main><h1>${title}</h1>${body}</main>`;
  return frame('en', `${title} · carrierpost`, page, CONSOLE_STYLE);
}

function head({ person, csrf }: SignedIn, path: string): Html {
  const entries = MENU.map(([to, name]) => {
    const here = to === '/' ? path === '/' || path.startsWith('/runs/') : path === to || path.startsWith(`${to}/`);
    return here ? html`<a href="${to}" aria-current="page">${name}</a>` : html`<a href="${to}">${name}</a>`;
  });
  const role = person.role === 'act' ? 'may act' : 'may look';
  return html`<a class="skip" href="#main">Skip to the page</a>
<header><div class="bar"><strong>carrierpost</strong><nav aria-label="Console">${entries}</nav>
<div class="who"><span>${person.name}, ${role}</span><form method="post" action="/sign-out">${csrfField(csrf)}<button type="submit" class="plain">Sign out</button></form></div></div></header>`;
}

/** Only the sentence that the address names: it is gone when somebody goes elsewhere. */
function saidNote({ said }: SignedIn, asked: string | undefined): Html {
  return said && said.id === asked ? html`<div class="said" role="status"><p>${said.text}</p></div>` : html``;
}

function liveNote({ path, query }: Pick<PageRequest, 'path' | 'query'>, seconds: number, looks: boolean): Html {
  const note = looks
    ? html`This page looks again every ${String(seconds)} seconds. <a href="${addressOf(path, query, { [STILL]: '1' })}">Let it stand still</a>`
    : html`This page stands still. <a href="${addressOf(path, query)}">Let it look again</a>`;
  return html`<p class="quiet">${note}</p>`;
}
