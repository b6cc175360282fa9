import type { AccountPlan } from './carrier.ts';
import { BILLED_SINCE_YEARS } from './carrier.ts';
import { ACCOUNTS } from './customers.ts';

export interface NumberRange {
  readonly bcn: string;
  readonly serviceId?: string;
  readonly from: string;
  readonly to?: string;
  readonly country: string;
  readonly type: 'geographic' | 'non-geographic' | 'mobile' | 'freephone';
  readonly status: 'active' | 'reserved' | 'ceased' | 'ported-out';
  readonly assignedOn: string;
  readonly endedOn?: string;
  readonly portedIn?: boolean;
  readonly address?: string;
}

/** Blocks of a hundred that regulators keep for stories, in the order in which accounts get them. */
const BLOCKS: Record<string, readonly string[]> = {
  GB: [...hundreds('+44207946', 2, 2, 9), ...hundreds('+44131496', 2, 0, 9)],
  DE: hundreds('+493023125', 1, 2, 9),
  FR: hundreds('+3319900', 2, 10, 99),
  JP: hundreds('+8135555', 2, 10, 99),
};

/** Five towns of a thousand reserved numbers each: what a university hands out one by one. */
const SINGLES = ['+44113496', '+44114496', '+44115496', '+44116496', '+44161496'];

/** Numbers of every account that makes or takes calls, by account. */
export function numbers(sipServiceOf: (bcn: string) => string | undefined): ReadonlyMap<string, readonly NumberRange[]> {
  const used: Record<string, number> = {};
  const byAccount = new Map<string, NumberRange[]>();
  for (const { account } of ACCOUNTS) {
    if (!account.calls) continue;
    const country = account.address.country;
    const index = used[country] ?? 0;
    used[country] = index + 1;
    const block = BLOCKS[country]?.[index];
    if (!block) throw new Error(`No reserved block is left for ${account.bcn} in ${country}`);
    byAccount.set(account.bcn, holding(account, country, block, index, sipServiceOf(account.bcn)));
  }
  return byAccount;
}

function holding(account: AccountPlan, country: string, block: string, index: number, serviceId: string | undefined): NumberRange[] {
  const base = { bcn: account.bcn, serviceId, country, status: 'active', assignedOn: BILLED_SINCE_YEARS } as const;
  const address = `${account.address.street}, ${account.address.postalCode} ${account.address.city}`;
  if (account.singleNumbers) {
    const singles = Array.from({ length: account.singleNumbers }, (_, n) => single(n));
    return [
      { ...base, from: `${block}00`, to: `${block}99`, type: 'geographic', address },
      ...singles.map((from) => ({ ...base, from, type: 'geographic' as const, address })),
    ];
  }
  const ranges: NumberRange[] = [
    { ...base, from: `${block}00`, to: `${block}79`, type: 'geographic', address },
    { ...base, from: `${block}80`, to: `${block}89`, type: 'geographic', status: 'reserved', address },
    { ...base, from: `${block}90`, type: 'geographic', status: 'active', portedIn: true, assignedOn: '2025-06-12', address },
    { ...base, from: `${block}91`, type: 'geographic', status: 'ceased', endedOn: '2026-10-12' },
    { ...base, from: `${block}92`, type: 'geographic', status: 'ported-out', endedOn: '2026-10-15' },
  ];
  if (account.calls?.profile === 'freephone') {
    const last = `${index}`.padStart(2, '0');
    ranges.push({ ...base, from: `+44808157${last}00`, to: `+44808157${last}09`, type: 'freephone' });
  }
  return ranges;
}

function single(n: number): string {
  const town = SINGLES[Math.floor(n / 1000)];
  return `${town}${String(n % 1000).padStart(4, '0')}`;
}

/** Prefixes that stand for a hundred numbers each: the range's first digits without the last two. */
function hundreds(prefix: string, digits: number, first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, n) => `${prefix}${String(first + n).padStart(digits, '0')}`);
}

/** How many numbers a row stands for. */
export function sizeOf({ from, to }: NumberRange): number {
  return to ? Number(BigInt(to.slice(1)) - BigInt(from.slice(1))) + 1 : 1;
}
