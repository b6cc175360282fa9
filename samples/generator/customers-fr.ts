import type { CustomerPlan } from './carrier.ts';

const FR = { legalEntityId: 'NG-FR', country: 'FR', language: 'fr', timeZone: 'Europe/Paris' } as const;
const ACCOUNT = { currency: 'EUR', language: 'fr', tax: 'standard' } as const;

export const CUSTOMERS_FR: readonly CustomerPlan[] = [
  {
    ...FR,
    ocn: '300105',
    name: 'Compagnie Exemplaire de Transports SA',
    domain: 'transports-exemplaires.example',
    accounts: [
      {
        ...ACCOUNT,
        bcn: 'B30010501',
        name: 'Compagnie Exemplaire de Transports SA',
        address: { street: '45 quai de la Gare Modèle', postalCode: '69002', city: 'Lyon', country: 'FR' },
        products: { LE1: 4, SDW: 9, SIP: 2 },
        calls: { profile: 'office', perMonth: 220, layout: 'carrierpost' },
        record: { paymentTerms: { days: 45, endOfMonth: true }, customerReference: 'DSI-RÉSEAU-26' },
      },
      {
        ...ACCOUNT,
        bcn: 'B30010502',
        name: 'Compagnie Exemplaire de Transports SA, Agences',
        address: { street: '45 quai de la Gare Modèle', postalCode: '69002', city: 'Lyon', country: 'FR' },
        products: { SDW: 6 },
        record: { paymentTerms: { days: 45, endOfMonth: true } },
      },
    ],
  },
  {
    ...FR,
    ocn: '300113',
    name: 'Brasserie de l’Étoile SARL',
    domain: 'brasserie-etoile.example',
    accounts: [
      {
        ...ACCOUNT,
        bcn: 'B30011301',
        name: 'Brasserie de l’Étoile SARL',
        address: { street: '3 place du Marché-aux-Fleurs', postalCode: '67000', city: 'Strasbourg', country: 'FR' },
        products: { IP: 1, SIP: 1 },
        calls: { profile: 'office', perMonth: 40, layout: 'carrierpost' },
        record: {
          paymentMethod: 'direct-debit',
          mandate: { reference: 'NG-RUM-2024-0113', accountMasked: 'FR** **** **** **** **** **21 3' },
          paymentTerms: { days: 20 },
        },
      },
    ],
  },
  {
    ...FR,
    ocn: '300128',
    name: 'Opérateur Alternatif du Midi SAS',
    domain: 'oam-telecom.example',
    accounts: [
      {
        ...ACCOUNT,
        bcn: 'B30012801',
        name: 'Opérateur Alternatif du Midi SAS',
        address: { street: '12 allée des Câbles', postalCode: '31000', city: 'Toulouse', country: 'FR' },
        tax: 'reverse-charge',
        products: { LE10: 2, SIP: 3, XC: 2 },
        calls: { profile: 'wholesale', perMonth: 300, layout: 'carrierpost' },
        record: { taxStatus: { telecomReseller: true, certificate: 'ARCEP L33-1 26/0128', validTo: '2028-12-31' } },
      },
    ],
  },
  {
    ...FR,
    ocn: '300134',
    name: 'Clinique Saint-Exemple',
    domain: 'clinique-saint-exemple.example',
    accounts: [
      {
        ...ACCOUNT,
        bcn: 'B30013401',
        name: 'Clinique Saint-Exemple',
        address: { street: '27 boulevard de la Santé', postalCode: '44000', city: 'Nantes', country: 'FR' },
        products: { LE1: 1, SIP: 1, IP: 2 },
        calls: { profile: 'office', perMonth: 90, layout: 'carrierpost' },
      },
      {
        ...ACCOUNT,
        bcn: 'B30013402',
        name: 'Clinique Saint-Exemple, Centre de Rééducation',
        address: { street: '2 chemin des Dunes', postalCode: '44500', city: 'La Baule', country: 'FR' },
        products: { IP: 2 },
        activeFrom: '2026-10-12',
        record: { invoicedBefore: false, quote: { monthly: '710.00' } },
      },
    ],
  },
  {
    ...FR,
    ocn: '300149',
    name: 'Lemaire & Fils SRL',
    country: 'BE',
    timeZone: 'Europe/Brussels',
    domain: 'lemaire-fils.example',
    accounts: [
      {
        ...ACCOUNT,
        bcn: 'B30014901',
        name: 'Lemaire & Fils SRL',
        address: { street: 'Rue du Modèle 61', postalCode: '1000', city: 'Bruxelles', country: 'BE' },
        tax: 'cross-border',
        products: { LE1: 1 },
        record: { vatId: 'BE0000000417' },
      },
    ],
  },
];
