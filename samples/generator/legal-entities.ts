export type LegalEntityId = 'NG-GB' | 'NG-DE' | 'NG-FR' | 'NG-JP';

export interface LegalEntity {
  readonly legalEntityId: LegalEntityId;
  readonly country: string;
  readonly calendar: string;
  readonly taxRounding?: 'half-up' | 'down';
  readonly [field: string]: unknown;
}

const SERIES_TYPES = ['invoice', 'credit-note', 'self-billed-invoice', 'outpayment-statement'] as const;

/** Numbers go on where the carrier's earlier system stopped, in the middle of the year. */
function series(country: string, next: number) {
  const marks = { invoice: '', 'credit-note': 'C', 'self-billed-invoice': 'S', 'outpayment-statement': 'P' } as const;
  return [2026, 2027].flatMap((year) =>
    SERIES_TYPES.map((type) => ({
      type,
      year,
      prefix: `${country}${marks[type]}${year % 100}`,
      width: 6,
      next: year === 2026 && type === 'invoice' ? next : 1,
    })),
  );
}

const CONTROL = { netChangePercent: '25', minAccounts: 1 };

/** The four companies of the carrier: who sells, by which calendar, in which currency. VAT ids are well-formed and belong to nobody. */
export const LEGAL_ENTITIES: readonly LegalEntity[] = [
  {
    legalEntityId: 'NG-GB',
    name: 'Northgate Carrier Ltd',
    country: 'GB',
    address: { street: '14 Signal Yard', postalCode: 'EC2A 4XX', city: 'London', country: 'GB' },
    vatId: 'GB123456789',
    registration: 'Registered in England and Wales, no. 00000417',
    legalFooter: { directors: 'A. Whitcombe, R. Osei', number: '00000417', court: 'Companies House, Cardiff' },
    bank: { name: 'Example Bank plc', iban: 'GB33XMPL00000012345678', bic: 'XMPLGB2L', account: '00-00-00 12345678' },
    creditorId: 'GB00ZZZSDDXMPL0000000417',
    currency: 'GBP',
    taxRounding: 'half-up',
    calendar: 'GB-ENG',
    contact: { email: 'billing@northgate.example', phone: '+44 20 7946 0100' },
    web: 'https://www.northgate.example',
    series: series('GB', 20_419),
    lateUsageDays: 90,
    issueLimit: { domesticDays: 30, intraEuDay: 15 },
    retentionMonths: { invoice: 84, cdr: 12, unl: 24 },
    control: { ...CONTROL },
  },
  {
    legalEntityId: 'NG-DE',
    name: 'Northgate Carrier Deutschland GmbH',
    country: 'DE',
    address: { street: 'Beispielallee 27', postalCode: '60311', city: 'Frankfurt am Main', country: 'DE' },
    vatId: 'DE999000417',
    registration: 'HRB 000417',
    legalFooter: {
      court: 'Amtsgericht Frankfurt am Main',
      number: 'HRB 000417',
      directors: 'Dr. Jürgen Weißenfels, Marlene Gösch',
      capital: '500.000 EUR',
    },
    bank: { name: 'Musterbank AG', iban: 'DE00500000000123456789', bic: 'XMPLDEFF' },
    creditorId: 'DE00ZZZ00000000417',
    currency: 'EUR',
    taxRounding: 'half-up',
    calendar: 'DE',
    contact: { email: 'rechnung@northgate.example', phone: '+49 30 23125 100' },
    web: 'https://www.northgate.example/de',
    series: series('DE', 4_711),
    lateUsageDays: 90,
    issueLimit: { domesticDays: 180, intraEuDay: 15 },
    retentionMonths: { invoice: 96, cdr: 6, unl: 24 },
    control: { ...CONTROL },
  },
  {
    legalEntityId: 'NG-FR',
    name: 'Northgate Carrier France SAS',
    country: 'FR',
    address: { street: '8 rue de l’Exemple', postalCode: '75002', city: 'Paris', country: 'FR' },
    vatId: 'FR00999000417',
    registration: 'RCS Paris 999 000 417',
    legalFooter: { court: 'RCS Paris', number: '999 000 417', directors: 'Hélène Garçonnet', capital: '250 000 EUR' },
    bank: { name: 'Banque Exemple', iban: 'FR0030000000000000012345678', bic: 'XMPLFRPP' },
    creditorId: 'FR00ZZZ000417',
    currency: 'EUR',
    calendar: 'FR',
    contact: { email: 'facturation@northgate.example', phone: '+33 1 99 00 01 00' },
    web: 'https://www.northgate.example/fr',
    series: series('FR', 1_802),
    lateUsageDays: 60,
    issueLimit: { domesticDays: 30, intraEuDay: 15 },
    retentionMonths: { invoice: 120, cdr: 12, unl: 24 },
    control: { ...CONTROL },
  },
  {
    legalEntityId: 'NG-JP',
    name: 'ノースゲート・キャリア株式会社 (Northgate Carrier K.K.)',
    country: 'JP',
    address: { street: '見本町一丁目2番3号 ノースゲートビル', postalCode: '100-0000', city: '東京都千代田区', country: 'JP' },
    vatId: 'T0000000000417',
    registration: '法人番号 0000000000417',
    legalFooter: { directors: '代表取締役 見本 太郎', capital: '50,000,000 JPY' },
    bank: { name: '例示銀行 東京支店', bic: 'XMPLJPJT', account: '普通 0123456' },
    currency: 'JPY',
    taxRounding: 'down',
    calendar: 'JP',
    contact: { email: 'billing-jp@northgate.example', phone: '+81 3-5555-0100' },
    web: 'https://www.northgate.example/jp',
    series: series('JP', 903),
    lateUsageDays: 60,
    retentionMonths: { invoice: 120, cdr: 12, unl: 24 },
    control: { ...CONTROL },
  },
];

export function legalEntityOf(id: LegalEntityId): LegalEntity {
  const entity = LEGAL_ENTITIES.find(({ legalEntityId }) => legalEntityId === id);
  if (!entity) throw new Error(`The sample carrier has no legal entity ${id}`);
  return entity;
}
