import { formatDate, formatMoney, type Language } from '../money/format.ts';
import type { PaymentSaid, PaymentState } from './payment-status.ts';

interface PaymentWords {
  readonly states: Readonly<Record<Exclude<PaymentState, 'part-paid' | 'not-applicable'>, string>>;
  readonly partPaid: (amount: string) => string;
  readonly asOf: (date: string) => string;
}

const WORDS: Readonly<Record<Language, PaymentWords>> = {
  en: {
    states: { open: 'Not settled yet', closed: 'Settled', disputed: 'In dispute' },
    partPaid: (amount) => `${amount} settled so far`,
    asOf: (date) => `as of ${date}`,
  },
  de: {
    states: { open: 'Noch nicht ausgeglichen', closed: 'Ausgeglichen', disputed: 'In Klärung' },
    partPaid: (amount) => `Bisher ${amount} ausgeglichen`,
    asOf: (date) => `Stand ${date}`,
  },
  fr: {
    states: { open: 'Pas encore réglé', closed: 'Réglé', disputed: 'En litige' },
    partPaid: (amount) => `${amount} réglés à ce jour`,
    asOf: (date) => `situation au ${date}`,
  },
};

/** Where a document's payment stands, as its customer reads it; empty where nothing is to be paid. */
export function paymentWords({ status, paid, currency, asOf }: PaymentSaid, language: Language): string {
  if (status === 'not-applicable') return '';
  const words = WORDS[language];
  const state = status === 'part-paid' ? words.partPaid(formatMoney(paid, currency, language)) : words.states[status];
  return `${state}, ${words.asOf(formatDate(asOf.slice(0, 'YYYY-MM-DD'.length), language))}`;
}
