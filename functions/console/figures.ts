import { type Html, html } from '../pages/html.ts';

const GROUPED = new Intl.NumberFormat('en-GB');

/**
 * A number as a cell of a table: nothing stands out as much as what is there.
 * @param to where what was counted is listed
 */
export function numberCell(of: string, value: number, mark: '' | 'warn' | 'bad' = '', to?: string): Html {
  const kind = value === 0 ? 'n zero' : `n ${mark}`.trim();
  const number = to === undefined || value === 0 ? html`${grouped(value)}` : html`<a href="${to}">${grouped(value)}</a>`;
  return html`<td class="${kind}" data-of="${of}">${number}</td>`;
}

export function grouped(value: number): string {
  return GROUPED.format(value);
}

/** `1 account`, `2 accounts`. */
export function counted(value: number, one: string): string {
  return `${grouped(value)} ${one}${value === 1 ? '' : 's'}`;
}

/** `2026-11-04 07:00:03` on the clocks of a time zone. */
export function localText(at: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return parts.format(new Date(at));
}

/** `2026-11-04 07:00:03 UTC`. */
export function instantText(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`;
}
