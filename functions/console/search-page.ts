import type { FormFields } from '../pages/form-body.ts';
import { type Html, html } from '../pages/html.ts';
import type { ConsoleAnswer, ConsolePage, ConsoleRequest } from './console-page.ts';
import { find, type Hit, soughtIn } from './search.ts';
import { table } from './table.ts';
import { link } from './words.ts';

const ABOUT = 'A customer number (OCN), a billing account (BCN), an invoice number, an email address, a works id, or the id of an email.';

/** `GET /search`: one field for everything. */
export function searchPage(request: ConsoleRequest): Promise<ConsolePage> {
  return Promise.resolve(shown(request, html``));
}

/** `POST /search`: what is sought stands in the body, so that no address is ever part of a URL. It only reads. */
export async function search(request: ConsoleRequest, form: FormFields): Promise<ConsoleAnswer> {
  const sought = soughtIn(form.get('for') ?? '');
  if (!sought) return shown(request, html`<p role="status">Please type what you look for.</p>`);
  const hits = await find(sought);
  const [only] = hits;
  if (only && hits.length === 1) return { to: only.path, said: `Found: ${only.is} ${only.name}.` };
  if (hits.length === 0) return shown(request, html`<p role="status">Nothing has exactly this number, id or address.</p>`);
  return shown(request, html`<h2>Found</h2>${hitTable(hits)}`);
}

function hitTable(hits: readonly Hit[]): Html {
  const columns = [
    { head: 'What', cell: ({ is }: Hit) => is },
    { head: 'Number or id', cell: ({ path, name }: Hit) => link(path, name) },
    { head: 'About', cell: ({ about }: Hit) => about },
  ];
  return table('What was found', columns, hits, '');
}

/** What was sought is not shown again: the answer to a form is a page without it. */
function shown({ csrf }: ConsoleRequest, results: Html): ConsolePage {
  const body = html`<form method="post" action="/search" class="search"><input type="hidden" name="csrf" value="${csrf}">
<label for="for">${ABOUT}</label><div class="pair"><input type="text" id="for" name="for" required maxlength="320" autocomplete="off" spellcheck="false"><button type="submit">Find</button></div></form>${results}`;
  return { title: 'Search', body };
}
