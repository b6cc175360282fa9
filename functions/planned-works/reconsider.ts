import type { Person } from '../audit/human-act.ts';
import { witnessed } from '../audit/trail.ts';
import { queueUrlOf } from '../aws/environment.ts';
import { sendEvents } from '../aws/queues.ts';
import { ownEvent } from '../events/cloud-event.ts';
import { PassingError, PermanentError } from '../events/failure.ts';
import { RECONSIDER } from './events.ts';
import { askFor, fanOut } from './fan-out.ts';
import { closeFor, getWorks, type OpenOf, openWorks, putWorksWith, type Release, type WorksState } from './works-store.ts';

/** What changed in the directory or the preferences. */
export interface Changed {
  readonly ocns?: readonly string[];
  readonly serviceIds?: readonly string[];
}

/** Works are told about so long after their last window: that they are completed is often said the day after. */
const OPEN_AFTER = 7 * 86_400_000;
const MAX_TRIES = 10;

/**
 * Has the open works decided anew that a change of customers (contacts, preferences) or services (owners) may touch.
 * @param cause the import, or the person, that it comes from
 */
export async function reconsider({ ocns = [], serviceIds = [] }: Changed, cause: string, now: Date): Promise<void> {
  const ofCustomers = await openPairs(ocns, (ocn) => ({ ocn }), now);
  await askFor(
    ofCustomers.map(({ id, worksId }) => ({ worksId, ocn: id })),
    cause,
    now,
  );
  const ofServices = await openPairs(serviceIds, (serviceId) => ({ serviceId }), now);
  const events = [...new Set(ofServices.map(({ worksId }) => worksId))].map((worksId) => {
    const event = ownEvent(RECONSIDER, `${worksId}/${cause}/${now.toISOString()}`, { worksId, cause }, now);
    return { event, group: worksId, deduplicationId: event.id };
  });
  await sendEvents(queueUrlOf('planned-works.fifo'), events);
}

/**
 * Lets held works go out, by a named person.
 * @throws PermanentError when there are no such works, or nothing holds them
 */
export async function releaseWorks(worksId: string, person: Person, now: Date): Promise<void> {
  for (let turn = 0; turn < MAX_TRIES; turn += 1) {
    const state = await getWorks(worksId);
    if (!state) throw new PermanentError(`worksId is ${JSON.stringify(worksId)}: no such works have come`, 'worksId');
    if (!state.hold) throw new PermanentError(`Works ${worksId} are not held: revision ${state.revision} is out`, 'worksId');
    const { hold, revision, version } = state;
    const act = { actId: `works/${worksId}/${version + 1}`, what: 'works.release', doer: person, subject: { worksId } } as const;
    const figures = { revision, recipients: hold.recipients, customers: hold.customers };
    const told = witnessed({ ...act, before: { held: hold.reason }, after: figures }, now);
    if (await putWorksWith(released(state, person, now), state, told)) return fanOut(worksId, causeOf(person), now);
  }
  throw new PassingError(`Works ${worksId} are being changed by others all the time`);
}

function causeOf({ by, reason }: Person): string {
  return `release by ${by}: ${reason}`;
}

function released({ hold, ...state }: WorksState, { by, reason }: Person, now: Date): WorksState {
  const { revision, works } = state;
  const release: Release = {
    by,
    reason,
    at: now.toISOString(),
    revision,
    recipients: hold?.recipients ?? 0,
    starts: works.windows.map(({ start }) => start),
  };
  return { ...state, told: works, releases: [...state.releases, release] };
}

/** The open works of customers or services. Works that are long over are found once more, and then no more. */
async function openPairs(ids: readonly string[], keyOf: (id: string) => OpenOf, now: Date): Promise<{ id: string; worksId: string }[]> {
  const found = (await openWorks(ids.map(keyOf))).flatMap(({ id, worksIds }) => worksIds.map((worksId) => ({ id, worksId })));
  const open = new Set<string>();
  for (const worksId of new Set(found.map((pair) => pair.worksId))) if (await isOpen(worksId, now)) open.add(worksId);
  for (const { id, worksId } of found) if (!open.has(worksId)) await closeFor(keyOf(id), worksId);
  return found.filter(({ worksId }) => open.has(worksId));
}

async function isOpen(worksId: string, now: Date): Promise<boolean> {
  const ends = (await getWorks(worksId))?.works.windows.map(({ end }) => Date.parse(end)) ?? [];
  return Math.max(...ends) + OPEN_AFTER > now.getTime();
}
