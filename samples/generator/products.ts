import type { AccountPlan, Language, ProductCode } from './carrier.ts';

type Currency = AccountPlan['currency'];

export interface Product {
  readonly code: ProductCode;
  /** What a service id begins its serial with. */
  readonly mark: string;
  readonly name: Readonly<Record<Language, string>>;
  readonly monthly: Readonly<Record<Currency, string>>;
  readonly setupFee: Readonly<Record<Currency, string>>;
  /** Sold by the unit: so many of these make one service. */
  readonly units?: { readonly count: number; readonly name: string };
}

export const PRODUCTS: Readonly<Record<ProductCode, Product>> = {
  LE1: {
    code: 'LE1',
    mark: 'LE',
    name: { en: 'Ethernet Line 1 Gbit/s', de: 'Ethernet Line 1 Gbit/s', fr: 'Ethernet Line 1 Gbit/s' },
    monthly: { GBP: '845.00', EUR: '950.00', JPY: '168000', USD: '1090.00' },
    setupFee: { GBP: '1200.00', EUR: '1350.00', JPY: '240000', USD: '1550.00' },
  },
  LE10: {
    code: 'LE10',
    mark: 'LE',
    name: { en: 'Ethernet Line 10 Gbit/s', de: 'Ethernet Line 10 Gbit/s', fr: 'Ethernet Line 10 Gbit/s' },
    monthly: { GBP: '2180.00', EUR: '2450.00', JPY: '432000', USD: '2790.00' },
    setupFee: { GBP: '2400.00', EUR: '2700.00', JPY: '480000', USD: '3100.00' },
  },
  WAVE: {
    code: 'WAVE',
    mark: 'WA',
    name: { en: 'Wave 100 Gbit/s, protected', de: 'Wave 100 Gbit/s, geschützt', fr: 'Wave 100 Gbit/s, protégée' },
    monthly: { GBP: '4350.00', EUR: '4900.00', JPY: '865000', USD: '5580.00' },
    setupFee: { GBP: '5000.00', EUR: '5600.00', JPY: '990000', USD: '6400.00' },
  },
  IP: {
    code: 'IP',
    mark: 'IP',
    name: { en: 'IP Access 500 Mbit/s', de: 'IP Access 500 Mbit/s', fr: 'Accès IP 500 Mbit/s' },
    monthly: { GBP: '312.50', EUR: '348.90', JPY: '61800', USD: '401.00' },
    setupFee: { GBP: '250.00', EUR: '280.00', JPY: '49500', USD: '320.00' },
  },
  SDW: {
    code: 'SDW',
    mark: 'SD',
    name: { en: 'SD-WAN managed site', de: 'SD-WAN, betreuter Standort', fr: 'SD-WAN, site géré' },
    monthly: { GBP: '148.75', EUR: '166.40', JPY: '29400', USD: '190.00' },
    setupFee: { GBP: '95.00', EUR: '106.00', JPY: '18800', USD: '122.00' },
  },
  SIP: {
    code: 'SIP',
    mark: 'SIP',
    name: { en: 'SIP Trunk, voice channels', de: 'SIP-Trunk, Sprachkanäle', fr: 'Trunk SIP, canaux voix' },
    monthly: { GBP: '7.85', EUR: '8.80', JPY: '1550', USD: '10.10' },
    setupFee: { GBP: '150.00', EUR: '168.00', JPY: '29800', USD: '192.00' },
    units: { count: 30, name: 'channel' },
  },
  XC: {
    code: 'XC',
    mark: 'XC',
    name: { en: 'Data centre cross-connect', de: 'Rechenzentrums-Querverbindung', fr: 'Interconnexion en centre de données' },
    monthly: { GBP: '86.00', EUR: '96.20', JPY: '17000', USD: '110.00' },
    setupFee: { GBP: '180.00', EUR: '201.00', JPY: '35600', USD: '231.00' },
  },
};

/** Rental of one phone number for a month. */
export const NUMBER_RENTAL: Readonly<Record<Currency, string>> = { GBP: '0.12', EUR: '0.135', JPY: '22', USD: '0.15' };
