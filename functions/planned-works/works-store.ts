import { expression } from '../aws/expression.ts';
import { getItem, getItems, putItem, queryItems, transact, updateItem, type Write } from '../aws/tables.ts';
import type { PlannedWorks } from './works.ts';

/*
 * The `works` table.
 *
 * | what                                  | pk                    | sk                         |
 * |---------------------------------------|-----------------------|----------------------------|
 * | works by their highest revision       | WORKS#<worksId>       | STATE                      |
 * | a customer that may be affected       | WORKS#<worksId>       | CUSTOMER#<ocn>             |
 * | ticket for the coordinator            | WORKS#<worksId>       | TICKET#<id>                |
 * | answer that counts for nobody         | WORKS#<worksId>       | NOTE#<id>                  |
 * | invitation                            | WORKS#<worksId>#<ocn> | DIARY#<uid>                |
 * | reader of an invitation               | WORKS#<worksId>#<ocn> | HOLDER#<uid>#<address>     |
 * | messages that may not be queued yet   | WORKS#<worksId>#<ocn> | HANDOVER                   |
 * | where an invitation stands            | UID#<uid>             | PLACE                      |
 * | open works of a customer or a service | CUSTOMER#, SERVICE#   | OPEN                       |
 * | when a customer is looked at again    | DUE#<shard>           | <instant>#<worksId>#<ocn>  |
 *
 * index byStart: STATE#<held | free> / <first start>#<works id>, for people who look.
 *
 * Everything else is read consistently: a lagging index could leave a diary wrong.
 */

/** Why works wait for a named person, with the figures of the dry run. */
export interface Hold {
  readonly reason: string;
  readonly since: string;
  readonly customers: number;
  readonly recipients: number;
}

/** What a named person let go out. */
export interface Release {
  readonly by: string;
  readonly reason: string;
  readonly at: string;
  readonly revision: number;
  readonly recipients: number;
  /** The windows' starts as they were then: others are held again when their notice is short. */
  readonly starts: readonly string[];
}

/** One works. */
export interface WorksState {
  readonly revision: number;
  /** As its highest revision describes it. */
  readonly works: PlannedWorks;
  /** As customers are told it: an earlier revision while the highest one is held, nothing before the first release. */
  readonly told?: PlannedWorks | undefined;
  readonly maintenanceIds: Readonly<Record<string, string>>;
  readonly hold?: Hold | undefined;
  readonly releases: readonly Release[];
  /** Services of the works that the directory does not know. */
  readonly unknownServices: readonly string[];
  /** The event that brought the highest revision. */
  readonly source: string;
  readonly eventId: string;
  readonly receivedAt: string;
  /** Rises with every change: the condition of every write. */
  readonly version: number;
}

/** Whose open works are looked for. */
export type OpenOf = { readonly ocn: string } | { readonly serviceId: string };

/** Begins the keys of the customers that a works may touch. */
export const CUSTOMER = 'CUSTOMER#';

const KEEP_SECONDS = 400 * 86_400;

/** The works; undefined when none have come. */
export function getWorks(worksId: string): Promise<WorksState | undefined> {
  return getItem<WorksState>('works', stateKey(worksId));
}

/**
 * Writes the works if they are still as they were read.
 * @returns false when somebody else changed them meanwhile
 */
export function putWorks(state: WorksState, before: WorksState | undefined): Promise<boolean> {
  const when = before ? expression`#version = ${before.version}` : expression`attribute_not_exists(#pk)`;
  return putItem('works', itemOf(state, (before?.version ?? 0) + 1), when);
}

/** The same in one transaction with what belongs to it. */
export async function putWorksWith(state: WorksState, { version }: WorksState, also: readonly Write[]): Promise<boolean> {
  return (
    (await transact([{ table: 'works', put: itemOf(state, version + 1), when: expression`#version = ${version}` }, ...also])).length === 0
  );
}

/** Notes which services the directory does not know, whatever else changed. */
export async function noteUnknown(worksId: string, unknownServices: readonly string[]): Promise<void> {
  await updateItem('works', stateKey(worksId), expression`SET #unknownServices = ${unknownServices}`);
}

/** The services of a works that a customer may own in one of its windows. */
export async function servicesOfCustomer(worksId: string, ocn: string): Promise<readonly string[]> {
  return (await getItem<{ serviceIds: string[] }>('works', customerKey(worksId, ocn)))?.serviceIds ?? [];
}

/** Every customer that was ever affected by the works. */
export async function customersOf(worksId: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { ocn } of queryItems<{ ocn: string }>('works', { pk: stateKey(worksId).pk, beginsWith: CUSTOMER })) found.push(ocn);
  return found;
}

/** Says which services of a works a customer may own. */
export async function putCustomer(worksId: string, ocn: string, serviceIds: readonly string[]): Promise<void> {
  await putItem('works', { ...customerKey(worksId, ocn), ocn, serviceIds });
}

/** Lets changes of a customer or a service find the works, until their last window is long over. */
export async function openFor(of: OpenOf, { worksId, windows }: PlannedWorks): Promise<void> {
  const until = Math.max(...windows.map(({ end }) => Date.parse(end)));
  await updateItem(
    'works',
    openKey(of),
    expression`ADD #works ${new Set([worksId])} SET #expiresAt = ${Math.floor(until / 1000) + KEEP_SECONDS}`,
  );
}

/** The works that may be open for customers and services. */
export async function openWorks(of: readonly OpenOf[]): Promise<{ id: string; worksIds: string[] }[]> {
  const items = await getItems<{ pk: string; works?: Set<string> }>('works', of.map(openKey));
  return items.map(({ pk, works }) => ({ id: pk.slice(pk.indexOf('#') + 1), worksIds: [...(works ?? [])] }));
}

/** Works that are over are found no more. */
export async function closeFor(of: OpenOf, worksId: string): Promise<void> {
  await updateItem('works', openKey(of), expression`DELETE #works ${new Set([worksId])}`);
}

/** Under which the index byStart has the works that wait for a person (`held`), and the others. */
export function startPartition(isHeld: boolean): string {
  return isHeld ? 'STATE#held' : 'STATE#free';
}

/** The keys come last: a state that was read brings those along that it was found by. */
function itemOf(state: WorksState, version: number) {
  return { ...state, ...stateKey(state.works.worksId), ...byStart(state), version };
}

function byStart({ works: { worksId, windows }, hold }: WorksState) {
  const first = windows.map(({ start }) => start).sort()[0] ?? '';
  return { byStartPk: startPartition(hold !== undefined), byStartSk: `${first}#${worksId}` };
}

/** Where the works themselves stand. */
export function stateKey(worksId: string) {
  return { pk: `WORKS#${worksId}`, sk: 'STATE' };
}

function customerKey(worksId: string, ocn: string) {
  return { pk: stateKey(worksId).pk, sk: `${CUSTOMER}${ocn}` };
}

function openKey(of: OpenOf) {
  return { pk: 'ocn' in of ? `CUSTOMER#${of.ocn}` : `SERVICE#${of.serviceId}`, sk: 'OPEN' };
}
