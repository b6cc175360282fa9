import * as z from 'zod';
import { withoutBlanks } from '../directory/blanks.ts';
import { email, fields, id, instant, listOf, oneOf, serviceId, text, whole } from '../directory/fields.ts';

/** What a table keeps of one works; some 3,000 circuits. */
const LARGEST = 350_000;

const status = oneOf('tentative', 'confirmed', 'in-process', 'completed', 'cancelled');
const minutes = whole(0, 100_000);

const window = fields({
  windowId: id,
  start: instant,
  end: instant,
  expectedDowntimeMinutes: minutes.optional(),
  status: status.optional(),
}).refine(({ start, end }) => start < end, { error: 'an end after the start is expected', path: ['end'] });

const affected = fields({
  serviceId,
  impact: oneOf('no-impact', 'reduced-redundancy', 'degraded', 'outage'),
  /** Missing: all windows. */
  windowIds: listOf(id, 1).optional(),
  expectedDowntimeMinutes: minutes.optional(),
});

const works = fields({
  worksId: id,
  /** Rises; the full state is in every revision. */
  revision: whole(0, 1_000_000_000),
  status,
  class: oneOf('planned', 'emergency'),
  title: text(500),
  description: text(20_000),
  coordinator: fields({ name: text(500), email }).optional(),
  location: text(1_000).optional(),
  reference: text(200).optional(),
  cancelReason: text(2_000).optional(),
  noticeDays: whole(0, 366).optional(),
  windows: listOf(window, 1),
  services: listOf(affected),
}).superRefine(checkWindows);

/** The data of `planned-works.published`; instants come out in UTC. `null`, `""` and missing mean the same. */
export const plannedWorks = z
  .unknown()
  .transform((given) => withoutBlanks(given))
  .pipe(works)
  .refine((given) => JSON.stringify(given).length <= LARGEST, { error: `works of at most ${LARGEST} characters are expected` });

export type PlannedWorks = z.output<typeof plannedWorks>;

function checkWindows(
  { windows, services }: { windows: { windowId: string }[]; services: { serviceId: string; windowIds?: string[] }[] },
  context: z.RefinementCtx,
) {
  const ids = new Set<string>();
  for (const [index, { windowId }] of windows.entries()) {
    if (ids.has(windowId))
      context.addIssue({ code: 'custom', path: ['windows', index, 'windowId'], message: 'an id that no other window has is expected' });
    ids.add(windowId);
  }
  const expected = 'the windowId of one of the windows is expected';
  for (const [index, { windowIds = [] }] of services.entries()) {
    for (const [position, windowId] of windowIds.entries()) {
      if (ids.has(windowId)) continue;
      context.addIssue({ code: 'custom', path: ['services', index, 'windowIds', position], message: expected });
    }
  }
  const circuits = new Set<string>();
  for (const [index, service] of services.entries()) {
    if (circuits.has(service.serviceId)) {
      context.addIssue({ code: 'custom', path: ['services', index, 'serviceId'], message: 'a service that is listed once is expected' });
    }
    circuits.add(service.serviceId);
  }
}
