import { addDays, localDate } from '../calendars/dates.ts';
import { ownerOn, type Service } from '../directory/records.ts';
import type { InvitedCircuit } from '../messages/invitation.ts';
import type { PlannedWorks } from './works.ts';

export type Window = PlannedWorks['windows'][number];

/**
 * A customer's circuits that a window touches, by service id: those that one of its accounts owns on the window's date.
 * @param services as the directory has them
 * @param bcns the customer's accounts
 * @param timeZone in which the window's date is meant
 */
export function circuitsOf(
  works: Pick<PlannedWorks, 'services'>,
  window: Pick<Window, 'windowId' | 'start'>,
  { services, bcns, timeZone }: { services: ReadonlyMap<string, Service>; bcns: ReadonlySet<string>; timeZone: string },
): InvitedCircuit[] {
  const date = localDate(new Date(window.start), timeZone);
  const circuits = works.services.flatMap(({ serviceId, impact, windowIds, expectedDowntimeMinutes }): InvitedCircuit[] => {
    if (windowIds !== undefined && !windowIds.includes(window.windowId)) return [];
    const service = services.get(serviceId);
    const bcn = service && ownerOn(service, date);
    if (!service || bcn === undefined || !bcns.has(bcn)) return [];
    const { product, aEnd, bEnd } = service;
    return [{ serviceId, bcn, impact, product, aEnd, bEnd, expectedDowntimeMinutes }];
  });
  return circuits.sort((a, b) => (a.serviceId < b.serviceId ? -1 : 1));
}

/** Every account that may own one of the works' services in one of its windows, by service: a day more at both ends, for time zones. */
export function possibleOwners(works: Pick<PlannedWorks, 'windows'>, services: readonly Service[]): Map<string, string[]> {
  const starts = works.windows.map(({ start }) => start).toSorted();
  const [first = '', last = ''] = [starts[0], starts.at(-1)].map((start) => start?.slice(0, 10));
  const [from, to] = [addDays(first, -1), addDays(last, 1)];
  return new Map(
    services.map(({ serviceId, ownership }) => {
      const owners = ownership.filter((owner) => owner.from <= to && (owner.to === undefined || owner.to >= from));
      return [serviceId, [...new Set(owners.map(({ bcn }) => bcn))]];
    }),
  );
}
