import type { AccountPlan, CallProfile } from './carrier.ts';
import { daysIn, LAST_PERIOD } from './carrier.ts';
import type { NumberRange } from './numbers.ts';
import { type Random, randomOf } from './random.ts';

/** A charge is counted in hundred-thousandths of the currency's unit: call prices have five decimals. */
export const CHARGE_DECIMALS = 5;

export interface Call {
  readonly recordId: string;
  readonly chargedNumber: string;
  readonly aNumber: string;
  readonly bNumber: string;
  readonly direction: 'outbound' | 'inbound';
  readonly localTime: string;
  readonly offset: string;
  readonly seconds: number;
  readonly callClass: string;
  readonly destination: string;
  readonly timeBand: 'peak' | 'off-peak' | 'weekend';
  readonly charge: bigint;
  readonly currency: string;
  readonly serviceId: string;
}

interface Rate {
  readonly callClass: string;
  readonly destination: string;
  /** Hundred-thousandths of a pound a minute; other currencies follow by FACTOR. */
  readonly perMinute: number;
  readonly share: number;
  readonly called: (random: Random) => string;
}

const FACTOR: Record<AccountPlan['currency'], number> = { GBP: 1, EUR: 1.15, USD: 1.3, JPY: 190 };

const NATIONAL: Record<string, (random: Random) => string> = {
  GB: (random) => `+44${random.pick(['121496', '141496', '151496', '117496', '118496'])}0${three(random)}`,
  DE: (random) => `+49${random.pick(['6990009', '4066969', '2214710', '8999998'])}${three(random)}`,
  FR: (random) => `+33${random.pick(['26191', '35301', '46571', '53649'])}0${three(random)}`,
  JP: (random) => `+81355559${three(random)}`,
};
const MOBILE: Record<string, (random: Random) => string> = {
  GB: (random) => `+447700900${three(random)}`,
  DE: (random) => `+49171392${String(random.int(0, 99)).padStart(4, '0')}`,
  FR: (random) => `+33639980${three(random)}`,
  JP: (random) => `+81905555${random.int(1000, 9999)}`,
};
const american = (random: Random) => `+120255501${String(random.int(0, 99)).padStart(2, '0')}`;

/** Late records of the month before, delivered with the month: marked, not blocked. */
const LATE_CALLS = 4;
const POLLING_CALLS = 40_000;

/** The rated calls of an account and month, in order of time. */
export function callsOf(account: AccountPlan, period: string, ranges: readonly NumberRange[], serviceId: string): Call[] {
  const { calls: plan } = account;
  if (!plan) return [];
  const polling = plan.profile === 'alarm-polling' && period === LAST_PERIOD;
  const late = account.quirks?.includes('late-usage') && period === LAST_PERIOD ? LATE_CALLS : 0;
  const random = randomOf('calls', account.bcn, period);
  const count = polling ? POLLING_CALLS : plan.perMonth;
  const drafts = Array.from({ length: count }, (_, n) => draft(account, n < late ? '2026-09' : period, ranges, random, polling));
  if (plan.layout === 'fcs-v3' && plan.profile === 'office' && period === LAST_PERIOD) drafts.splice(-2, 2, ...repeatedHour(drafts));
  drafts.sort((a, b) => (instantOf(a) < instantOf(b) ? -1 : 1));
  return drafts.map((call, n) => ({
    ...call,
    recordId: `${account.bcn}-${period.replace('-', '')}-${String(n + 1).padStart(6, '0')}`,
    currency: account.currency,
    serviceId,
  }));
}

type Draft = Omit<Call, 'recordId' | 'currency' | 'serviceId'>;

