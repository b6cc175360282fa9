import type { CategoryWords, CountryLaw, DocumentWords } from './legal-words.ts';

/** Reverse charge where the buyer is outside the Union: no member state's article makes it owe the tax. */
export const REVERSE_CHARGE_ABROAD: CategoryWords = {
  category: 'AE',
  buyer: 'abroad',
  words: {
    en: 'Reverse charge: the customer accounts for the tax under the law of its own country.',
    de: 'Steuerschuldnerschaft des Leistungsempfängers nach dem Recht seines Landes.',
    fr: 'Autoliquidation : la taxe est due par le preneur selon la loi de son pays.',
  },
  source: 'Directive 2006/112/EC, art. 44; art. 196 binds no country outside the Union',
};

/** Directive 2006/112/EC: what every member state asks for; a country's own rows stand before these. */
export const EU_CATEGORIES: readonly CategoryWords[] = [
  REVERSE_CHARGE_ABROAD,
  {
    category: 'AE',
    buyer: 'domestic',
    words: {
      en: 'Reverse charge: VAT is payable by the customer.',
      de: 'Steuerschuldnerschaft des Leistungsempfängers.',
      fr: 'Autoliquidation : la TVA est due par le preneur.',
    },
    code: 'VATEX-EU-AE',
    source: 'Directive 2006/112/EC, art. 199a(1)(g) and art. 226 no. 11a; the state’s own article is not known here',
  },
  {
    category: 'AE',
    words: {
      en: 'Reverse charge: VAT is payable by the customer (art. 196 of Directive 2006/112/EC).',
      de: 'Steuerschuldnerschaft des Leistungsempfängers (Art. 196 der Richtlinie 2006/112/EG).',
      fr: 'Autoliquidation : la TVA est due par le preneur (art. 196 de la directive 2006/112/CE).',
    },
    code: 'VATEX-EU-AE',
    source: 'Directive 2006/112/EC, art. 196 and art. 226 no. 11a',
  },
  {
    category: 'K',
    words: {
      en: 'Intra-Community supply, exempt from VAT (art. 138 of Directive 2006/112/EC).',
      de: 'Steuerfreie innergemeinschaftliche Lieferung (Art. 138 der Richtlinie 2006/112/EG).',
      fr: 'Livraison intracommunautaire exonérée de TVA (art. 138 de la directive 2006/112/CE).',
    },
    code: 'VATEX-EU-IC',
    source: 'Directive 2006/112/EC, art. 138 and art. 226 no. 11',
  },
  {
    category: 'G',
    words: {
      en: 'Export outside the European Union, exempt from VAT (art. 146 of Directive 2006/112/EC).',
      de: 'Steuerfreie Ausfuhr (Art. 146 der Richtlinie 2006/112/EG).',
      fr: 'Exportation hors de l’Union européenne exonérée de TVA (art. 146 de la directive 2006/112/CE).',
    },
    code: 'VATEX-EU-G',
    source: 'Directive 2006/112/EC, art. 146 and art. 226 no. 11',
  },
  {
    category: 'O',
    buyer: 'domestic',
    words: { en: 'Outside the scope of VAT.', de: 'Nicht steuerbar.', fr: 'Hors champ de la TVA.' },
    code: 'VATEX-EU-O',
    source: 'Directive 2006/112/EC, art. 2: what is no supply for consideration; the bill tells why',
  },
  {
    category: 'O',
    words: {
      en: 'Outside the scope of VAT: the place of supply is where the customer is established (art. 44 of Directive 2006/112/EC).',
      de: 'Nicht steuerbar: Leistungsort ist der Sitz des Leistungsempfängers (Art. 44 der Richtlinie 2006/112/EG).',
      fr: 'Hors champ de la TVA : le lieu de la prestation est celui du preneur (art. 44 de la directive 2006/112/CE).',
    },
    code: 'VATEX-EU-O',
    source: 'Directive 2006/112/EC, art. 44',
  },
  {
    category: 'E',
    words: { en: 'Exempt from VAT.', de: 'Steuerfreie Leistung.', fr: 'Exonéré de TVA.' },
    source: 'Directive 2006/112/EC, art. 226 no. 11',
  },
  {
    category: 'Z',
    words: { en: 'Taxed at the zero rate.', de: 'Besteuert zum Nullsatz.', fr: 'Imposé au taux zéro.' },
    source: 'EN 16931-1, BR-Z-10: a zero rate has no exemption reason; said for the reader',
  },
];

export const EU_DOCUMENTS: readonly DocumentWords[] = [
  {
    kinds: ['self-billed-invoice'],
    words: {
      en: 'Self-billing: this invoice is issued by the customer in the name and on behalf of the supplier.',
      de: 'Gutschrift: vom Leistungsempfänger ausgestellte Rechnung.',
      fr: 'Autofacturation : facture établie par le client au nom et pour le compte du fournisseur.',
    },
    source: 'Directive 2006/112/EC, art. 226 no. 10a',
  },
  {
    kinds: ['outpayment-statement'],
    words: {
      en: 'This statement is not an invoice.',
      de: 'Diese Abrechnung ist keine Rechnung.',
      fr: 'Ce relevé n’est pas une facture.',
    },
    source: 'Directive 2006/112/EC, art. 203: VAT on a document that looks like an invoice would be owed',
  },
];

/** Member states without rows of their own. */
export const europeanUnion: CountryLaw = { tax: 'vat', categories: EU_CATEGORIES, documents: EU_DOCUMENTS };
