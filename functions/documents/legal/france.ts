import { EU_CATEGORIES, EU_DOCUMENTS, REVERSE_CHARGE_ABROAD } from './european-union.ts';
import type { CountryLaw } from './legal-words.ts';

export const france: CountryLaw = {
  tax: 'vat',
  categories: [
    {
      category: 'AE',
      buyer: 'domestic',
      words: {
        en: 'Reverse charge (Autoliquidation), art. 283-2 octies of the Code général des impôts.',
        de: 'Steuerschuldnerschaft des Leistungsempfängers (Autoliquidation), Art. 283-2 octies CGI.',
        fr: 'Autoliquidation (art. 283-2 octies du CGI).',
      },
      code: 'VATEX-EU-AE',
      source: 'CGI art. 283-2 octies; CGI annexe II art. 242 nonies A, I, 13°',
    },
    REVERSE_CHARGE_ABROAD,
    {
      category: 'AE',
      words: {
        en: 'Reverse charge (Autoliquidation), art. 196 of Directive 2006/112/EC.',
        de: 'Steuerschuldnerschaft des Leistungsempfängers (Autoliquidation), Art. 196 der Richtlinie 2006/112/EG.',
        fr: 'Autoliquidation (art. 259-1° du CGI et art. 196 de la directive 2006/112/CE).',
      },
      code: 'VATEX-EU-AE',
      source: 'CGI art. 259-1°; CGI annexe II art. 242 nonies A, I, 13°',
    },
    {
      category: 'K',
      words: {
        en: 'Intra-Community supply, exempt from VAT (art. 262 ter I of the Code général des impôts).',
        de: 'Steuerfreie innergemeinschaftliche Lieferung (Art. 262 ter I CGI).',
        fr: 'Exonération de TVA, art. 262 ter I du CGI.',
      },
      code: 'VATEX-EU-IC',
      source: 'CGI art. 262 ter I; CGI annexe II art. 242 nonies A, I, 12°',
    },
    {
      category: 'O',
      buyer: 'domestic',
      words: { en: 'Outside the scope of French VAT.', de: 'In Frankreich nicht steuerbar.', fr: 'Hors champ de la TVA.' },
      code: 'VATEX-EU-O',
      source: 'CGI art. 256: what is no supply for consideration; the bill tells why',
    },
    {
      category: 'O',
      words: {
        en: 'Not subject to French VAT (art. 259-1° of the Code général des impôts).',
        de: 'In Frankreich nicht steuerbar (Art. 259-1° CGI).',
        fr: 'TVA non applicable (art. 259-1° du CGI).',
      },
      code: 'VATEX-EU-O',
      source: 'CGI art. 259-1°',
    },
    ...EU_CATEGORIES,
  ],
  documents: [
    {
      kinds: ['invoice'],
      words: {
        en: 'No discount for early payment. Late payment: interest at the European Central Bank’s refinancing rate plus 10 points, and a fixed recovery charge of €40.',
        de: 'Kein Skonto. Bei Verzug: Zinsen in Höhe des Refinanzierungssatzes der Europäischen Zentralbank zuzüglich 10 Punkten und eine Pauschale von 40 € für Beitreibungskosten.',
        fr: 'Pas d’escompte pour paiement anticipé. Retard de paiement : pénalités au taux de refinancement de la Banque centrale européenne majoré de 10 points et indemnité forfaitaire de recouvrement de 40 €.',
      },
      source: 'Code de commerce art. L441-9, L441-10 II and D441-5',
    },
    ...EU_DOCUMENTS,
  ],
};
