import type { TaxCategory } from '../bill.ts';
import type { LanguageCode } from '../languages/language.ts';
import type { InvoiceKind } from '../portal-key.ts';
import { europeanUnion } from './european-union.ts';
import { france } from './france.ts';
import { germany } from './germany.ts';
import { japan } from './japan.ts';
import type { BuyerPlace, CategoryWords, CountryLaw, InLanguages } from './legal-words.ts';
import { unitedKingdom } from './united-kingdom.ts';

const LAWS: Readonly<Record<string, CountryLaw>> = { DE: germany, FR: france, GB: unitedKingdom, JP: japan };

const MEMBER_STATES = new Set('AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '));

const COPY: InLanguages = {
  en: 'This PDF is a copy. The original is the structured electronic invoice.',
  de: 'Dieses PDF ist eine Kopie. Das Original ist die strukturierte elektronische Rechnung.',
  fr: 'Ce PDF est une copie. L’original est la facture électronique structurée.',
};

/** Sellers elsewhere say what the category means and cite no law that may not be theirs. */
const ELSEWHERE: CountryLaw = {
  ...europeanUnion,
  categories: [
    {
      category: 'AE',
      words: {
        en: 'Reverse charge: the tax is payable by the customer.',
        de: 'Steuerschuldnerschaft des Leistungsempfängers.',
        fr: 'Autoliquidation : la taxe est due par le preneur.',
      },
      source: 'EN 16931-1, BT-120',
    },
    {
      category: 'G',
      words: { en: 'Export, exempt from tax.', de: 'Steuerfreie Ausfuhr.', fr: 'Exportation exonérée de taxe.' },
      source: 'EN 16931-1, BT-120',
    },
    {
      category: 'O',
      words: { en: 'Outside the scope of tax.', de: 'Nicht steuerbar.', fr: 'Hors champ de la taxe.' },
      source: 'EN 16931-1, BT-120',
    },
    {
      category: 'E',
      words: { en: 'Exempt from tax.', de: 'Steuerfreie Leistung.', fr: 'Exonéré de taxe.' },
      source: 'EN 16931-1, BT-120',
    },
  ],
};

/** True for a member state of the European Union. */
export function isMemberState(country: string): boolean {
  return MEMBER_STATES.has(country);
}

/** What the law of the seller's country makes a document say. */
export function lawOf(sellerCountry: string): CountryLaw {
  return LAWS[sellerCountry] ?? (MEMBER_STATES.has(sellerCountry) ? europeanUnion : ELSEWHERE);
}

/** The words for a VAT category between two countries; undefined for the standard rate, which needs none. */
export function categoryWords(sellerCountry: string, buyerCountry: string, category: TaxCategory): CategoryWords | undefined {
  const buyer = placeOf(sellerCountry, buyerCountry);
  return lawOf(sellerCountry).categories.find((row) => row.category === category && (row.buyer ?? buyer) === buyer);
}

/** The sentences that a kind of document carries as a whole, in the order of the law's rows. */
export function documentWords(sellerCountry: string, kind: InvoiceKind, eInvoicing: boolean, language: LanguageCode): string[] {
  const rows = lawOf(sellerCountry).documents.filter((row) => row.kinds.includes(kind));
  return [...(eInvoicing ? [COPY[language]] : []), ...rows.map((row) => row.words[language])];
}

/** Where the buyer is, seen from the seller. */
export function placeOf(seller: string, buyer: string): BuyerPlace {
  if (seller === buyer) return 'domestic';
  return MEMBER_STATES.has(buyer) ? 'eu' : 'abroad';
}
