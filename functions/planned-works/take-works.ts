import { count, logger } from '../aws/log.ts';
import type { CloudEvent } from '../events/cloud-event.ts';
import { PassingError } from '../events/failure.ts';
import { fanOut } from './fan-out.ts';
import { mayBeHeld, shortNotice, tooManyReaders } from './hold.ts';
import { type Preview, previewOf } from './preview.ts';
import type { PlannedWorks } from './works.ts';
import { getWorks, type Hold, putWorks, type WorksState } from './works-store.ts';

const MAX_TRIES = 10;

/**
 * Takes works as change management publishes them: the highest revision counts, whichever comes first. What keeps its notice and is not too
 * large goes out at once; the rest waits for a named person.
 * @param limit how many recipients are told without one
 */
export async function takeWorks(event: CloudEvent<PlannedWorks>, limit: number, now: Date): Promise<void> {
  const { worksId, revision } = event.data;
  for (let turn = 0; turn < MAX_TRIES; turn += 1) {
    const before = await getWorks(worksId);
    if (before && before.revision > revision) return logger.info('A higher revision of these works is known', { worksId, revision });
    // The same again: it may have been cut short before everybody was told.
    if (before?.revision === revision) return before.hold ? undefined : fanOut(worksId, causeOf(event), now);
    const next = await judged(nextState(event, before, now), before, limit, now);
    if (!(await putWorks(next, before))) continue;
    if (!next.hold) return fanOut(worksId, causeOf(event), now);
    count('WorksHeld');
    return logger.warn('Works are held for a named person', { worksId, revision });
  }
  throw new PassingError(`Works ${worksId} are being changed by others all the time`);
}

/** What a dry run tells. */
export interface DryRun extends Preview {
  readonly worksId: string;
  readonly revision: number;
  /** Why it would wait for a named person; the stage's limit of recipients aside. */
  readonly hold: string | null;
  /** A revision that is higher is known: nothing would happen. */
  readonly overtakenBy: number | null;
}

/** What works would set off if they were published now. Tells nobody and changes nothing. */
export async function dryRun(works: PlannedWorks, now: Date): Promise<DryRun> {
  const { worksId, revision } = works;
  const before = await getWorks(worksId);
  const preview = await previewOf({ works, maintenanceIds: namedWindows(works, before?.maintenanceIds ?? {}) }, now);
  const letOut = { told: before?.told, releases: before?.releases ?? [] };
  const hold = shortNotice(works, letOut, preview.calendars, now) ?? null;
  return { worksId, revision, ...preview, hold, overtakenBy: before && before.revision > revision ? before.revision : null };
}

function nextState({ data, source, id }: CloudEvent<PlannedWorks>, before: WorksState | undefined, now: Date): WorksState {
  return {
    revision: data.revision,
    works: data,
    told: before?.told,
    maintenanceIds: namedWindows(data, before?.maintenanceIds ?? {}),
    releases: before?.releases ?? [],
    unknownServices: before?.unknownServices ?? [],
    source,
    eventId: id,
    receivedAt: now.toISOString(),
    version: 0,
  };
}

/** The first window ever seen keeps the bare works id for ever, later ones get their own; fixed at first sight. */
export function namedWindows(
  { worksId, windows }: Pick<PlannedWorks, 'worksId' | 'windows'>,
  known: Readonly<Record<string, string>>,
): Record<string, string> {
  const names = { ...known };
  for (const { windowId } of windows) names[windowId] ??= Object.keys(names).length === 0 ? worksId : `${worksId}.${windowId}`;
  return names;
}

async function judged(state: WorksState, before: WorksState | undefined, limit: number, now: Date): Promise<WorksState> {
  const hold = mayBeHeld(state.works) ? await holdOf(state, limit, now) : undefined;
  return hold ? { ...state, told: before?.told, hold } : { ...state, told: state.works };
}

async function holdOf({ works, maintenanceIds, told, releases }: WorksState, limit: number, now: Date): Promise<Hold | undefined> {
  const { calendars, customers, recipients } = await previewOf({ works, maintenanceIds }, now);
  const letOut = { told, releases };
  const reasons = [shortNotice(works, letOut, calendars, now), tooManyReaders(recipients, limit, letOut)].filter(
    (reason) => reason !== undefined,
  );
  if (reasons.length === 0) return undefined;
  return { reason: reasons.join('; '), since: now.toISOString(), customers: customers.length, recipients };
}

function causeOf({ source, id }: CloudEvent): string {
  return `event ${source} ${id}`;
}
