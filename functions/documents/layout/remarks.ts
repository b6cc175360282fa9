import type { Invoice } from '../invoice.ts';
import { decimalText, type Language, moneyText, percentText, spanText } from '../languages/language.ts';
import { wrap } from '../typesetting/wrap.ts';
import type { VatRow } from '../vat-rows.ts';
import { baseline, textAt } from './cells.ts';
import { type Block, gap } from './flow.ts';
import type { Letterhead } from './letterhead.ts';
import { mm } from './page.ts';
import { HEADING, LEFT, leading, SMALL, WIDTH } from './style.ts';

/** What has to be said in words: tax, corrections, the law's sentences, how to ask, and names that had no room above. */
export function remarkBlocks(invoice: Invoice, letterhead: Letterhead, overflow: readonly string[]): Block[] {
  const { language, entity, brand } = letterhead;
  const { contact } = entity;
  const sentences = [
    ...overflow,
    ...partyWords(invoice, language),
    ...correctionWords(invoice, language),
    ...invoice.vat.flatMap((row) => taxWords(row, language)),
    ...taxCurrencyWords(invoice, language),
    ...invoice.statements,
    language.words.questions(contact.email, contact.phone),
  ];
  const heading: Block = {
    height: leading(HEADING) + mm(1),
    items: [textAt(LEFT, baseline(0, HEADING), language.words.summary.remarks, HEADING, brand.accent)],
    keep: true,
  };
  return [gap(mm(5)), heading, ...sentences.flatMap(paragraphBlocks)];
}

/** Who sells to whom, where it is not the paper's owner who sells. */
function partyWords({ kind, seller, buyer }: Invoice, { words }: Language): string[] {
  if (kind !== 'self-billed-invoice' && kind !== 'outpayment-statement') return [];
  const [from, to] = [seller, buyer].map(({ name, vatId }) => (vatId ? `${name} (${vatId})` : name));
  return [words.parties(from ?? '', to ?? '')];
}

/** A paragraph as one block a line, so that it may be as long as it likes. */
function paragraphBlocks(text: string): Block[] {
  const lines = wrap(text, SMALL, WIDTH);
  return lines.map((line, i): Block => {
    const last = i === lines.length - 1;
    return {
      height: leading(SMALL) + (last ? 2.5 : 0),
      items: [textAt(LEFT, baseline(0, SMALL), line, SMALL)],
      keep: !last && (i === 0 || i === lines.length - 2),
    };
  });
}

/** A credit note corrects a document, an invoice replaces it. */
export function correctionLabel({ kind }: Pick<Invoice, 'kind'>, { words: { facts } }: Language): string {
  return kind === 'credit-note' ? facts.corrects : facts.replaces;
}

function correctionWords(invoice: Invoice, language: Language): string[] {
  const { corrects } = invoice;
  if (!corrects) return [];
  const { colon } = language;
  const { preceding, change } = language.words;
  const invoices = corrects.invoices.map(({ number, issueDate }) => preceding(number, language.longDate(issueDate)));
  const what = [...invoices, ...(corrects.period ? [spanText(corrects.period, language)] : [])];
  return [
    ...(what.length > 0 ? [`${correctionLabel(invoice, language)}${colon}${what.join('; ')}.`] : []),
    ...(corrects.reason ? [`${change}${colon}${corrects.reason}`] : []),
  ];
}

function taxWords({ category, words, customerAccounts }: VatRow, language: Language): string[] {
  const own = customerAccounts
    ? [language.words.customerAccounts(percentText(customerAccounts.rate, language), moneyText(customerAccounts.amount, language))]
    : [];
  const told = [...(words ? [words] : []), ...own];
  return told.length > 0 ? [`${category}${language.colon}${told.join(' ')}`] : [];
}

function taxCurrencyWords({ taxInCurrency: tax }: Invoice, language: Language): string[] {
  if (!tax) return [];
  const rate = decimalText(tax.rate, language.number);
  return [language.words.taxInCurrency(moneyText(tax.vat, language), rate, language.longDate(tax.date), tax.source)];
}
