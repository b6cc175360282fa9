import type { AccountPlan, AddressPlan, ProductCode } from './carrier.ts';
import { BILLED_SINCE_YEARS } from './carrier.ts';
import { ACCOUNTS } from './customers.ts';
import { PRODUCTS } from './products.ts';
import { randomOf } from './random.ts';

export interface Service {
  readonly serviceId: string;
  readonly code: ProductCode;
  readonly record: Readonly<Record<string, unknown>>;
  /** Percent off the recurring price, as contracted. */
  readonly discount?: string;
}

/** The day on which one line of Kaltenbach moves to its sister company's account. */
export const MOVED_ON = '2026-10-16';

const FIRST_SERIAL = 100_417;

const POINTS_OF_PRESENCE: Record<string, readonly { readonly code: string; readonly place: string }[]> = {
  GB: [
    { code: 'LON', place: 'Northgate PoP London Docklands, 5 Harbour Row, London' },
    { code: 'MAN', place: 'Northgate PoP Manchester, 21 Joule Street, Manchester' },
    { code: 'EDI', place: 'Northgate PoP Edinburgh, 2 Gyle Way, Edinburgh' },
    { code: 'SLO', place: 'Northgate PoP Slough, 8 Liverpool Close, Slough' },
  ],
  DE: [
    { code: 'FRA', place: 'Northgate PoP Frankfurt, Kabelstraße 6, Frankfurt am Main' },
    { code: 'HAM', place: 'Northgate PoP Hamburg, Fernmeldeweg 3, Hamburg' },
    { code: 'MUC', place: 'Northgate PoP München, Glasfaserring 1, München' },
  ],
  FR: [
    { code: 'PAR', place: 'Northgate PoP Paris, 14 rue des Fibres, Paris' },
    { code: 'LYS', place: 'Northgate PoP Lyon, 9 chemin du Réseau, Lyon' },
  ],
  JP: [
    { code: 'TYO', place: 'ノースゲート東京局 東京都江東区通信町1-1' },
    { code: 'OSA', place: 'ノースゲート大阪局 大阪府大阪市北区光線町2-4' },
  ],
};

const SITES: Record<string, readonly string[]> = {
  GB: ['High Street', 'Station Road', 'Market Place', 'Mill Lane', 'Queensway', 'Canal Side', 'Church Walk', 'Retail Park'],
  DE: ['Hauptstraße', 'Bahnhofstraße', 'Industriestraße', 'Lindenweg', 'Am Güterbahnhof', 'Mühlgasse'],
  FR: ['rue de la Gare', 'avenue du Général-Exemple', 'zone d’activités Les Prés', 'rue des Écoles'],
  JP: ['見本町', '例示通', '港町', '中央'],
};

const TOWNS: Record<string, readonly string[]> = {
  GB: ['Barnsley', 'Carlisle', 'Doncaster', 'Exeter', 'Falkirk', 'Gloucester', 'Hull', 'Ipswich', 'Kendal', 'Lincoln', 'Perth', 'York'],
  DE: ['Augsburg', 'Bielefeld', 'Cottbus', 'Düren', 'Göttingen', 'Köln', 'Lübeck', 'Münster', 'Würzburg'],
  FR: ['Angers', 'Besançon', 'Caen', 'Dijon', 'Évreux', 'Nîmes', 'Orléans', 'Saint-Étienne'],
  JP: ['東京都大田区', '神奈川県横浜市', '大阪府堺市', '愛知県豊田市'],
};

/** All services by the account that is billed for them first. */
export function services(): ReadonlyMap<string, readonly Service[]> {
  let serial = FIRST_SERIAL;
  const byAccount = new Map<string, Service[]>();
  for (const { account } of ACCOUNTS) {
    const codes = (Object.entries(account.products) as [ProductCode, number][]).flatMap(([code, count]) =>
      Array<ProductCode>(count).fill(code),
    );
    byAccount.set(
      account.bcn,
      codes.map((code, place) => {
        serial += 7;
        return service(account, code, place, serial);
      }),
    );
  }
  return byAccount;
}

function service(account: AccountPlan, code: ProductCode, place: number, serial: number): Service {
  const product = PRODUCTS[code];
  const country = POINTS_OF_PRESENCE[account.address.country] ? account.address.country : 'DE';
  const random = randomOf('service', account.bcn, String(place));
  const places = POINTS_OF_PRESENCE[country] ?? [];
  const near = random.pick(places);
  const far = random.pick(places.filter(({ code: other }) => other !== near.code));
  const discount = code === 'SDW' && place % 4 === 3 ? '10' : undefined;
  const from = account.activeFrom ?? random.pick([BILLED_SINCE_YEARS, '2024-01-15', '2024-09-01', '2025-03-10', '2026-02-01']);
  const serviceId = code === 'SIP' ? `SIP-${serial}` : `${near.code}/${far.code}/${product.mark}-${serial}`;
  return {
    serviceId,
    code,
    discount,
    record: {
      serviceId,
      ownership: ownership(account, place, from),
      product: product.name.en,
      aEnd: near.place,
      ...(code === 'SIP'
        ? {}
        : { bEnd: code === 'XC' ? far.place : site(account.address, country, place, random.pick(TOWNS[country] ?? [''])) }),
      prices: [{ from, amount: priceOf(account, code), interval: 'month', inAdvance: true }],
      ...(discount ? { discounts: [{ from: '2026-01-01', to: '2027-12-31', percent: discount }] } : {}),
      setupFee: product.setupFee[account.currency],
    },
  };
}

function ownership(account: AccountPlan, place: number, from: string) {
  if (account.quirks?.includes('moved-out') && place === 0) {
    return [
      { bcn: account.bcn, from, to: MOVED_ON },
      { bcn: 'B20015902', from: MOVED_ON },
    ];
  }
  return [{ bcn: account.bcn, from, ...(account.closedOn ? { to: '2026-09-01' } : {}) }];
}

/** The contracted price of the whole service for a month: SIP trunks are sold by the channel. */
function priceOf(account: AccountPlan, code: ProductCode): string {
  const { monthly, units } = PRODUCTS[code];
  const price = monthly[account.currency];
  if (!units) return price;
  const decimals = price.includes('.') ? 2 : 0;
  return (Math.round(Number(price) * 10 ** decimals) * units.count * 10 ** -decimals).toFixed(decimals);
}

function site(address: AddressPlan, country: string, place: number, town: string): string {
  const streets = SITES[country] ?? [''];
  const street = streets[place % streets.length];
  const number = 3 + ((place * 17) % 90);
  if (place === 0) return `${address.street}, ${address.city}`;
  return country === 'JP'
    ? `${town}${street}${number}番`
    : country === 'DE'
      ? `${street} ${number}, ${town}`
      : `${number} ${street}, ${town}`;
}
