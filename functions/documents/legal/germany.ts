import { EU_CATEGORIES, EU_DOCUMENTS, REVERSE_CHARGE_ABROAD } from './european-union.ts';
import type { CountryLaw } from './legal-words.ts';

export const germany: CountryLaw = {
  tax: 'vat',
  categories: [
    {
      category: 'AE',
      buyer: 'domestic',
      words: {
        en: 'Reverse charge (Steuerschuldnerschaft des Leistungsempfängers), section 13b(2) no. 12 UStG.',
        de: 'Steuerschuldnerschaft des Leistungsempfängers (§ 13b Abs. 2 Nr. 12 UStG).',
        fr: 'Autoliquidation (Steuerschuldnerschaft des Leistungsempfängers), § 13b al. 2 n° 12 UStG.',
      },
      code: 'VATEX-EU-AE',
      source: 'UStG § 13b Abs. 2 Nr. 12 and § 14a Abs. 5: telecommunication to resellers (USt 1 TQ)',
    },
    REVERSE_CHARGE_ABROAD,
    {
      category: 'AE',
      words: {
        en: 'Reverse charge (Steuerschuldnerschaft des Leistungsempfängers), art. 196 of Directive 2006/112/EC.',
        de: 'Steuerschuldnerschaft des Leistungsempfängers (Art. 196 der Richtlinie 2006/112/EG).',
        fr: 'Autoliquidation (Steuerschuldnerschaft des Leistungsempfängers), art. 196 de la directive 2006/112/CE.',
      },
      code: 'VATEX-EU-AE',
      source: 'UStG § 3a Abs. 2 and § 14a Abs. 1',
    },
    {
      category: 'K',
      words: {
        en: 'Intra-Community supply, exempt from VAT (section 4 no. 1(b), section 6a UStG).',
        de: 'Steuerfreie innergemeinschaftliche Lieferung (§ 4 Nr. 1 Buchst. b, § 6a UStG).',
        fr: 'Livraison intracommunautaire exonérée de TVA (§ 4 n° 1 b, § 6a UStG).',
      },
      code: 'VATEX-EU-IC',
      source: 'UStG § 4 Nr. 1 Buchst. b, § 6a, § 14 Abs. 4 Nr. 8',
    },
    {
      category: 'O',
      buyer: 'domestic',
      words: { en: 'Not subject to German VAT.', de: 'Nicht steuerbar.', fr: 'Non soumis à la TVA allemande.' },
      code: 'VATEX-EU-O',
      source: 'UStG § 1 Abs. 1: what is no supply for consideration; the bill tells why',
    },
    {
      category: 'O',
      words: {
        en: 'Not taxable in Germany (section 3a(2) UStG).',
        de: 'Im Inland nicht steuerbare Leistung (§ 3a Abs. 2 UStG).',
        fr: 'Prestation non imposable en Allemagne (§ 3a al. 2 UStG).',
      },
      code: 'VATEX-EU-O',
      source: 'UStG § 3a Abs. 2',
    },
    ...EU_CATEGORIES,
  ],
  documents: EU_DOCUMENTS,
};
