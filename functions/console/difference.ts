import type { BillDifference, FieldDifference } from '../documents/bill-difference.ts';
import { type Html, html } from '../pages/html.ts';

/** The figures that people look for, by their names in the carrier's bills. */
const FIGURES: readonly (readonly [RegExp, string])[] = [
  [/^taxExcludedAmount\.value$/, 'net'],
  [/^taxIncludedAmount\.value$/, 'gross'],
  [/^taxItem\.\d+\.taxAmount\.value$/, 'VAT'],
  [/^unitPrice$/, 'price of one'],
];

/** What a bill says otherwise than before, line by line: `-` what was, `+` what is. */
export function differenceBlock({ header, lines }: BillDifference): Html {
  const ofLines = lines.map(
    ({ lineId, name, change, fields }) => html`line ${lineId} ${name}${change === 'changed' ? '' : `: ${change}`}
${fields.map(fieldLines)}`,
  );
  return html`<pre>${header.length > 0 ? html`bill\n${header.map(fieldLines)}` : html``}${ofLines}</pre>`;
}

function fieldLines({ field, before, after }: FieldDifference): Html {
  const words = FIGURES.find(([name]) => name.test(field))?.[1] ?? field;
  const was = before === undefined ? html`` : html`<del>- ${words} ${before}</del>\n`;
  return html`${was}${after === undefined ? html`` : html`<ins>+ ${words} ${after}</ins>\n`}`;
}
