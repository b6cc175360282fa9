import type { AccountPreview } from '../billing/preview.ts';
import type { RerunOutcome } from '../billing/preview-account.ts';
import type { BillDifference, FieldDifference } from '../documents/bill-difference.ts';
import { colors, print, printParagraph, printTable } from './output.ts';

/** Accounts and emails of a preview. */
export interface PreviewCounts {
  readonly accounts: number;
  readonly outcomes: Readonly<Record<RerunOutcome, number>>;
  readonly emails: number;
}

const TOLD: Readonly<Record<RerunOutcome, string>> = {
  new: 'new: issued now',
  changed: 'changed: a new version',
  unchanged: 'unchanged',
  held: 'held: a first invoice that waits for an answer',
  refused: 'refused: figures changed after issue, asks for a correction',
  broken: 'broken: cannot be billed',
};

export function countsOf(accounts: readonly AccountPreview[]): PreviewCounts {
  const inOutcome = (outcome: RerunOutcome) => accounts.filter((account) => account.outcome === outcome).length;
  const outcomes = Object.fromEntries(Object.keys(TOLD).map((name) => [name, inOutcome(name as RerunOutcome)]));
  return {
    accounts: accounts.length,
    outcomes: outcomes as PreviewCounts['outcomes'],
    emails: accounts.reduce((sum, { emails }) => sum + emails, 0),
  };
}

/** What would happen, and why, account by account; what stays as it is is only counted. */
export function printPreview(accounts: readonly AccountPreview[]): void {
  for (const account of accounts) if (account.outcome !== 'unchanged') printAccount(account);
  const { outcomes, emails } = countsOf(accounts);
  printTable(
    ['  what a rerun would do', 'accounts'],
    Object.entries(outcomes).map(([name, count]) => [`  ${TOLD[name as RerunOutcome]}`, count]),
  );
  print(`\n  ${emails} emails would go. Nothing was changed.`);
}

function printAccount({ calendar, bcn, outcome, bills, documents, emails }: AccountPreview): void {
  print(`${colors.bold(bcn)} ${calendar}: ${outcome}${emails > 0 ? `, ${emails} emails` : ''}`);
  for (const { billId, outcome: what, number, reason, difference } of bills) {
    if (what === 'unchanged') continue;
    printParagraph(`  ${reason ?? `Bill ${billId}${number ? `, ${number},` : ''} is ${what}`}`, 4);
    if (difference) printDifference(difference);
  }
  if (documents.length > 0) printParagraph(`  new versions: ${documents.join(', ')}`, 4);
}

/** `-` what was, `+` what is, as in any diff. */
export function printDifference({ header, lines }: BillDifference): void {
  printFields('bill', header);
  for (const { lineId, name, change, fields } of lines) {
    print(colors.dim(`    line ${lineId} ${name}${change === 'changed' ? '' : `: ${change}`}`));
    printFields(undefined, fields);
  }
}

function printFields(what: string | undefined, fields: readonly FieldDifference[]): void {
  if (what && fields.length > 0) print(colors.dim(`    ${what}`));
  for (const { field, before, after } of fields) {
    if (before !== undefined) printParagraph(colors.red(`    - ${field} ${before}`), 8);
    if (after !== undefined) printParagraph(colors.green(`    + ${field} ${after}`), 8);
  }
}
