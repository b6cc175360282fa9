import { createHash } from 'node:crypto';
import { ownFunction } from '../aws/environment.ts';
import { expression } from '../aws/expression.ts';
import { expiresAfterMonths, INVOICE_MONTHS } from '../aws/retention.ts';
import { queryPage, transact, type Write } from '../aws/tables.ts';
import { withoutAddresses } from './addresses.ts';
import { type ActRecord, doorOf, type HumanAct, type Subject, type Values } from './human-act.ts';
import { namesOf } from './subject.ts';

/*
 * The `audit` table. A put under a key that nobody has is the only write that there is.
 *
 * | what                      | pk           | sk             | index                                             |
 * |---------------------------|--------------|----------------|---------------------------------------------------|
 * | an act                    | ACT#<act id> | ACT            | byDay: DAY#<UTC day>, byDoer: DOER#<hash of name> |
 * | the act, for each subject | ACT#<act id> | SUBJECT#<name> | bySubject: SUBJECT#<name>                         |
 *
 * Every index sorts by <instant>#<act id>.
 */

const MOST_WORDS = 2000;

/** Whose acts are asked for: of a UTC day, about a subject (see `namesOf`), or of a person. */
export type Asked = { readonly day: string } | { readonly subject: string } | { readonly doer: string };

/** How a page of the trail is read. */
export interface Reading {
  readonly limit: number;
  readonly newestFirst?: boolean | undefined;
  /** Where the page before it ended. */
  readonly after?: string | undefined;
}

export interface TrailPage {
  readonly acts: readonly ActRecord[];
  /** Hand it back to read on; missing on the last page. */
  readonly after?: string | undefined;
}

/**
 * An act as writes of the transaction in which it changes something: both are there, or neither. They fail when the act is known already,
 * so its id has to be one that the change cannot have twice.
 */
export function witnessed(act: HumanAct, now: Date): Write[] {
  const record = recordOf(act, now);
  const { actId, at, by, subject } = record;
  const pk = `ACT#${actId}`;
  const sort = `${at}#${actId}`;
  const expiresAt = expiresAfterMonths(at, INVOICE_MONTHS);
  const item = { pk, sk: 'ACT', ...record, expiresAt, byDayPk: dayKey(at), byDaySk: sort, byDoerPk: doerKey(doerName(by)), byDoerSk: sort };
  const ofSubjects = namesOf(subject).map((name): Write => {
    const put = { pk, sk: subjectKey(name), ...record, expiresAt, bySubjectPk: subjectKey(name), bySubjectSk: sort };
    return { table: 'audit', put, when: isNew() };
  });
  return [{ table: 'audit', put: item, when: isNew() }, ...ofSubjects];
}

/** Records an act that changes nothing in a table of ours, before it is done; said again, it is one record. */
export async function record(act: HumanAct, now: Date): Promise<void> {
  await transact(witnessed(act, now));
}

/** A page of the trail. Reads an index: an act of the last moment may be missing. */
export async function trailPage(asked: Asked, { limit, newestFirst = false, after }: Reading): Promise<TrailPage> {
  const { pk, index } = indexOf(asked);
  const between = rangeOf(after, newestFirst);
  const { items } = await queryPage<ActRecord & Sorted>('audit', {
    pk,
    index,
    between,
    descending: newestFirst,
    pageSize: limit + 2,
  });
  const fresh = items.filter((item) => sortOf(item) !== after);
  const acts = fresh.slice(0, limit);
  const last = acts.at(-1);
  return { acts: acts.map(actOf), after: fresh.length > limit && last ? sortOf(last) : undefined };
}

/** True for where a page of the trail can end. */
export function isPlace(after: string): boolean {
  return /^\d{4}-\d\d-\d\dT[\d:.]{8,12}Z#[ -}]{1,1000}$/.test(after);
}

/** Everything that the trail says, oldest first, a page at a time. */
export async function* trail(asked: Asked): AsyncGenerator<ActRecord> {
  let after: string | undefined;
  do {
    const page: TrailPage = await trailPage(asked, { limit: 200, after });
    yield* page.acts;
    after = page.after;
  } while (after !== undefined);
}

/** The name under which a person's acts are found: its hash, so that it may stand in an address line. */
export function doerName(by: string): string {
  return createHash('sha256').update(by.trim().toLowerCase()).digest('hex').slice(0, 16);
}

type Sorted = Pick<ActRecord, 'at' | 'actId'>;

function recordOf({ actId, what, doer, subject, before, after, ledTo }: HumanAct, now: Date): ActRecord {
  const { by, reason, identity, approvedBy } = doer;
  const from = doorOf(ownFunction());
  const said = {
    reason: reason === undefined ? undefined : withoutAddresses(reason).slice(0, MOST_WORDS),
    before: shown(before),
    after: shown(after),
  };
  return { actId, at: now.toISOString(), what, by, from, identity, approvedBy, subject, ...said, ledTo };
}

function shown(values: Values | undefined): Values | undefined {
  const entries = Object.entries(values ?? {}).flatMap(([name, value]) => {
    return value === undefined ? [] : [[name, typeof value === 'string' ? withoutAddresses(value).slice(0, MOST_WORDS) : value] as const];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function actOf({ actId, at, what, by, from, identity, approvedBy, reason, subject, before, after, ledTo }: ActRecord): ActRecord {
  const record = { actId, at, what, by, from, identity, approvedBy, reason, subject, before, after, ledTo };
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as unknown as ActRecord;
}

function indexOf(asked: Asked) {
  if ('day' in asked) return { pk: dayKey(asked.day), index: 'byDay' };
  if ('doer' in asked) return { pk: doerKey(asked.doer), index: 'byDoer' };
  return { pk: subjectKey(asked.subject), index: 'bySubject' };
}

/** Both ends are included, so the act after which the page begins is read once more. */
function rangeOf(after: string | undefined, newestFirst: boolean): readonly [string, string] {
  return newestFirst ? ['0', after ?? '~'] : [after ?? '0', '~'];
}

function sortOf({ at, actId }: Sorted): string {
  return `${at}#${actId}`;
}

function dayKey(instantOrDay: string): string {
  return `DAY#${instantOrDay.slice(0, 10)}`;
}

function doerKey(name: string): string {
  return `DOER#${name}`;
}

function subjectKey(name: Subject[keyof Subject] & string): string {
  return `SUBJECT#${name}`;
}

function isNew() {
  return expression`attribute_not_exists(#pk)`;
}
