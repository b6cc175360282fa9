import { now } from '../../../functions/aws/clock.ts';
import type { ConsoleAnswer, ConsolePage, ConsolePerson, ConsoleRequest } from '../../../functions/console/console-page.ts';

export const VIEWER: ConsolePerson = { subject: 'u-1', name: 'Vera View', role: 'view' };
export const ACTOR: ConsolePerson = { subject: 'u-2', name: 'Jane Clerk', role: 'act' };

type Asked = Partial<Pick<ConsoleRequest, 'parameters' | 'query' | 'person'>>;

/** What a page is asked for, now. */
export function asked({ parameters = {}, query = {}, person = ACTOR }: Asked = {}): ConsoleRequest {
  return { parameters, query, person, now: now(), csrf: 'csrf-of-the-session' };
}

/** A form as it comes. */
export function form(fields: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(fields));
}

/** A page's markup. */
export function markupOf({ body }: ConsolePage): string {
  return ('html' in body ? [body] : body).map(({ html }) => html).join('\n');
}

/** What a reader sees of a page, blanks as one. */
export function textOf(page: ConsolePage): string {
  return markupOf(page)
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Where the next page of a list is. */
export function nextOf(page: ConsolePage): Record<string, string> | undefined {
  const href = /<a href="([^"]*)" rel="next">/.exec(markupOf(page))?.[1]?.replaceAll('&amp;', '&');
  return href === undefined ? undefined : Object.fromEntries(new URL(href, 'https://console.invalid').searchParams);
}

/** An answer that is a page at once. */
export function pageIn(answer: ConsoleAnswer): ConsolePage {
  if ('to' in answer) throw new Error(`It led to ${answer.to}`);
  return answer;
}
