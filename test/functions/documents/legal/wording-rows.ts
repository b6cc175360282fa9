import type { TaxCategory } from '../../../../functions/documents/bill.ts';
import type { InvoiceKind } from '../../../../functions/documents/portal-key.ts';
import type { SELLERS } from '../samples.ts';

/** What one document between two countries has to say, written down from the law and not from the code. */
export interface WordingRow {
  readonly from: keyof typeof SELLERS;
  readonly to: string;
  /** A reseller of telecommunications with a certificate that is valid. */
  readonly reseller: boolean;
  readonly category: TaxCategory;
  readonly rate: string;
  readonly kind: InvoiceKind;
  /** The carrier sells; of self-billed invoices and outpayments the customer does. */
  readonly seller: 'carrier' | 'customer';
  readonly series: string;
  /** The exact sentences, beside the title. */
  readonly says: Readonly<Record<'en' | 'de' | 'fr', readonly string[]>>;
  readonly source: string;
}

const NOTHING = { en: [], de: [], fr: [] } as const;
const said = (en: string, de: string, fr: string) => ({ en: [en], de: [de], fr: [fr] });

const INVOICE = { kind: 'invoice', seller: 'carrier', series: 'invoice-2026' } as const;
const CREDIT = { kind: 'credit-note', seller: 'carrier', series: 'credit-note-2026' } as const;
const SELF = { kind: 'self-billed-invoice', seller: 'customer', series: 'self-billed-invoice-C1001-2026' } as const;
const PAYOUT = { kind: 'outpayment-statement', seller: 'customer', series: 'outpayment-statement-2026' } as const;

const DE_13B = said(
  'Reverse charge (Steuerschuldnerschaft des Leistungsempfängers), section 13b(2) no. 12 UStG.',
  'Steuerschuldnerschaft des Leistungsempfängers (§ 13b Abs. 2 Nr. 12 UStG).',
  'Autoliquidation (Steuerschuldnerschaft des Leistungsempfängers), § 13b al. 2 n° 12 UStG.',
);
const ABROAD = said(
  'Reverse charge: the customer accounts for the tax under the law of its own country.',
  'Steuerschuldnerschaft des Leistungsempfängers nach dem Recht seines Landes.',
  'Autoliquidation : la taxe est due par le preneur selon la loi de son pays.',
);
const FR_LATE = said(
  'Late payment: interest at the European Central Bank’s refinancing rate plus 10 points, and a fixed recovery charge of €40.',
  'Zinsen in Höhe des Refinanzierungssatzes der Europäischen Zentralbank zuzüglich 10 Punkten und eine Pauschale von 40 € für Beitreibungskosten.',
  'pénalités au taux de refinancement de la Banque centrale européenne majoré de 10 points et indemnité forfaitaire de recouvrement de 40 €.',
);
const GB_55A = {
  en: [
    'Reverse charge: VATA 1994 section 55A applies. UK customer to pay the VAT to HMRC.',
    'VAT that the customer must account for at 20%:',
    '20.00. It is not included in the total.',
  ],
  de: [
    'VATA 1994 section 55A applies. Der britische Leistungsempfänger führt die Umsatzsteuer an HMRC ab.',
    'Vom Leistungsempfänger anzumeldende Umsatzsteuer zu 20',
    'Sie ist im Gesamtbetrag nicht enthalten.',
  ],
  fr: [
    'VATA 1994 section 55A applies. Autoliquidation : le client britannique verse la TVA au HMRC.',
    'TVA à déclarer par le client au taux de 20',
    'Elle n’est pas comprise dans le total.',
  ],
} as const;
const EU_SELF = said(
  'Self-billing: this invoice is issued by the customer in the name and on behalf of the supplier.',
  'Gutschrift: vom Leistungsempfänger ausgestellte Rechnung.',
  'Autofacturation : facture établie par le client au nom et pour le compte du fournisseur.',
);
const NO_INVOICE = said('This statement is not an invoice.', 'Diese Abrechnung ist keine Rechnung.', 'Ce relevé n’est pas une facture.');

const both = (...all: readonly WordingRow['says'][]): WordingRow['says'] => ({
  en: all.flatMap(({ en }) => en),
  de: all.flatMap(({ de }) => de),
  fr: all.flatMap(({ fr }) => fr),
});

