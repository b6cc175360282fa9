import type { Language } from '../money/format.ts';
import type { DocumentKind } from './portal-key.ts';

/** What the document page says. */
interface PageWords {
  readonly title: (period: string) => string;
  readonly customerNumber: string;
  readonly account: string;
  readonly kinds: Readonly<Record<DocumentKind, string>>;
  readonly due: (amount: string, date: string) => string;
  readonly open: string;
  readonly private: string;
  readonly questions: (email: string, phone: string) => string;
}

export const PAGE_WORDS: Readonly<Record<Language, PageWords>> = {
  en: {
    title: (period) => `Documents for ${period}`,
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
    open: 'Open',
    private: 'This page is yours alone. Please do not pass its address on.',
    questions: (email, phone) => `Questions? Write to ${email} or call ${phone}.`,
  },
  de: {
    title: (period) => `Unterlagen für ${period}`,
    customerNumber: 'Kundennummer',
    account: 'Rechnungskonto',
    kinds: {
      invoice: 'Rechnung',
      'credit-note': 'Rechnungskorrektur',
      'self-billed-invoice': 'Gutschrift',
      'outpayment-statement': 'Auszahlungsabrechnung',
      cdr: 'Einzelverbindungsnachweis',
      unl: 'Rufnummernliste',
    },
    due: (amount, date) => `${amount}, fällig am ${date}`,
    open: 'Öffnen',
    private: 'Diese Seite ist nur für Sie. Bitte geben Sie ihre Adresse nicht weiter.',
    questions: (email, phone) => `Fragen? Schreiben Sie an ${email} oder rufen Sie an: ${phone}.`,
  },
  fr: {
    title: (period) => `Documents pour ${period}`,
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
    open: 'Ouvrir',
    private: 'Cette page vous est personnelle. Merci de ne pas transmettre son adresse.',
    questions: (email, phone) => `Une question ? Écrivez à ${email} ou appelez le ${phone}.`,
  },
};

/** Nobody knows who reads the "not found" page, so it speaks every language. */
export const NOT_FOUND_WORDS = [
  {
    language: 'en',
    title: 'This link opens nothing',
    advice: 'Please use the link of your latest email, or write to your billing contact with us.',
  },
  {
    language: 'de',
    title: 'Dieser Link öffnet nichts',
    advice: 'Bitte nehmen Sie den Link aus Ihrer letzten E-Mail oder schreiben Sie uns.',
  },
  { language: 'fr', title: 'Ce lien n’ouvre rien', advice: 'Utilisez le lien de votre dernier e-mail ou écrivez-nous.' },
] as const;
