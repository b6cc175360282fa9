import type { Language } from './carrier.ts';

/** What the carrier's billing system calls its charges, in the languages of its invoices. */
export const WORDS = {
  numberRental: { en: 'Phone number rental', de: 'Miete für Rufnummern', fr: 'Location de numéros' },
  setup: { en: 'Set-up fee', de: 'Einrichtungsgebühr', fr: 'Frais de mise en service' },
  discount: { en: 'Contract discount 10 %', de: 'Vertragsrabatt 10 %', fr: 'Remise contractuelle 10 %' },
  slaCredit: {
    en: 'Service credit, availability below target',
    de: 'Gutgeschriebene Servicepauschale, Verfügbarkeit unter Zielwert',
    fr: 'Avoir de service, disponibilité sous l’objectif',
  },
  refund: {
    en: 'Refund for the outage of 3 to 9 October',
    de: 'Erstattung für den Ausfall vom 3. bis 9. Oktober',
    fr: 'Remboursement, panne',
  },
  goodwill: { en: 'Goodwill credit for delayed delivery', de: 'Kulanz wegen verspäteter Lieferung', fr: 'Geste commercial' },
  moved: {
    en: 'Credit for charges in advance, line moved to another account',
    de: 'Erstattung der Vorausberechnung, Leitung auf anderes Konto übertragen',
    fr: 'Avoir sur facturation d’avance, ligne transférée',
  },
  recovery: { en: 'Recovery of equipment', de: 'Rückbau der Endgeräte', fr: 'Récupération des équipements' },
  partMonth: { en: 'part month', de: 'anteilig', fr: 'au prorata' },
} as const satisfies Record<string, Record<Language, string>>;

/** What is charged once, with its price in pounds. */
export const ONE_OFF: readonly { readonly name: Record<Language, string>; readonly price: number }[] = [
  { name: { en: 'Site survey', de: 'Standortbegehung', fr: 'Visite technique' }, price: 185 },
  { name: { en: 'Expedited delivery', de: 'Expressbereitstellung', fr: 'Livraison accélérée' }, price: 350 },
  {
    name: { en: 'Engineer visit, half a day', de: 'Technikereinsatz, halber Tag', fr: 'Intervention d’un technicien, demi-journée' },
    price: 290,
  },
  { name: { en: 'Change of configuration', de: 'Konfigurationsänderung', fr: 'Modification de configuration' }, price: 75 },
];

export const CALL_CLASSES: Record<string, Record<Language, string>> = {
  national: { en: 'Calls to national fixed networks', de: 'Verbindungen ins nationale Festnetz', fr: 'Appels vers fixes nationaux' },
  mobile: { en: 'Calls to mobile networks', de: 'Verbindungen in Mobilfunknetze', fr: 'Appels vers mobiles' },
  international: { en: 'International calls', de: 'Auslandsverbindungen', fr: 'Appels internationaux' },
  'non-geographic': { en: 'Calls to UK-wide numbers', de: 'Verbindungen zu Servicerufnummern', fr: 'Appels vers numéros spéciaux' },
  freephone: {
    en: 'Calls received on freephone numbers',
    de: 'Eingehende Verbindungen zu Freecall-Rufnummern',
    fr: 'Appels reçus, numéros verts',
  },
};