/** Seller country x buyer country x reseller x category x kind. */
export const WORDING: readonly WordingRow[] = [
  { from: 'DE', to: 'DE', reseller: false, category: 'S', rate: '19', ...INVOICE, says: NOTHING, source: 'UStG § 12 Abs. 1' },
  {
    from: 'DE',
    to: 'DE',
    reseller: true,
    category: 'AE',
    rate: '0',
    ...INVOICE,
    says: DE_13B,
    source: 'UStG § 13b Abs. 2 Nr. 12, § 14a Abs. 5',
  },
  {
    from: 'DE',
    to: 'DE',
    reseller: true,
    category: 'AE',
    rate: '0',
    ...CREDIT,
    says: DE_13B,
    source: 'UStG § 13b, § 17; § 14 Abs. 2 S. 3: no "Gutschrift"',
  },
  {
    ...{ from: 'DE', to: 'FR', reseller: false, category: 'AE', rate: '0', ...INVOICE, source: 'UStG § 3a Abs. 2, § 14a Abs. 1' },
    says: said(
      'Reverse charge (Steuerschuldnerschaft des Leistungsempfängers), art. 196 of Directive 2006/112/EC.',
      'Steuerschuldnerschaft des Leistungsempfängers (Art. 196 der Richtlinie 2006/112/EG).',
      'Autoliquidation (Steuerschuldnerschaft des Leistungsempfängers), art. 196 de la directive 2006/112/CE.',
    ),
  },
  { from: 'DE', to: 'GB', reseller: false, category: 'AE', rate: '0', ...INVOICE, says: ABROAD, source: 'Directive 2006/112/EC, art. 44' },
  {
    ...{ from: 'DE', to: 'JP', reseller: true, category: 'O', rate: '0', ...INVOICE, source: 'UStG § 3a Abs. 2' },
    says: said(
      'Not taxable in Germany (section 3a(2) UStG).',
      'Im Inland nicht steuerbare Leistung (§ 3a Abs. 2 UStG).',
      'Prestation non imposable en Allemagne (§ 3a al. 2 UStG).',
    ),
  },
  { from: 'DE', to: 'DE', reseller: false, category: 'S', rate: '19', ...CREDIT, says: NOTHING, source: 'UStG § 17, § 31 Abs. 5 UStDV' },
  {
    from: 'DE',
    to: 'DE',
    reseller: true,
    category: 'S',
    rate: '19',
    ...SELF,
    says: EU_SELF,
    source: 'UStG § 14 Abs. 2 S. 2, Abs. 4 Nr. 10',
  },
  {
    from: 'DE',
    to: 'DE',
    reseller: false,
    category: 'O',
    rate: '0',
    ...PAYOUT,
    says: NO_INVOICE,
    source: 'UStG § 14c: no VAT on what is no invoice',
  },
  { from: 'GB', to: 'GB', reseller: false, category: 'S', rate: '20', ...INVOICE, says: NOTHING, source: 'VATA 1994 s. 2(1)' },
  {
    from: 'GB',
    to: 'GB',
    reseller: true,
    category: 'AE',
    rate: '0',
    ...INVOICE,
    says: GB_55A,
    source: 'VATA 1994 s. 55A; SI 2016/12; Notice 735',
  },
  {
    from: 'GB',
    to: 'GB',
    reseller: true,
    category: 'AE',
    rate: '0',
    ...CREDIT,
    says: GB_55A,
    source: 'VATA 1994 s. 55A; VAT Regulations 1995 reg. 15C',
  },
  {
    ...{ from: 'GB', to: 'DE', reseller: false, category: 'O', rate: '0', ...INVOICE, source: 'VATA 1994 s. 7A' },
    says: said(
      'Outside the scope of UK VAT: the place of supply is where the customer belongs (VATA 1994 section 7A).',
      'Nicht steuerbar im Vereinigten Königreich: Leistungsort ist der Sitz des Leistungsempfängers (VATA 1994 section 7A).',
      'Hors champ de la TVA britannique : le lieu de la prestation est celui du preneur (VATA 1994 section 7A).',
    ),
  },
  {
    ...{ from: 'GB', to: 'FR', reseller: false, category: 'AE', rate: '0', ...INVOICE, source: 'VATA 1994 s. 7A; Notice 741A' },
    says: said(
      'Reverse charge: the customer accounts for the VAT in its own country.',
      'Steuerschuldnerschaft des Leistungsempfängers in dessen Land.',
      'Autoliquidation : la TVA est due par le preneur dans son pays.',
    ),
  },
  {
    ...{
      from: 'GB',
      to: 'GB',
      reseller: true,
      category: 'S',
      rate: '20',
      ...SELF,
      source: 'VAT Regulations 1995 reg. 13(3A); Notice 700/62',
    },
    says: said(
      'Self-billing: the VAT shown is your output tax due to HMRC.',
      'Gutschrift (self-billing): the VAT shown is your output tax due to HMRC.',
      'Autofacturation (self-billing): the VAT shown is your output tax due to HMRC.',
    ),
  },
  {
    ...{ from: 'GB', to: 'GB', reseller: false, category: 'O', rate: '0', ...PAYOUT, source: 'VAT Regulations 1995 reg. 13' },
    says: said('This statement is not a VAT invoice.', 'Diese Abrechnung ist keine Rechnung.', 'Ce relevé n’est pas une facture.'),
  },
  {
    from: 'FR',
    to: 'FR',
    reseller: false,
    category: 'S',
    rate: '20',
    ...INVOICE,
    says: FR_LATE,
    source: 'CGI art. 278; Code de commerce art. L441-9',
  },
  {
    ...{ from: 'FR', to: 'FR', reseller: true, category: 'AE', rate: '0', ...INVOICE, source: 'CGI art. 283-2 octies' },
    says: both(
      said(
        'Reverse charge (Autoliquidation), art. 283-2 octies of the Code général des impôts.',
        'Steuerschuldnerschaft des Leistungsempfängers (Autoliquidation), Art. 283-2 octies CGI.',
        'Autoliquidation (art. 283-2 octies du CGI).',
      ),
      FR_LATE,
    ),
  },
  {
    ...{
      from: 'FR',
      to: 'DE',
      reseller: false,
      category: 'AE',
      rate: '0',
      ...INVOICE,
      source: 'CGI art. 259-1°; annexe II art. 242 nonies A',
    },
    says: both(
      said(
        'Reverse charge (Autoliquidation), art. 196 of Directive 2006/112/EC.',
        'Steuerschuldnerschaft des Leistungsempfängers (Autoliquidation), Art. 196 der Richtlinie 2006/112/EG.',
        'Autoliquidation (art. 259-1° du CGI et art. 196 de la directive 2006/112/CE).',
      ),
      FR_LATE,
    ),
  },
  { from: 'FR', to: 'GB', reseller: false, category: 'AE', rate: '0', ...CREDIT, says: ABROAD, source: 'Directive 2006/112/EC, art. 44' },
  {
    from: 'FR',
    to: 'FR',
    reseller: true,
    category: 'S',
    rate: '20',
    ...SELF,
    says: EU_SELF,
    source: 'CGI art. 289 I-2; annexe II art. 242 nonies',
  },
  {
    from: 'JP',
    to: 'JP',
    reseller: true,
    category: 'S',
    rate: '10',
    ...INVOICE,
    says: NOTHING,
    source: 'Consumption Tax Act art. 29, art. 57-4',
  },
  {
    ...{ from: 'JP', to: 'GB', reseller: false, category: 'G', rate: '0', ...INVOICE, source: 'Consumption Tax Act art. 7' },
    says: said(
      'Export, exempt from consumption tax (Consumption Tax Act art. 7).',
      'Ausfuhr, von der Verbrauchsteuer befreit (Consumption Tax Act art. 7).',
      'Exportation exonérée de taxe sur la consommation (Consumption Tax Act art. 7).',
    ),
  },
  {
    ...{ from: 'JP', to: 'DE', reseller: false, category: 'O', rate: '0', ...CREDIT, source: 'Consumption Tax Act art. 4(3)' },
    says: said(
      'Outside the scope of Japanese consumption tax (Consumption Tax Act art. 4).',
      'Nicht steuerbar in Japan (Consumption Tax Act art. 4).',
      'Hors champ de la taxe japonaise sur la consommation (Consumption Tax Act art. 4).',
    ),
  },
  {
    ...{ from: 'JP', to: 'JP', reseller: false, category: 'S', rate: '10', ...SELF, source: 'Consumption Tax Act art. 30(9) no. 3' },
    says: said(
      'Purchase statement issued by the customer and confirmed by the supplier.',
      'Gutschrift: vom Leistungsempfänger ausgestellte und vom Leistenden bestätigte Abrechnung.',
      'Autofacturation : relevé d’achat établi par le client et confirmé par le fournisseur.',
    ),
  },
];
