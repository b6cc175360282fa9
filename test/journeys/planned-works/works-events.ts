import { writeFileSync } from 'node:fs';

/*
 * `planned-works.published`, as change management writes it.
 */

export type WorksState = 'tentative' | 'confirmed' | 'in-process' | 'completed' | 'cancelled';
export type Impact = 'no-impact' | 'reduced-redundancy' | 'degraded' | 'outage';

export interface WorksWindow {
  readonly windowId: string;
  readonly start: string;
  readonly end: string;
  readonly status?: WorksState;
  readonly expectedDowntimeMinutes?: number;
}

export interface AffectedService {
  readonly serviceId: string;
  readonly impact: Impact;
  readonly windowIds?: readonly string[];
  readonly expectedDowntimeMinutes?: number;
}

export interface WorksData {
  readonly worksId: string;
  readonly revision: number;
  readonly status: WorksState;
  readonly class: 'planned' | 'emergency';
  readonly title: string;
  readonly description: string;
  readonly noticeDays?: number;
  readonly cancelReason?: string;
  readonly coordinator?: { readonly name: string; readonly email: string };
  readonly windows: readonly WorksWindow[];
  readonly services: readonly AffectedService[];
}

export interface WorksEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: 'planned-works.published';
  readonly time: string;
  readonly subject: string;
  readonly data: WorksData;
}

/** Windows of December: far enough for every notice, and for the journeys never to meet their reminders. */
export const NIGHT: WorksWindow = { windowId: '1', start: '2026-12-09T00:00:00+01:00', end: '2026-12-09T04:00:00+01:00' };
export const NEXT_NIGHT: WorksWindow = { windowId: '2', start: '2026-12-10T00:00:00+01:00', end: '2026-12-10T04:00:00+01:00' };
/** The first one, a week later. */
export const MOVED_NIGHT: WorksWindow = { windowId: '1', start: '2026-12-16T00:00:00+01:00', end: '2026-12-16T05:00:00+01:00' };

/** A revision of works: confirmed, planned, in the night of 9 December, unless told otherwise. */
export function published(worksId: string, revision: number, more: Partial<WorksData>): WorksEvent {
  return {
    specversion: '1.0',
    id: `${worksId}-${revision}`,
    source: '/change-management',
    type: 'planned-works.published',
    time: '2026-11-02T09:00:00Z',
    subject: worksId,
    data: {
      worksId,
      revision,
      status: 'confirmed',
      class: 'planned',
      title: 'Router software upgrade',
      description: 'A router gets new software. Traffic stops while it restarts.',
      windows: [NIGHT],
      services: [],
      ...more,
    },
  };
}

export function hit(serviceId: string, impact: Impact = 'outage', more: Partial<AffectedService> = {}): AffectedService {
  return { serviceId, impact, ...more };
}

/** Writes events as `carrierpost works` reads them. */
export function writeEvents(file: string, events: readonly WorksEvent[]): string {
  writeFileSync(file, events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  return file;
}

/** A window's start or end as the mails' readers compare them. */
export function instantOf(text: string): number {
  return Date.parse(text);
}
