import type { CustomerPlan } from './carrier.ts';

const JP = { legalEntityId: 'NG-JP', country: 'JP', language: 'en', timeZone: 'Asia/Tokyo' } as const;
const ACCOUNT = { currency: 'JPY', language: 'en', tax: 'standard' } as const;

export const CUSTOMERS_JP: readonly CustomerPlan[] = [
  {
    ...JP,
    ocn: '400102',
    name: '株式会社サンプル電機 (Sample Denki K.K.)',
    domain: 'sample-denki.example',
    accounts: [
      {
        ...ACCOUNT,
        bcn: 'B40010201',
        name: '株式会社サンプル電機 本社',
        address: { street: '例示一丁目4番5号 サンプルタワー18階', postalCode: '105-0000', city: '東京都港区', country: 'JP' },
        products: { LE10: 2, LE1: 4, SIP: 2 },
        calls: { profile: 'office', perMonth: 240, layout: 'carrierpost' },
        record: { paymentTerms: { days: 30, endOfMonth: true } },
      },
      {
        ...ACCOUNT,
        bcn: 'B40010202',
        name: '株式会社サンプル電機 大阪支店',
        address: { street: '見本橋筋二丁目8番1号', postalCode: '541-0000', city: '大阪府大阪市中央区', country: 'JP' },
        products: { LE1: 4, IP: 3 },
        record: { paymentTerms: { days: 30, endOfMonth: true } },
      },
      {
        ...ACCOUNT,
        bcn: 'B40010203',
        name: '株式会社サンプル電機 研究所',
        address: { street: '実験台三丁目1番', postalCode: '305-0000', city: '茨城県つくば市', country: 'JP' },
        products: { IP: 3 },
        record: { paymentTerms: { days: 30, endOfMonth: true } },
      },
    ],
  },
  {
    ...JP,
    ocn: '400116',
    name: '東京見本物流株式会社',
    domain: 'tokyo-mihon.example',
    accounts: [
      {
        ...ACCOUNT,
        bcn: 'B40011601',
        name: '東京見本物流株式会社',
        address: { street: '倉庫町五丁目6番7号', postalCode: '135-0000', city: '東京都江東区', country: 'JP' },
        products: { LE1: 3, SIP: 2, SDW: 4 },
        calls: { profile: 'office', perMonth: 180, layout: 'carrierpost' },
      },
      {
        ...ACCOUNT,
        bcn: 'B40011602',
        name: '東京見本物流株式会社 名古屋営業所',
        address: { street: '運河通一丁目2番', postalCode: '455-0000', city: '愛知県名古屋市', country: 'JP' },
        products: { SDW: 4 },
      },
    ],
  },
  {
    ...JP,
    ocn: '400121',
    name: 'Kobe Harbour Trading K.K.',
    domain: 'kobe-harbour.example',
    accounts: [
      {
        ...ACCOUNT,
        bcn: 'B40012101',
        name: 'Kobe Harbour Trading K.K.',
        address: { street: '3-2-1 Minato Mihon', postalCode: '650-0000', city: 'Kobe', country: 'JP' },
        products: { IP: 3, SIP: 1 },
        calls: { profile: 'office', perMonth: 60, layout: 'carrierpost' },
      },
      {
        ...ACCOUNT,
        bcn: 'B40012102',
        name: 'Kobe Harbour Trading K.K., Osaka Pier',
        address: { street: '1-1 Sakishima Mihon', postalCode: '559-0000', city: 'Osaka', country: 'JP' },
        products: { LE1: 1 },
        activeFrom: '2026-10-01',
        record: { invoicedBefore: false, quote: { monthly: '185000' } },
      },
    ],
  },
];
