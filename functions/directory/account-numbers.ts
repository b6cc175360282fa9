import { numbersOf, servicesOf } from './read.ts';
import { type NumberRange, ownerOn, type Service } from './records.ts';

/** Number records that may be an account's, and whose each of them is on a date. */
export interface AccountNumbers {
  readonly ranges: readonly NumberRange[];
  readonly ownerOf: (range: NumberRange, date: string) => string;
}

/**
 * The numbers of an account: its own records, and those that still stand under the account which a service moved away from.
 * Where the carrier has told both, the account's own record counts.
 */
export async function accountNumbers(bcn: string): Promise<AccountNumbers> {
  const own = await Array.fromAsync(numbersOf(bcn));
  const moved = await movedServices(bcn);
  const known = new Set(own.map(({ from }) => from));
  const ranges = [...own];
  for (const other of new Set([...moved.values()].flatMap(({ ownership }) => ownership.map((owner) => owner.bcn)))) {
    if (other === bcn) continue;
    for await (const range of numbersOf(other)) if (!known.has(range.from) && serviceOf(range, moved)) ranges.push(range);
  }
  return {
    ranges,
    ownerOf: (range, date) => {
      const service = serviceOf(range, moved);
      return (service && ownerOn(service, date)) ?? range.bcn;
    },
  };
}

/** Services that the account shares with others in time: only they can take numbers along. */
async function movedServices(bcn: string): Promise<Map<string, Service>> {
  const moved = new Map<string, Service>();
  for await (const service of servicesOf(bcn)) {
    if (service.ownership.some((owner) => owner.bcn !== bcn)) moved.set(service.serviceId, service);
  }
  return moved;
}

/** The moved service of a range, when the range stands under one of its owners. */
function serviceOf({ serviceId, bcn }: NumberRange, moved: ReadonlyMap<string, Service>): Service | undefined {
  const service = serviceId === undefined ? undefined : moved.get(serviceId);
  return service?.ownership.some((owner) => owner.bcn === bcn) ? service : undefined;
}
