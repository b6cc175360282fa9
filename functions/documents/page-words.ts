import type { Language } from '../money/format.ts';
import type { DocumentKind } from './portal-key.ts';

/** What the document page says. */
interface PageWords {
  readonly title: (period: string) => string;
  /** The page with the documents of all periods. */
  readonly all: string;
  readonly none: string;
  readonly earlier: string;
  readonly newest: string;
  readonly customerNumber: string;
  readonly account: string;
  readonly kinds: Readonly<Record<DocumentKind, string>>;
  readonly due: (amount: string, date: string) => string;
  /** Of a credit note, and of what we pay out by a date. */
  readonly credited: (amount: string) => string;
  readonly paidOut: (amount: string, date: string) => string;
  readonly nothingToPay: (amount: string) => string;
  readonly open: string;
  readonly private: string;
  readonly questions: (email: string, phone: string) => string;
}

export const PAGE_WORDS: Readonly<Record<Language, PageWords>> = {
  en: {
    title: (period) => `Documents for ${period}`,
    all: 'Your documents',
    none: 'There are no documents yet.',
    earlier: 'Earlier documents',
    newest: 'Latest documents',
    customerNumber: 'Customer number',
    account: 'Billing account',
    kinds: {
      invoice: 'Invoice',
      'credit-note': 'Credit note',
      'self-billed-invoice': 'Self-billed invoice',
      'outpayment-statement': 'Outpayment statement',
      cdr: 'Call records',
      unl: 'Number list',
    },
    due: (amount, date) => `${amount}, due ${date}`,
    credited: (amount) => `${amount} in your favour`,
    paidOut: (amount, date) => `${amount}, paid to you by ${date}`,
    nothingToPay: (amount) => `${amount}, nothing to pay`,
    open: 'Open',
    private: 'This page is yours alone. Please do not pass its address on.',
    questions: (email, phone) => `Questions? Write to ${email} or call ${phone}.`,
  },
  de: {
    title: (period) => `Unterlagen für ${period}`,
    all: 'Ihre Unterlagen',
    none: 'Es gibt noch keine Unterlagen.',
    earlier: 'Ältere Unterlagen',
    newest: 'Neueste Unterlagen',
    customerNumber: 'Kundennummer',
    account: 'Rechnungskonto',
    kinds: {
      invoice: 'Rechnung',
      'credit-note': 'Rechnungskorrektur',
      'self-billed-invoice': 'Gutschrift',
      'outpayment-statement': 'Auszahlungsabrechnung',
      cdr: 'Einzelverbindungs\u00adnachweis',
      unl: 'Rufnummernliste',
    },
    due: (amount, date) => `${amount}, fällig am ${date}`,
    credited: (amount) => `${amount} zu Ihren Gunsten`,
    paidOut: (amount, date) => `${amount}, Auszahlung bis ${date}`,
    nothingToPay: (amount) => `${amount}, nichts zu zahlen`,
    open: 'Öffnen',
    private: 'Diese Seite ist nur für Sie. Bitte geben Sie ihre Adresse nicht weiter.',
    questions: (email, phone) => `Fragen? Schreiben Sie an ${email} oder rufen Sie an: ${phone}.`,
  },
  fr: {
    title: (period) => `Documents pour ${period}`,
    all: 'Vos documents',
    none: 'Il n’y a pas encore de documents.',
    earlier: 'Documents précédents',
    newest: 'Derniers documents',
    customerNumber: 'Numéro de client',
    account: 'Compte de facturation',
    kinds: {
      invoice: 'Facture',
      'credit-note': 'Avoir',
      'self-billed-invoice': 'Autofacture',
      'outpayment-statement': 'Relevé de reversement',
      cdr: 'Relevé des communications',
      unl: 'Liste des numéros',
    },
    due: (amount, date) => `${amount}, échéance ${date}`,
    credited: (amount) => `${amount} en votre faveur`,
    paidOut: (amount, date) => `${amount}, versés d’ici au ${date}`,
    nothingToPay: (amount) => `${amount}, rien à payer`,
    open: 'Ouvrir',
    private: 'Cette page vous est personnelle. Merci de ne pas transmettre son adresse.',
    questions: (email, phone) => `Une question\u00a0? Écrivez à ${email} ou appelez le ${phone}.`,
  },
};
