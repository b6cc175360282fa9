import type { CustomerPlan } from './carrier.ts';

const DE = { legalEntityId: 'NG-DE', country: 'DE', language: 'de', timeZone: 'Europe/Berlin' } as const;
const ACCOUNT = { currency: 'EUR', language: 'de', tax: 'standard' } as const;

export const CUSTOMERS_DE: readonly CustomerPlan[] = [
  {
    ...DE,
    ocn: '200118',
    name: 'Müller, Özdemir & Söhne „Präzision“ GmbH',
    domain: 'mueller-oezdemir.example',
    accounts: [
      {
        ...ACCOUNT,
        bcn: 'B20011801',
        name: 'Müller, Özdemir & Söhne „Präzision“ GmbH',
        address: { street: 'Straße der Feinmechanik 12', postalCode: '70565', city: 'Stuttgart', country: 'DE' },
        products: { LE1: 3, SIP: 1 },
        calls: { profile: 'office', perMonth: 200, layout: 'carrierpost' },
      },
      {
        ...ACCOUNT,
        bcn: 'B20011802',
        name: 'Müller, Özdemir & Söhne „Präzision“ GmbH, Werk Süd',
        address: { street: 'Gewerbepark Süd 4', postalCode: '88212', city: 'Ravensburg', country: 'DE' },
        products: { IP: 4 },
      },
    ],
  },
  {
    ...DE,
    ocn: '200126',
    name: 'Nordlicht Versand AG',
    domain: 'nordlicht-versand.example',
    accounts: [
      {
        ...ACCOUNT,
        bcn: 'B20012601',
        name: 'Nordlicht Versand AG',
        address: { street: 'Am Speicher 1', postalCode: '20457', city: 'Hamburg', country: 'DE' },
        products: { LE1: 2, SDW: 10, SIP: 2 },
        calls: { profile: 'office', perMonth: 320, layout: 'carrierpost' },
        record: {
          paymentMethod: 'direct-debit',
          mandate: { reference: 'NG-M-2023-00871', accountMasked: 'DE** **** **** **** **34 17' },
          paymentTerms: { days: 10 },
        },
      },
      {
        ...ACCOUNT,
        bcn: 'B20012602',
        name: 'Nordlicht Versand AG, Filialen',
        address: { street: 'Am Speicher 1', postalCode: '20457', city: 'Hamburg', country: 'DE' },
        products: { SDW: 6 },
        record: {
          paymentMethod: 'direct-debit',
          mandate: { reference: 'NG-M-2023-00872', accountMasked: 'DE** **** **** **** **34 17' },
          paymentTerms: { days: 10 },
        },
      },
    ],
  },
  {
    ...DE,
    ocn: '200133',
    name: 'Rheinblick Telekom-Reseller GmbH',
    domain: 'rheinblick-telekom.example',
    accounts: [
      {
        ...ACCOUNT,
        bcn: 'B20013301',
        name: 'Rheinblick Telekom-Reseller GmbH',
        address: { street: 'Rheinuferpromenade 80', postalCode: '40221', city: 'Düsseldorf', country: 'DE' },
        tax: 'reverse-charge',
        products: { SIP: 4, LE10: 1, XC: 3 },
        calls: { profile: 'wholesale', perMonth: 400, layout: 'carrierpost' },
        record: { taxStatus: { telecomReseller: true, certificate: 'USt 1 TQ 2025/0417', validTo: '2027-12-31' } },
      },
    ],
  },
  {
    ...DE,
    ocn: '200147',
    name: 'Stadtwerke Beispielstadt AöR',
    domain: 'stadtwerke-beispielstadt.example',
    accounts: [
      {
        ...ACCOUNT,
        bcn: 'B20014701',
        name: 'Stadtwerke Beispielstadt AöR',
        address: { street: 'Wasserturmplatz 3', postalCode: '35390', city: 'Beispielstadt', country: 'DE' },
        products: { LE1: 6, SIP: 1 },
        calls: { profile: 'office', perMonth: 180, layout: 'carrierpost' },
        record: {
          purchaseOrders: [{ number: '4500017731', validFrom: '2026-01-01', validTo: '2026-12-31' }],
          purchaseOrderRequired: true,
          paymentTerms: { days: 14, dayOfMonth: 25 },
        },
      },
      {
        ...ACCOUNT,
        bcn: 'B20014702',
        name: 'Stadtwerke Beispielstadt AöR, Umspannwerke',
        address: { street: 'Wasserturmplatz 3', postalCode: '35390', city: 'Beispielstadt', country: 'DE' },
        products: { IP: 8 },
        record: { paymentTerms: { days: 14, dayOfMonth: 25 } },
      },
    ],
  },
  {
    ...DE,
    ocn: '200159',
    name: 'Kaltenbach Maschinenbau GmbH & Co. KG',
    domain: 'kaltenbach.example',
    accounts: [
      {
        ...ACCOUNT,
        bcn: 'B20015901',
        name: 'Kaltenbach Maschinenbau GmbH & Co. KG',
        address: { street: 'Hochofenstraße 9', postalCode: '44135', city: 'Dortmund', country: 'DE' },
        products: { LE1: 3, SIP: 1, IP: 1 },
        calls: { profile: 'office', perMonth: 150, layout: 'carrierpost' },
        quirks: ['moved-out'],
      },
      {
        ...ACCOUNT,
        bcn: 'B20015902',
        name: 'Kaltenbach Service GmbH',
        address: { street: 'Hochofenstraße 11', postalCode: '44135', city: 'Dortmund', country: 'DE' },
        products: { LE1: 2 },
        quirks: ['moved-in'],
      },
    ],
  },
  {
    ...DE,
    ocn: '200164',
    name: 'Alpenquell Getränke GmbH',
    domain: 'alpenquell.example',
    accounts: [
      {
        ...ACCOUNT,
        bcn: 'B20016401',
        name: 'Alpenquell Getränke GmbH',
        address: { street: 'Quellenweg 1', postalCode: '87561', city: 'Oberstdorf', country: 'DE' },
        products: { IP: 2, SIP: 1 },
        calls: { profile: 'office', perMonth: 80, layout: 'carrierpost' },
        quirks: ['tax-off-by-a-cent'],
      },
    ],
  },
  {
    ...DE,
    ocn: '200178',
    name: 'Van der Meer Logistics B.V.',
    country: 'NL',
    language: 'en',
    timeZone: 'Europe/Amsterdam',
    domain: 'vandermeer.example',
    accounts: [
      {
        ...ACCOUNT,
        bcn: 'B20017801',
        name: 'Van der Meer Logistics B.V.',
        address: { street: 'Voorbeeldkade 88', postalCode: '3011 AA', city: 'Rotterdam', country: 'NL' },
        language: 'en',
        tax: 'cross-border',
        products: { LE1: 2, XC: 1 },
        record: { vatId: 'NL000099998B57' },
      },
    ],
  },
  {
    ...DE,
    ocn: '200185',
    name: 'Bayern-Optik Strauß KG',
    domain: 'bayern-optik.example',
    accounts: [
      {
        ...ACCOUNT,
        bcn: 'B20018501',
        name: 'Bayern-Optik Strauß KG',
        address: { street: 'Linsengasse 5', postalCode: '93047', city: 'Regensburg', country: 'DE' },
        products: { IP: 2, SIP: 1 },
        calls: { profile: 'office', perMonth: 70, layout: 'carrierpost' },
        quirks: ['late-usage'],
        record: { delivery: { attach: false, post: true } },
      },
    ],
  },
  {
    ...DE,
    ocn: '200192',
    name: 'Ostsee Reederei Hansen KG',
    domain: 'ostsee-reederei.example',
    accounts: [
      {
        ...ACCOUNT,
        bcn: 'B20019201',
        name: 'Ostsee Reederei Hansen KG',
        address: { street: 'Hafenkontor, Strandstraße 2', postalCode: '18055', city: 'Rostock', country: 'DE' },
        products: { LE1: 2, SIP: 1 },
        calls: { profile: 'office', perMonth: 60, layout: 'carrierpost' },
        record: { itemisation: 'masked' },
      },
    ],
  },
];
