import { machineTime } from '../aws/stopwatch.ts';
import { transact } from '../aws/tables.ts';
import { getLegalEntity } from '../directory/read.ts';
import { documentIdOf, GuardError, withdrawDocument } from '../documents/records.ts';
import { PermanentError } from '../events/failure.ts';
import type { AccountRecord } from './account.ts';
import { accountRecords, accountWrites, type Chunk, getChunk, moveChunk, stillThere } from './chunk.ts';
import type { ChunkWork } from './events.ts';
import { causeOfWork, handOn } from './hand-chunks.ts';
import { heldDrafts, isAnswered, numberingWrite } from './held-drafts.ts';
import { draftVoid } from './hold-first.ts';
import { elsewhereReason, numberedElsewhere } from './numbered-elsewhere.ts';
import { bindNumbers, keyOf, type NumberRecord } from './numbers.ts';
import { parked } from './parking.ts';
import { workWrite } from './passes.ts';
import type { Run } from './run.ts';
import { getRun } from './run-store.ts';
import { takeBack, whileThere } from './take-back.ts';

/**
 * Binds numbers to the drafted bills of a chunk, in the order of its accounts. One worker per legal entity at a time (the
 * queue's group); delivered again, every bill keeps the number that it has.
 */
export async function numberChunk({ runId, chunk: number, pass }: ChunkWork, now: Date): Promise<void> {
  const run = await getRun(runId);
  const chunk = await getChunk(runId, number);
  if (run.brake?.kind === 'stop' || chunk.pass !== pass || run.pass !== pass) return;
  const numbered = chunk.state === 'prepared' ? await whileThere(() => bindChunk(run, chunk, now)) : chunk;
  if (numbered) await handOn(run, [numbered], now);
}

async function bindChunk(run: Run, chunk: Chunk, now: Date): Promise<Chunk> {
  const since = machineTime();
  const records = await accountRecords(
    run.runId,
    chunk.accounts.map(({ bcn }) => bcn),
  );
  const ready = chunk.accounts.flatMap(({ bcn }) => {
    const record = records.get(bcn);
    return record && (record.state === 'drafted' || record.state === 'numbered') ? [record] : [];
  });
  const overtaken = await parkOvertaken(run, chunk, ready, now);
  const billed = ready.filter(({ bcn }) => !overtaken.some((record) => record.bcn === bcn));
  const numbers = billed.length === 0 ? new Map<string, string>() : await numbersFor(run, chunk, billed, now);
  const numbered: Chunk = { ...chunk, state: 'numbered' };
  const after = [...overtaken, ...billed.map((before) => withNumbers(run.period, before, numbers))];
  const writes = after.flatMap((record) => accountWrites(run.runId, record, records.get(record.bcn)));
  const failed = await transact([moveChunk(run.runId, chunk, numbered), ...writes, workWrite(run.runId, run.pass, 'number', since)]);
  if (failed.length > 0) throw new GuardError();
  return numbered;
}

/** Another run may have numbered a bill since it was drafted here: one of the two issues it, the other parks its account. */
async function parkOvertaken(run: Run, chunk: Chunk, records: readonly AccountRecord[], now: Date): Promise<AccountRecord[]> {
  const bills = records.flatMap(({ bcn, bills: own }) => own.map(({ billId }) => ({ bcn, period: run.period, billId })));
  const elsewhere = await numberedElsewhere(run.runId, bills);
  const unanswered = await withoutAnswer(run, records);
  const overtaken = records.flatMap((record) => {
    const other = elsewhere.find(({ bcn }) => bcn === record.bcn);
    if (other) return [parked(record, elsewhereReason(other))];
    return unanswered.has(record.bcn) ? [parked(record, draftVoid(record.bcn))] : [];
  });
  for (const record of overtaken)
    await takeBack(
      run,
      chunk,
      records.find(({ bcn }) => bcn === record.bcn),
      record,
      now,
    );
  return overtaken;
}

/** First invoices whose data changed after somebody answered for them. */
async function withoutAnswer({ runId, period }: Run, records: readonly AccountRecord[]): Promise<ReadonlySet<string>> {
  const released = records.filter(({ release }) => release !== undefined);
  if (released.length === 0) return new Set();
  const bcns = released.map(({ bcn }) => bcn);
  const drafts = new Map((await heldDrafts(bcns, period)).map((draft) => [draft.bcn, draft]));
  return new Set(released.filter(({ bcn, release }) => !isAnswered(drafts.get(bcn), release, runId)).map(({ bcn }) => bcn));
}

async function numbersFor(run: Run, chunk: Chunk, billed: readonly AccountRecord[], now: Date): Promise<ReadonlyMap<string, string>> {
  const { runId, period, issueDate } = run;
  const guard = stillThere(runId, chunk);
  const legalEntity = await getLegalEntity(chunk.legalEntityId);
  if (!legalEntity)
    throw new PermanentError(`legalEntityId is "${chunk.legalEntityId}": the directory has no such legal entity`, 'legalEntityId');
  const bills = billed.flatMap(({ bcn, ocn, bills: own }) => own.map(({ billId, kind }) => ({ bcn, ocn, period, billId, kind })));
  const cause = causeOfWork(runId, chunk);
  const beforeGivingUp = (record: NumberRecord) => {
    const word = { at: now.toISOString(), cause, reason: `Number ${record.number} was given up` };
    return withdrawDocument(documentIdOf({ ...record, format: 'pdf' }), runId, word, guard);
  };
  const releases = new Map(billed.map(({ bcn, release }) => [bcn, release]));
  const also = (bcn: string, records: readonly NumberRecord[]) => {
    const release = releases.get(bcn);
    return release ? [numberingWrite(bcn, period, release, { runId, issueDate, numbers: records.map((record) => record.number) })] : [];
  };
  const bound = await bindNumbers(bills, { runId, issueDate, legalEntity, guard, beforeGivingUp, also, cause, now });
  return new Map(bound.map((record) => [keyOf(record), record.number]));
}

function withNumbers(period: string, record: AccountRecord, numbers: ReadonlyMap<string, string>): AccountRecord {
  const bills = record.bills.map((bill) => ({ ...bill, number: numbers.get(keyOf({ bcn: record.bcn, period, billId: bill.billId })) }));
  return { ...record, state: 'numbered', bills };
}