function draft(account: AccountPlan, period: string, ranges: readonly NumberRange[], random: Random, polling: boolean): Draft {
  const country = account.address.country;
  const own = ownNumber(account, ranges, random);
  const day = random.int(1, daysIn(period));
  const date = `${period}-${String(day).padStart(2, '0')}`;
  const weekend = [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
  const hour = polling ? random.int(3, 23) : random.int(7, 20);
  const localTime = `${date}T${[hour, random.int(0, 59), random.int(0, 59)].map(two).join(':')}`;
  const timeBand = weekend ? 'weekend' : hour >= 8 && hour < 18 ? 'peak' : 'off-peak';
  const seconds = secondsOf(account.calls?.profile ?? 'office', random, polling);
  if (account.calls?.profile === 'freephone') {
    const caller = random.chance(0.5)
      ? (MOBILE[country] as (r: Random) => string)(random)
      : (NATIONAL[country] as (r: Random) => string)(random);
    return {
      ...{ chargedNumber: own, aNumber: caller, bNumber: own, direction: 'inbound', localTime, offset: offsetOf(country, localTime) },
      ...{ seconds, callClass: 'freephone', destination: 'Freephone, inbound', timeBand, charge: chargeOf(2_150, seconds, account) },
    };
  }
  const rate = polling ? POLLING : rateOf(account, random);
  const charge = polling ? 412n + 9n * BigInt(seconds) : chargeOf(rate.perMinute, seconds, account);
  return {
    ...{
      chargedNumber: own,
      aNumber: own,
      bNumber: rate.called(random),
      direction: 'outbound',
      localTime,
      offset: offsetOf(country, localTime),
    },
    ...{ seconds, callClass: rate.callClass, destination: rate.destination, timeBand, charge },
  };
}

const POLLING: Rate = {
  ...{ callClass: 'non-geographic', destination: 'UK-wide, alarm receiving centre', perMinute: 0, share: 1 },
  called: (random) => `+443069990${three(random)}`,
};

function rateOf(account: AccountPlan, random: Random): Rate {
  const rates = ratesOf(account.address.country, account.calls?.profile === 'wholesale');
  let mark = random.int(1, 100);
  for (const rate of rates) {
    mark -= rate.share;
    if (mark <= 0) return rate;
  }
  return rates[0] as Rate;
}

function ratesOf(country: string, wholesale: boolean): readonly Rate[] {
  const [national, mobile] = [NATIONAL[country] as Rate['called'], MOBILE[country] as Rate['called']];
  const names = { GB: 'UK', DE: 'Deutschland', FR: 'France', JP: 'Japan' }[country] ?? country;
  return [
    { callClass: 'national', destination: `${names}, fixed`, perMinute: wholesale ? 315 : 1_050, share: 58, called: national },
    { callClass: 'mobile', destination: `${names}, mobile`, perMinute: wholesale ? 487 : 2_950, share: 30, called: mobile },
    { callClass: 'international', destination: 'USA, fixed', perMinute: wholesale ? 1_172 : 3_825, share: 12, called: american },
  ];
}

function secondsOf(profile: CallProfile, random: Random, polling: boolean): number {
  switch (profile) {
    case 'alarm-polling':
      return polling ? random.int(2, 9) : random.int(900, 2_400);
    case 'wholesale':
      return 30 + random.int(0, 45) ** 2;
    case 'office':
    case 'freephone':
      return 6 + random.int(0, 30) ** 2;
  }
}

/** Price a minute times seconds, rounded half up to five decimals. */
function chargeOf(perMinute: number, seconds: number, account: AccountPlan): bigint {
  const rate = BigInt(Math.round(perMinute * FACTOR[account.currency]));
  return (rate * BigInt(seconds) * 2n + 60n) / 120n;
}

function ownNumber(account: AccountPlan, ranges: readonly NumberRange[], random: Random): string {
  const wanted = account.calls?.profile === 'freephone' ? 'freephone' : 'geographic';
  const usable = ranges.filter(({ type, status, to }) => type === wanted && status === 'active' && to !== undefined);
  const range = random.pick(usable);
  const width = Number((range.to ?? range.from).slice(-2)) - Number(range.from.slice(-2));
  return `${range.from.slice(0, -2)}${two(Number(range.from.slice(-2)) + random.int(0, width))}`;
}

/** Two calls that look the same on a clock that went back: half past one comes twice on 25 October. */
function repeatedHour(drafts: readonly Draft[]): Draft[] {
  const [template] = drafts;
  if (!template) return [];
  const twin = { ...template, localTime: '2026-10-25T01:30:00', timeBand: 'weekend' as const };
  return [
    { ...twin, offset: '+01:00' },
    { ...twin, offset: '+00:00' },
  ];
}

/** Summer time of 2026 ends on 25 October at 01:00 UTC. */
function offsetOf(country: string, localTime: string): string {
  if (country === 'JP') return '+09:00';
  const summer = localTime < '2026-10-25T01';
  if (country === 'GB') return summer ? '+01:00' : '+00:00';
  return summer ? '+02:00' : '+01:00';
}

function instantOf({ localTime, offset }: Draft): number {
  return Date.parse(localTime + offset);
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}

function three(random: Random): string {
  return String(random.int(0, 999)).padStart(3, '0');
}
