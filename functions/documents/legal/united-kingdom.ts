import type { CountryLaw } from './legal-words.ts';

export const unitedKingdom: CountryLaw = {
  tax: 'vat',
  categories: [
    {
      category: 'AE',
      buyer: 'domestic',
      words: {
        en: 'Reverse charge: VATA 1994 section 55A applies. UK customer to pay the VAT to HMRC.',
        de: 'Reverse charge: VATA 1994 section 55A applies. Der britische Leistungsempfänger führt die Umsatzsteuer an HMRC ab.',
        fr: 'Reverse charge: VATA 1994 section 55A applies. Autoliquidation : le client britannique verse la TVA au HMRC.',
      },
      customerAccountsAt: '20',
      source: 'VATA 1994 s. 55A; SI 2016/12 (wholesale telecommunications); HMRC VAT Notice 735, section 9',
    },
    {
      category: 'AE',
      words: {
        en: 'Reverse charge: the customer accounts for the VAT in its own country.',
        de: 'Steuerschuldnerschaft des Leistungsempfängers in dessen Land.',
        fr: 'Autoliquidation : la TVA est due par le preneur dans son pays.',
      },
      source: 'VATA 1994 s. 7A; HMRC VAT Notice 741A; Directive 2006/112/EC, art. 196',
    },
    {
      category: 'O',
      buyer: 'domestic',
      words: {
        en: 'Outside the scope of UK VAT.',
        de: 'Nicht steuerbar im Vereinigten Königreich.',
        fr: 'Hors champ de la TVA britannique.',
      },
      source: 'VATA 1994 s. 4 and s. 5: what is no supply for consideration; the bill tells why',
    },
    {
      category: 'O',
      words: {
        en: 'Outside the scope of UK VAT: the place of supply is where the customer belongs (VATA 1994 section 7A).',
        de: 'Nicht steuerbar im Vereinigten Königreich: Leistungsort ist der Sitz des Leistungsempfängers (VATA 1994 section 7A).',
        fr: 'Hors champ de la TVA britannique : le lieu de la prestation est celui du preneur (VATA 1994 section 7A).',
      },
      source: 'VATA 1994 s. 7A',
    },
    {
      category: 'G',
      words: {
        en: 'Zero-rated export (VATA 1994 section 30(6)).',
        de: 'Ausfuhr zum Nullsatz (VATA 1994 section 30(6)).',
        fr: 'Exportation au taux zéro (VATA 1994 section 30(6)).',
      },
      source: 'VATA 1994 s. 30(6)',
    },
    {
      category: 'E',
      words: {
        en: 'Exempt from VAT (VATA 1994 section 31).',
        de: 'Steuerfrei (VATA 1994 section 31).',
        fr: 'Exonéré de TVA (VATA 1994 section 31).',
      },
      source: 'VATA 1994 s. 31 and Schedule 9',
    },
    {
      category: 'Z',
      words: {
        en: 'Zero-rated (VATA 1994 section 30).',
        de: 'Nullsatz (VATA 1994 section 30).',
        fr: 'Taux zéro (VATA 1994 section 30).',
      },
      source: 'VATA 1994 s. 30 and Schedule 8',
    },
  ],
  documents: [
    {
      kinds: ['self-billed-invoice'],
      words: {
        en: 'Self-billing: the VAT shown is your output tax due to HMRC.',
        de: 'Gutschrift (self-billing): the VAT shown is your output tax due to HMRC.',
        fr: 'Autofacturation (self-billing): the VAT shown is your output tax due to HMRC.',
      },
      source: 'VAT Regulations 1995 reg. 13(3A); HMRC VAT Notice 700/62',
    },
    {
      kinds: ['outpayment-statement'],
      words: {
        en: 'This statement is not a VAT invoice.',
        de: 'Diese Abrechnung ist keine Rechnung.',
        fr: 'Ce relevé n’est pas une facture.',
      },
      source: 'VAT Regulations 1995 reg. 13',
    },
  ],
};
