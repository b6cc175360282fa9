import { type Html, html } from '../pages/html.ts';
import { addressOf } from './live.ts';

/** The parameter that says where a page of a list goes on. */
const AFTER = 'after';
const LONGEST = 1000;

/** Where a list goes on, as the address says it: of no meaning to people, and of no harm when somebody makes it up. */
export function afterIn(query: Readonly<Record<string, string | undefined>>): string | undefined {
  const text = query[AFTER];
  if (text === undefined || text.length > LONGEST || !/^[\w-]+$/.test(text)) return undefined;
  return Buffer.from(text, 'base64url').toString();
}

/** The way to the rest of a list; nothing on its last page. */
export function moreLink(path: string, query: Readonly<Record<string, string | undefined>>, next: string | undefined): Html {
  if (next === undefined) return html``;
  const to = addressOf(path, query, { [AFTER]: Buffer.from(next).toString('base64url') });
  return html`<p class="moves"><a href="${to}" rel="next">More</a></p>`;
}
