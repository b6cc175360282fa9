import type { MaintenanceEvent, MaintenanceStatus } from './maintenance.ts';

/** What a calendar object asks of its reader (RFC 5546, 3.2). */
export type Method = 'REQUEST' | 'CANCEL' | 'PUBLISH' | 'DECLINECOUNTER';

interface Rule {
  /** Nobody learns from a feed who else is invited; a message is for one. */
  readonly attendee: 'one' | 'none' | 'any';
  readonly alarm: boolean;
  readonly statuses: readonly (MaintenanceStatus | undefined)[];
}

const LIVE = ['tentative', 'confirmed', 'in-process', 'completed'] as const;

const RULES: Record<Method | 'none', Rule> = {
  REQUEST: { attendee: 'one', alarm: true, statuses: LIVE },
  CANCEL: { attendee: 'one', alarm: false, statuses: ['cancelled', undefined] },
  DECLINECOUNTER: { attendee: 'one', alarm: false, statuses: [...LIVE, 'cancelled', undefined] },
  PUBLISH: { attendee: 'none', alarm: true, statuses: [...LIVE, 'cancelled'] },
  none: { attendee: 'any', alarm: true, statuses: [...LIVE, 'cancelled', undefined] },
};

/** @throws RangeError when the event cannot be written with this method */
export function checkEvent(method: Method | undefined, { status, alarm }: Pick<MaintenanceEvent, 'status' | 'alarm'>): void {
  const { statuses, alarm: allowed } = RULES[method ?? 'none'];
  if (!statuses.includes(status)) {
    throw new RangeError(
      `A ${method} cannot have the status ${status}: ${statuses.map((right) => right ?? 'none').join(', ')} is expected`,
    );
  }
  if (alarm && !allowed) throw new RangeError(`A ${method} has no alarm: it rings for nothing`);
}

/** @throws RangeError when the method asks for an attendee and there is none, or the other way round */
export function checkAttendee(method: Method | undefined, attendee: MaintenanceEvent['attendee']): void {
  const { attendee: expected } = RULES[method ?? 'none'];
  if (expected === 'one' && !attendee) throw new RangeError(`A ${method} is for one attendee, who is missing`);
  if (expected === 'none' && attendee) throw new RangeError(`A ${method} names no attendee: ${attendee.email} is not expected`);
}
