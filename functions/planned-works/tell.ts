import { logger } from '../aws/log.ts';
import { enqueue, queueAgain, sendQueued } from '../messages/outbox.ts';
import { type CustomerView, planCustomer, type ToldWorks } from './customer-plan.ts';
import { handedOver, handingOver, isHandingOver, knownOf, type Place, putDecision, putTellings } from './diary-store.ts';
import { viewOf } from './gather.ts';
import { tellingsOf } from './letters.ts';
import { lookAgain } from './look-again.ts';
import { nextLook, remindersOf } from './reminders.ts';
import { getWorks, servicesOfCustomer } from './works-store.ts';

/** A reader whose diary is cleared may have to be told something else after that; then nothing is left. */
const MAX_ROUNDS = 3;

/**
 * Decides what a customer is told of a works, and tells it: numbers first, then readers chunk by chunk, each with its message, then the
 * queues. Cut short anywhere, it does the rest when it is called again.
 */
export async function tellCustomer(place: Place, cause: string, now: Date): Promise<void> {
  const state = await getWorks(place.worksId);
  if (!state?.told) return;
  const view = await viewOf(place.ocn, await servicesOfCustomer(place.worksId, place.ocn), now);
  if (!view) return logger.warn('The directory has no such customer, or not its legal entity', { ...place });
  if (await isHandingOver(place)) await finishHandover(place, now);
  const told = { works: state.told, maintenanceIds: state.maintenanceIds };
  for (let round = 0; round < MAX_ROUNDS && (await tellOnce(told, place, view, cause, now)) > 0; round += 1);
  const known = [...(await knownOf(place)).values()];
  await enqueue(remindersOf(known, view, cause, now), now);
  await lookAgain(place, nextLook(known, view, now));
}

/** @returns how many readers were told something */
async function tellOnce(told: ToldWorks, place: Place, view: CustomerView, cause: string, now: Date): Promise<number> {
  const known = await knownOf(place);
  const decisions = planCustomer(told, view, known, now);
  for (const decision of decisions) if (decision.changed) await putDecision(place, decision, known.get(decision.diary.uid)?.diary);
  const tellings = decisions.flatMap((decision) => tellingsOf(decision, view, cause, now));
  if (tellings.length === 0) return 0;
  await handingOver(place, now.toISOString());
  const messages = await putTellings(place, tellings, now);
  await sendQueued(
    messages.map((message) => ({ message })),
    now,
  );
  await handedOver(place);
  return tellings.length;
}

/** A worker died between the outbox and the queues: whatever is still to be sent is queued again. */
async function finishHandover(place: Place, now: Date): Promise<void> {
  const messageIds = [...(await knownOf(place)).values()].flatMap(({ holders }) => holders.map(({ messageId }) => messageId));
  await queueAgain(messageIds, now);
  await handedOver(place);
}
