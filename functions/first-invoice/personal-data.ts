import { accountsOfCustomer } from '../directory/read.ts';
import { PassingError } from '../events/failure.ts';
import type { Message } from '../messages/message.ts';
import { isAboutFirstInvoice } from '../messages/message.ts';
import type { Actor, Review, ReviewHistoryLine } from './review.ts';
import { forgetNames, historyOf, reviewsOf } from './review-store.ts';

const MAX_TRIES = 8;

/** What a contact answered about a draft. */
export type OwnAnswer = Pick<Review, 'bcn' | 'period'> & Pick<ReviewHistoryLine, 'at' | 'version' | 'trigger' | 'actor' | 'lines'>;

/**
 * Everything that a contact answered about drafts, oldest first by account.
 * @param messages those to the contact: they name accounts that are another customer's by now
 */
export async function answersOfContact(ocn: string, contactId: string, messages: readonly Message[]): Promise<OwnAnswer[]> {
  const answers: OwnAnswer[] = [];
  for (const { bcn, period } of await reviewsOfCustomer(ocn, messages)) {
    for (const { at, version, trigger, actor, lines } of await historyOf(bcn, period)) {
      if (isBy(actor, contactId)) answers.push({ bcn, period, at, version, trigger, actor, lines });
    }
  }
  return answers;
}

/**
 * Takes a contact's name out of its answers. That this contact gave them, when, and what it asked stays: an invoice was issued for it.
 * @returns how many answers had a name
 */
export async function eraseAnswers(ocn: string, contactId: string, messages: readonly Message[]): Promise<number> {
  const named = (await answersOfContact(ocn, contactId, messages)).filter(({ actor }) => actor.kind === 'customer' && actor.name !== '');
  const reviews = new Map(named.map(({ bcn, period }) => [`${bcn}/${period}`, { bcn, period }]));
  for (const { bcn, period } of reviews.values()) await forgotten(bcn, period, contactId);
  return named.length;
}

async function forgotten(bcn: string, period: string, contactId: string): Promise<void> {
  for (let turn = 0; turn < MAX_TRIES; turn += 1) if (await forgetNames(bcn, period, contactId)) return;
  throw new PassingError(`The first invoice of ${bcn} is being changed by others all the time`);
}

async function reviewsOfCustomer(ocn: string, messages: readonly Message[]): Promise<Review[]> {
  const told = messages.filter(isAboutFirstInvoice).map(({ bcn }) => bcn);
  const bcns = new Set([...(await accountsOfCustomer(ocn)).map(({ bcn }) => bcn), ...told]);
  const reviews = await Promise.all([...bcns].sort().map(reviewsOf));
  return reviews.flat().filter((review) => review.ocn === ocn);
}

function isBy(actor: Actor, contactId: string): boolean {
  return actor.kind === 'customer' && actor.contactId === contactId;
}
