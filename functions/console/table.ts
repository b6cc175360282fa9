import { type Html, html } from '../pages/html.ts';

/** A column of a list. */
export interface Column<Row> {
  readonly head: string;
  readonly cell: (row: Row) => Html | string;
  /** Figures stand right. */
  readonly isFigure?: boolean;
}

/**
 * A list as a table; on a phone each row becomes a card. The first cell names its row.
 * @param caption what is listed
 * @param nothing what stands there instead of an empty table
 */
export function table<Row>(caption: string, columns: readonly Column<Row>[], rows: readonly Row[], nothing: string): Html {
  if (rows.length === 0) return html`<p class="quiet">${nothing}</p>`;
  const heads = columns.map(({ head, isFigure }) => html`<th scope="col"${isFigure ? html` class="n"` : html``}>${head}</th>`);
  const lines = rows.map((row) => html`<tr>${columns.map((column, index) => cellOf(column, row, index === 0))}</tr>`);
  return html`<section class="box" tabindex="0" aria-label="${caption}"><table class="cards"><caption class="unseen">${caption}</caption>
<thead><tr>${heads}</tr></thead><tbody>${lines}</tbody></table></section>`;
}

/** An empty cell of a card needs no label. */
function cellOf<Row>({ head, cell, isFigure }: Column<Row>, row: Row, isFirst: boolean): Html {
  const content = cell(row);
  if (isFirst) return html`<th scope="row">${content}</th>`;
  if (content === '') return html`<td></td>`;
  return html`<td data-of="${head}"${isFigure ? html` class="n"` : html``}><span>${content}</span></td>`;
}

/** Where a list goes on, and back to its beginning. */
export function moves(path: (after: string | undefined) => string, after: string | undefined, next: string | undefined): Html {
  const links = [
    ...(after === undefined ? [] : [html`<a href="${path(undefined)}">First page</a>`]),
    ...(next === undefined ? [] : [html`<a href="${path(next)}" rel="next">Next page</a>`]),
  ];
  return links.length === 0 ? html`` : html`<nav class="moves" aria-label="Pages of the list">${links}</nav>`;
}

/** Names and values, one below the other; what is not known is left out. */
export function facts(pairs: readonly (readonly [string, Html | string | undefined])[]): Html {
  const known = pairs.filter((pair): pair is readonly [string, Html | string] => pair[1] !== undefined && pair[1] !== '');
  return html`<div class="card"><dl class="facts wide">${known.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl></div>`;
}

/** Parts of a page beside each other; the one that is shown is marked. */
export function tabs<Name extends string>(names: Readonly<Record<Name, string>>, shown: Name, path: (name: Name) => string): Html {
  const links = (Object.entries(names) as [Name, string][]).map(([name, words]) =>
    name === shown ? html`<a href="${path(name)}" aria-current="page">${words}</a>` : html`<a href="${path(name)}">${words}</a>`,
  );
  return html`<nav class="tabs" aria-label="Parts of this page">${links}</nav>`;
}
