import type { Invoice } from '../invoice.ts';
import type { Language } from '../languages/language.ts';

/** A line of "how to pay": a labelled value, or a sentence. */
export interface Instruction {
  readonly label?: string;
  readonly text: string;
  readonly strong?: boolean;
}

/** How the document is paid, in words. Where we collect, no bank details are shown that anyone could pay to. */
export function instructionsOf(invoice: Invoice, language: Language): Instruction[] {
  const { words, longDate } = language;
  const { summary } = words;
  const { payment, paymentReference: reference, kind, dueDate } = invoice;
  switch (payment.method) {
    case 'nothing':
      return kind === 'credit-note' ? [{ text: words.credited }] : [{ text: summary.nothingToPay, strong: true }];
    case 'draft':
      return [{ text: words.draft.payment }];
    case 'direct-debit':
      return [
        { text: words.collected(longDate(payment.on), payment.mandate.reference) },
        ...labelled(summary.bankAccount, payment.mandate.accountMasked),
        ...labelled(summary.creditorId, payment.creditorId),
        ...labelled(summary.reference, reference),
      ];
    case 'payout':
      return [{ text: words.paidOut(longDate(dueDate)) }, ...bankLines(payment.bank, language), ...labelled(summary.reference, reference)];
    case 'transfer':
      return [...bankLines(payment.bank, language), { label: summary.reference, text: reference, strong: true }];
  }
}

function bankLines(bank: Invoice['issuer']['bank'] | undefined, { words: { summary } }: Language): Instruction[] {
  if (!bank) return [];
  return [
    ...labelled(summary.bank, bank.name),
    ...labelled(summary.iban, bank.iban && grouped(bank.iban)),
    ...labelled(summary.bic, bank.bic),
    ...labelled(summary.bankAccount, bank.account),
  ];
}

function labelled(label: string, text: string | undefined): Instruction[] {
  return text ? [{ label, text }] : [];
}

/** An IBAN in groups of four, as people copy it (ISO 13616). */
function grouped(iban: string): string {
  return iban
    .replaceAll(' ', '')
    .replaceAll(/(.{4})(?=.)/g, '$1 ')
    .trim();
}
