import type { CountryLaw } from './legal-words.ts';

/** The qualified invoice system: the registration number (T and 13 digits) and one rounding per rate and invoice. */
export const japan: CountryLaw = {
  tax: 'consumptionTax',
  categories: [
    {
      category: 'AE',
      words: {
        en: 'Reverse charge: the customer accounts for the consumption tax.',
        de: 'Steuerschuldnerschaft des Leistungsempfängers (Verbrauchsteuer).',
        fr: 'Autoliquidation de la taxe sur la consommation par le preneur.',
      },
      source: 'Consumption Tax Act art. 5(1) and art. 4(4)',
    },
    {
      category: 'G',
      words: {
        en: 'Export, exempt from consumption tax (Consumption Tax Act art. 7).',
        de: 'Ausfuhr, von der Verbrauchsteuer befreit (Consumption Tax Act art. 7).',
        fr: 'Exportation exonérée de taxe sur la consommation (Consumption Tax Act art. 7).',
      },
      source: 'Consumption Tax Act art. 7',
    },
    {
      category: 'E',
      words: {
        en: 'Not taxable (Consumption Tax Act art. 6).',
        de: 'Von der Verbrauchsteuer befreit (Consumption Tax Act art. 6).',
        fr: 'Exonéré de taxe sur la consommation (Consumption Tax Act art. 6).',
      },
      source: 'Consumption Tax Act art. 6',
    },
    {
      category: 'O',
      words: {
        en: 'Outside the scope of Japanese consumption tax (Consumption Tax Act art. 4).',
        de: 'Nicht steuerbar in Japan (Consumption Tax Act art. 4).',
        fr: 'Hors champ de la taxe japonaise sur la consommation (Consumption Tax Act art. 4).',
      },
      source: 'Consumption Tax Act art. 4(3)',
    },
  ],
  documents: [
    {
      kinds: ['outpayment-statement'],
      words: {
        en: 'This statement is not a qualified invoice.',
        de: 'Diese Abrechnung ist keine Rechnung.',
        fr: 'Ce relevé n’est pas une facture.',
      },
      source: 'Consumption Tax Act art. 57-4',
    },
    {
      kinds: ['self-billed-invoice'],
      words: {
        en: 'Purchase statement issued by the customer and confirmed by the supplier.',
        de: 'Gutschrift: vom Leistungsempfänger ausgestellte und vom Leistenden bestätigte Abrechnung.',
        fr: 'Autofacturation : relevé d’achat établi par le client et confirmé par le fournisseur.',
      },
      source: 'Consumption Tax Act art. 30(9) no. 3',
    },
  ],
};
