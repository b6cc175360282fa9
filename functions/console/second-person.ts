import { setting } from '../aws/environment.ts';
import { type Approval, type Extent, isBeyond, type Limits, type Who } from './approval.ts';
import { keepApproval } from './approval-store.ts';
import type { ConsoleAnswer, ConsoleRequest } from './console-page.ts';

/** An act that may take two people. */
export interface Intended extends Pick<Approval, 'what' | 'input' | 'subject' | 'sentence' | 'extent'> {
  readonly reason: string;
}

/**
 * Does something at once when it is small; else keeps it for a second person, with everything that it will be done with.
 * @param act what to do now; an approved request is done by `approval-acts.ts`, with the same input
 */
export async function orAskSecondPerson(
  intended: Intended,
  { person, now }: Pick<ConsoleRequest, 'person' | 'now'>,
  act: () => Promise<ConsoleAnswer>,
): Promise<ConsoleAnswer> {
  const limits = limitsOfStage();
  if (!isBeyond(intended.extent, limits)) return act();
  const askedBy: Who = { subject: person.subject, name: person.name };
  const id = await keepApproval({ ...intended, askedBy }, now);
  return {
    to: `/approvals/${id}`,
    said: `Nothing is done yet. ${whyTwo(intended.extent, limits)} Somebody else has to approve it within a day.`,
  };
}

/** Why one person is not enough. */
function whyTwo({ accounts, emails }: Extent, limits: Limits): string {
  if (accounts > limits.accounts) return `This is about ${accounts} accounts, and more than ${limits.accounts} take two people.`;
  if (emails > limits.emails) return `${emails} emails would go, and more than ${limits.emails} take two people.`;
  return 'Emails would go again, and more than can be counted before: that takes two people.';
}

function limitsOfStage(): Limits {
  return { accounts: Number(setting('SECOND_PERSON_ACCOUNTS')), emails: Number(setting('SECOND_PERSON_EMAILS')) };
}
