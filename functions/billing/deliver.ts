import { queueUrlOf } from '../aws/environment.ts';
import { expression } from '../aws/expression.ts';
import { count } from '../aws/log.ts';
import { sendEvent } from '../aws/queues.ts';
import { transact } from '../aws/tables.ts';
import { billingContactsOf } from '../directory/contact-scope.ts';
import { ownEvent } from '../events/cloud-event.ts';
import { enqueue, type NewMessage } from '../messages/outbox.ts';
import { isShown } from './account.ts';
import { accountRecords, accountWrites, chunkKey, getChunk } from './chunk.ts';
import type { ChunkWork } from './events.ts';
import { type AccountMailing, mailingsOf, mailsOf } from './mailings.ts';
import { delivered, tallyOf } from './passes.ts';
import { isPublished, type Run } from './run.ts';
import { getRun } from './run-store.ts';
import { tellFirst } from './tell-first.ts';

/**
 * Hands the emails of a published chunk to the outbox; there the business key of each sees to it that it goes once.
 * A stopped run's chunk is left alone: when the run goes on, it is queued again.
 */
export async function deliverChunk({ runId, chunk: number }: ChunkWork, cause: string, now: Date): Promise<void> {
  const run = await getRun(runId);
  if (run.brake?.kind === 'stop' || !isPublished(run.stage)) return;
  const chunk = await getChunk(runId, number);
  if (!chunk.deliveredAt) {
    const bcns = chunk.accounts.map(({ bcn }) => bcn);
    const records = [...(await accountRecords(runId, bcns)).values()];
    await tellFirst(run, records, now);
    const mailings = await mailingsOf(run, chunk.legalEntityId, records, cause);
    const mails = new Map(mailings.map((each) => [each.record.bcn, mailsOf(run, each)]));
    await enqueue([...mails.values()].flat(), now);
    const after = mailings.map((each) => ({ ...each.record, delivery: outcomeOf(each, mails.get(each.record.bcn) ?? []) }));
    await transact([
      {
        table: 'billing',
        update: chunkKey(runId, number),
        change: expression`SET #deliveredAt = ${now.toISOString()}`,
        when: expression`attribute_not_exists(#deliveredAt)`,
      },
      delivered(runId),
      ...after.flatMap((record) => accountWrites(runId, record, record)),
    ]);
    if (run.sequence > 1) await compareWithIssued(run, number, bcns, now);
    const unreachable = after.filter(({ delivery }) => delivery.skipped === NO_CONTACT).length;
    if (unreachable > 0) count('NoReachableContact', unreachable);
  }
  const { chunks, delivered: done } = await tallyOf(runId);
  if (done < chunks) return;
  await sendEvent(queueUrlOf('billing'), { event: ownEvent('billing.run.settle', `${runId}/delivered`, { runId, cause }, now) });
}

const NO_CONTACT = 'no reachable billing contact';

/** A late batch issued what it could: what its bills say otherwise than what was issued is a person's. */
async function compareWithIssued({ runId, period, calendar }: Run, chunk: number, bcns: readonly string[], now: Date): Promise<void> {
  const event = ownEvent('billing.issued.compare', `${runId}/${chunk}/compare`, { period, calendar, bcns }, now);
  await sendEvent(queueUrlOf('billing'), { event });
}

function outcomeOf({ record, mailing }: AccountMailing, mails: readonly NewMessage[]): { messages: number; skipped?: string } {
  if (mails.length > 0) return { messages: mails.length };
  if (!isShown(record)) return { messages: 0, skipped: record.state };
  if (billingContactsOf(mailing.contacts, record.bcn, mailing.onDate).length === 0) return { messages: 0, skipped: NO_CONTACT };
  return { messages: 0, skipped: 'nothing to write about: the account has no new document' };
}
