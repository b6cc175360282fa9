import { type Html, html } from '../pages/html.ts';

/** An instant to the minute, in UTC, which is the same for everybody who looks. */
export function when(instant: string | undefined): Html | string {
  if (!instant) return '';
  const text = `${instant.slice(0, 'yyyy-mm-ddThh:mm'.length).replace('T', ' ')} UTC`;
  return html`<time datetime="${instant}">${text}</time>`;
}

/** An amount as the documents' records have it, with its currency. */
export function amount(value: string | undefined, currency: string | undefined): string {
  return value === undefined ? '' : `${value} ${currency ?? ''}`.trim();
}

/** A link with words. */
export function link(path: string, words: string): Html {
  return html`<a href="${path}">${words}</a>`;
}

/** `1 email`, `2 emails`. */
export function counted(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`;
}
