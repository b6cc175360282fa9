import { ChangedFileError } from '../billing/read-bill.ts';
import { CALENDARS } from '../calendars/calendars.ts';
import { localDate } from '../calendars/dates.ts';
import { contactsOf, getBillingAccount, getCustomer, getLegalEntity } from '../directory/read.ts';
import type { Contact } from '../directory/records.ts';
import { PermanentError } from '../events/failure.ts';
import type { ReviewFacts, ReviewOccasion } from '../messages/message-content.ts';
import { enqueue, type NewMessage } from '../messages/outbox.ts';
import { toDecimal } from '../money/money.ts';
import { invoiceReadersOf } from '../preferences/hand-over.ts';
import { dayToAnswer } from './deadlines.ts';
import { draftInvoices, draftTotal, type Sides } from './draft-invoices.ts';
import type { Review } from './review.ts';
import type { Reviewer } from './review-notices.ts';
import { historyOf } from './review-store.ts';

/** Why the customer hears of a draft: it is there, it still waits, there is more time for it. */
export type Occasion = 'draft' | 'reminder' | 'extended';

/**
 * Writes to everybody who reads the account's invoices. The same draft and occasion is told once, however often this is called.
 * @param review as it stands; of the n-th reminder `reminded` is n
 * Nobody hears of a draft whose bills were replaced: the next version is on its way.
 * @throws PermanentError when the directory lost the account, its customer or its legal entity
 */
export async function tellCustomer(review: Review, occasion: Occasion, now: Date): Promise<void> {
  const { bcn, ocn, calendar } = review;
  const sides = await sidesOf(review);
  const readers = await invoiceReadersOf(await contactsOf(ocn), bcn, localDate(now, CALENDARS[calendar].timeZone));
  const about = occasion === 'draft' ? await aboutDraft(review) : occasion;
  const drafted = await factsUnlessChanged(review, sides);
  if (!drafted) return;
  const facts = { ...drafted, about, answerBy: dayToAnswer(review) };
  await enqueue(
    readers.map((reader) => ({ kind: 'first-invoice-review', facts, ...addressed(review, reader, occasionOf(review, occasion)) })),
    now,
  );
}

/** Mails a contact a new link to the newest draft, to the address that the directory has. Asked for twice within an hour it is one email. */
export async function mailNewLink(reviewer: Reviewer, review: Review, now: Date): Promise<void> {
  const hour = now.toISOString().slice(0, 'yyyy-mm-ddThh'.length);
  // The contact asked: the second of a day says the same, and is wanted.
  const cause = `link asked for by contact ${reviewer.contact.contactId} on the page of an older one`;
  const message = { ...addressed(review, reviewer.contact, `link ${hour}`), again: true, cause };
  const facts = { ...(await factsOf(review, reviewer)), about: 'link' as const };
  await enqueue([{ kind: 'first-invoice-review', facts, ...message }], now);
}

/** Tells who asked about a draft that the questions are there; once for each time that somebody asked. */
export async function tellQueryReceived(reviewer: Reviewer, review: Review, now: Date): Promise<void> {
  const occasion = `asked ${review.answer?.at ?? ''}`;
  const facts = await factsOf(review, reviewer);
  await enqueue([{ kind: 'first-invoice-query-received', facts, ...addressed(review, reviewer.contact, occasion) }], now);
}

type Addressing = Omit<Extract<NewMessage, { kind: 'first-invoice-review' }>, 'kind' | 'facts'>;

function addressed({ bcn, ocn, period, version }: Review, { contactId, email }: Contact, occasion: string): Addressing {
  return {
    subject: `first invoice ${bcn}/${period}, version ${version}`,
    occasion,
    group: `first invoice ${bcn}/${period}`,
    ocn,
    bcn,
    contactId,
    address: email,
    cause: `event first-invoice ${bcn}/${period}/${version}: ${occasion}`,
  };
}

function occasionOf({ reminded, deadlines }: Review, occasion: Occasion): string {
  switch (occasion) {
    case 'draft':
      return 'draft';
    // The days of an extension have reminders of their own.
    case 'reminder':
      return `reminder ${reminded} until ${deadlines.deadlineAt}`;
    case 'extended':
      return `until ${deadlines.deadlineAt}`;
  }
}

/** The customer has seen a version before this one, or this is the first that it gets; with or without a day to answer by. */
async function aboutDraft({ bcn, period, version, deadlines }: Review): Promise<ReviewOccasion> {
  const lines = await historyOf(bcn, period);
  const which = lines.some((line) => line.trigger === 'draft' && line.version < version) ? 'changed' : 'first';
  return deadlines.noTime ? `${which}-soon` : which;
}

async function factsUnlessChanged(review: Review, sides: Sides): Promise<ReviewFacts | undefined> {
  try {
    return await factsOf(review, sides);
  } catch (error) {
    if (error instanceof ChangedFileError) return undefined;
    throw error;
  }
}

async function factsOf(review: Review, sides: Sides): Promise<ReviewFacts> {
  const { account, customer, legalEntity } = sides;
  const total = draftTotal(await draftInvoices(review, sides), account.currency);
  return {
    legalEntityId: legalEntity.legalEntityId,
    customerName: customer.name,
    accountName: account.name,
    period: review.period,
    version: review.version,
    gross: toDecimal(total),
    currency: account.currency,
  };
}

async function sidesOf({ bcn, ocn, legalEntityId }: Review): Promise<Sides> {
  const [account, customer, legalEntity] = await Promise.all([getBillingAccount(bcn), getCustomer(ocn), getLegalEntity(legalEntityId)]);
  if (!account) throw new PermanentError(`bcn is "${bcn}": the directory has no such billing account`, 'bcn');
  if (!customer) throw new PermanentError(`ocn is "${ocn}": the directory has no such customer`, 'ocn');
  if (!legalEntity)
    throw new PermanentError(`legalEntityId is "${legalEntityId}": the directory has no such legal entity`, 'legalEntityId');
  return { account, customer, legalEntity };
}
