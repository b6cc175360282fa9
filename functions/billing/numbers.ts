import { expression } from '../aws/expression.ts';
import { getItems, type Key, queryItems, transact, type Write } from '../aws/tables.ts';
import type { LegalEntity } from '../directory/records.ts';
import { seriesOf } from '../documents/invoice-kind.ts';
import { GuardError, type InvoiceKind } from '../documents/records.ts';
import { PassingError } from '../events/failure.ts';
import { firstOfSeries, numberOf, type Series } from './number-series.ts';

// SERIES_OF#<legal entity> / <series>. SERIES#<series> / COUNTER: where it stands; / N#<sequence>: each number that was taken. NUMBER#<bcn> / <period>#<bill>: the binding.

/** A bill that needs its number. */
export interface Numbered {
  readonly bcn: string;
  readonly ocn: string;
  readonly period: string;
  readonly billId: string;
  readonly kind: InvoiceKind;
}

/** A number and the bill that it is bound to, for good. */
export interface NumberRecord extends Numbered {
  readonly series: string;
  readonly sequence: number;
  readonly number: string;
  readonly runId: string;
  readonly boundAt: string;
  /** The event that bound it; of a number of long ago nothing is said. */
  readonly cause?: string | undefined;
  /** The void register: why the number was given up, when, and who or what caused it. */
  readonly voided?: { readonly reason: string; readonly at: string; readonly cause?: string | undefined } | undefined;
}

/** Each bill takes up to six writes of a transaction's hundred. */
const BILLS_A_TRANSACTION = 15;
const MAX_TRIES = 8;

interface Binding {
  readonly runId: string;
  readonly issueDate: string;
  readonly legalEntity: LegalEntity;
  /** Must hold while numbers are bound. */
  readonly guard: Write;
  /** Called before a number is given up, because its document takes one of another series. */
  readonly beforeGivingUp: (record: NumberRecord) => Promise<void>;
  /** What is written with the numbers of an account's bills, or not at all. */
  readonly also?: (bcn: string, records: readonly NumberRecord[]) => readonly Write[];
  /** The event, schedule or person. */
  readonly cause: string;
  readonly now: Date;
}

/**
 * Binds a number to each bill, counter and records in one transaction: no gaps, no doubles. A bill that has its number keeps it.
 * @throws GuardError when the guard's condition is false, PassingError when another run has bound one of the bills meanwhile
 */
export async function bindNumbers(bills: readonly Numbered[], binding: Binding): Promise<NumberRecord[]> {
  const bound: NumberRecord[] = [];
  for (let from = 0; from < bills.length; from += BILLS_A_TRANSACTION) {
    bound.push(...(await bindSome(bills.slice(from, from + BILLS_A_TRANSACTION), binding)));
  }
  return bound;
}

async function bindSome(bills: readonly Numbered[], binding: Binding): Promise<NumberRecord[]> {
  for (let turn = 0; turn < MAX_TRIES; turn += 1) {
    const known = await bindingsOf(bills);
    const foreign = [...known.values()].find(({ runId }) => runId !== binding.runId);
    if (foreign) throw new PassingError(`Bill ${foreign.billId} of ${foreign.bcn} was numbered by run ${foreign.runId} meanwhile`);
    const kept = bills.flatMap((bill) => {
      const record = known.get(keyOf(bill));
      return record && record.series === seriesFor(bill, binding) ? [record] : [];
    });
    const open = bills.filter((bill) => known.get(keyOf(bill))?.series !== seriesFor(bill, binding));
    const givenUp = open.flatMap((bill) => known.get(keyOf(bill)) ?? []);
    if (open.length === 0) return kept;
    for (const record of givenUp) await binding.beforeGivingUp(record);
    const { fresh, counters } = await taken(open, binding);
    const reason = 'The document became another kind, or its issue date fell into another year: it took a number of another series';
    const writes = [
      binding.guard,
      ...counters,
      ...fresh.flatMap((record) => bindingWrites(record, known.get(keyOf(record)))),
      ...givenUp.map((record) => voidWrite(record, reason, binding.cause, binding.now)),
      ...[...Map.groupBy([...kept, ...fresh], ({ bcn }) => bcn)].flatMap(([bcn, records]) => binding.also?.(bcn, records) ?? []),
    ];
    const failed = await transact(writes);
    if (failed.length === 0) return [...kept, ...fresh];
    if (failed.includes(0)) throw new GuardError();
  }
  throw new PassingError('Other workers kept taking numbers of the same series');
}

