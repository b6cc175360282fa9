import type { Invoice } from '../documents/invoice.ts';
import type { InvoiceLine, ServiceGroup } from '../documents/invoice-lines.ts';

/** A line of a draft that its reader may ask about. */
export interface AskedLine {
  /** Names it in the form of the page: the same as long as the draft is the same. */
  readonly field: string;
  readonly billId: string;
  readonly line: InvoiceLine;
}

/** What one service costs, or the account itself, on one document of the draft. */
export interface AskedGroup {
  readonly group: ServiceGroup;
  /** Empty where there are too many to show. */
  readonly lines: readonly AskedLine[];
}

/** The lines of one document of the draft in the order in which it prints them. */
export interface AskedDocument {
  readonly invoice: Invoice;
  readonly groups: readonly AskedGroup[];
}

/** More lines make a page that no phone opens; they stand in the file, and may be asked about in words. */
const MOST_LINES = 2000;

/** Every line of a draft with a name for the form, in the order of the paper. */
export function askedDocuments(invoices: readonly Invoice[]): AskedDocument[] {
  let shown = 0;
  return invoices.map((invoice, document) => {
    let count = 0;
    const groups = invoice.services.map((group) => {
      const lines = group.sections.flatMap((section) => section.lines);
      shown += lines.length;
      if (shown > MOST_LINES) return { group, lines: [] };
      return { group, lines: lines.map((line) => ({ field: `line-${document}-${count++}`, billId: invoice.billId, line })) };
    });
    return { invoice, groups };
  });
}

/** The same without documents and services. */
export function allLines(documents: readonly AskedDocument[]): AskedLine[] {
  return documents.flatMap(({ groups }) => groups.flatMap(({ lines }) => lines));
}