/** The next numbers of each series, and the writes that move its counter past them. */
async function taken(bills: readonly Numbered[], binding: Binding): Promise<{ fresh: NumberRecord[]; counters: Write[] }> {
  const bySeries = Map.groupBy(bills, (bill) => seriesFor(bill, binding));
  const counters = await getItems<Series & { pk: string }>('billing', [...bySeries.keys()].map(counterKey));
  const known = new Map(counters.map((counter) => [counter.pk, counter]));
  const fresh: NumberRecord[] = [];
  const writes: Write[] = [];
  for (const [series, ofSeries] of bySeries) {
    const key = counterKey(series);
    const counter = known.get(key.pk);
    const [{ kind, ocn } = ofSeries[0] as Numbered] = ofSeries;
    const { prefix, width, next } = counter ?? firstOfSeries(binding.legalEntity, kind, ocn, binding.issueDate);
    const moved = { prefix, width, next: next + ofSeries.length };
    const when = counter ? expression`#next = ${next}` : expression`attribute_not_exists(#pk)`;
    writes.push({ table: 'billing', put: { ...key, ...moved }, when });
    if (!counter) writes.push({ table: 'billing', put: { ...listKey(series), series } });
    for (const [index, bill] of ofSeries.entries()) {
      const { bcn, period, billId } = bill;
      const number = numberOf({ prefix, width }, next + index);
      const bound = { runId: binding.runId, boundAt: binding.now.toISOString(), cause: binding.cause };
      fresh.push({ bcn, ocn: bill.ocn, period, billId, kind: bill.kind, series, sequence: next + index, number, ...bound });
    }
  }
  return { fresh, counters: writes };
}

function bindingWrites(record: NumberRecord, before: NumberRecord | undefined): Write[] {
  const unbound = before ? expression`#number = ${before.number}` : expression`attribute_not_exists(#pk)`;
  return [
    { table: 'billing', put: { ...bindingKey(record), ...record }, when: unbound },
    { table: 'billing', put: { ...recordKey(record), ...record }, when: expression`attribute_not_exists(#pk)` },
  ];
}

/** The number that a bill has; undefined while it has none. */
export async function bindingsOf(bills: readonly Pick<Numbered, 'bcn' | 'period' | 'billId'>[]): Promise<Map<string, NumberRecord>> {
  const records = await getItems<NumberRecord>('billing', bills.map(bindingKey));
  return new Map(records.map((record) => [keyOf(record), record]));
}

/** The numbers that the bills of an account and a period have, whichever run bound them. */
export function numbersOfAccount(bcn: string, period: string): Promise<NumberRecord[]> {
  return Array.fromAsync(queryItems<NumberRecord>('billing', { pk: `NUMBER#${bcn}`, beginsWith: `${period}#` }));
}

/**
 * Gives a number up before its document was seen by anybody: it goes to the void register, and the bill may take another one.
 * @param runId only a number that this run bound: another run's may be issued
 */
export async function giveUpNumber(
  bill: Pick<Numbered, 'bcn' | 'period' | 'billId'>,
  runId: string,
  { reason, cause }: { readonly reason: string; readonly cause: string },
  guard: Write,
  now: Date,
): Promise<void> {
  const record = (await bindingsOf([bill])).get(keyOf(bill));
  if (record?.runId !== runId) return;
  const remove: Write = { table: 'billing', remove: bindingKey(bill), when: expression`#number = ${record.number}` };
  const failed = await transact([guard, remove, voidWrite(record, reason, cause, now)]);
  if (failed.includes(0)) throw new GuardError();
}

/** The series of a legal entity and a year, each a file of the auditor's. */
export async function seriesOfEntity(legalEntityId: string, year: string): Promise<string[]> {
  const all: string[] = [];
  for await (const { series } of queryItems<{ series: string }>('billing', { pk: listKey(`${legalEntityId}/`).pk })) all.push(series);
  return all.filter((series) => series.endsWith(`-${year}`));
}

/** Every number of a series in order, the void ones with their reasons. */
export async function* numbersOfSeries(series: string): AsyncGenerator<NumberRecord> {
  yield* queryItems<NumberRecord>('billing', { pk: counterKey(series).pk, beginsWith: 'N#' });
}

function voidWrite(record: NumberRecord, reason: string, cause: string, now: Date): Write {
  return { table: 'billing', update: recordKey(record), change: expression`SET #voided = ${{ reason, at: now.toISOString(), cause }}` };
}

function seriesFor({ kind, ocn }: Numbered, { legalEntity, issueDate }: Binding): string {
  return seriesOf(kind, legalEntity.legalEntityId, ocn, issueDate);
}

function counterKey(series: string): Key {
  return { pk: `SERIES#${series}`, sk: 'COUNTER' };
}

function listKey(series: string): Key {
  return { pk: `SERIES_OF#${series.slice(0, series.indexOf('/'))}`, sk: series };
}

function recordKey({ series, sequence }: NumberRecord): Key {
  return { pk: counterKey(series).pk, sk: `N#${String(sequence).padStart(12, '0')}` };
}

function bindingKey({ bcn, period, billId }: Pick<Numbered, 'bcn' | 'period' | 'billId'>): Key {
  return { pk: `NUMBER#${bcn}`, sk: `${period}#${billId}` };
}

/** A bill's name within a map. */
export function keyOf({ bcn, period, billId }: Pick<Numbered, 'bcn' | 'period' | 'billId'>): string {
  return `${bcn}/${period}/${billId}`;
}
