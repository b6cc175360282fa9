import { logger } from '../aws/log.ts';
import { putItem, queryPage } from '../aws/tables.ts';
import { OPTIONAL } from '../preferences/categories.ts';
import { setPreference } from '../preferences/preferences.ts';
import { type Suppression, suppress } from '../preferences/suppression.ts';
import { taskIdOf } from '../tasks/task.ts';
import { openTask, settleTask } from '../tasks/tasks.ts';
import { dueOf } from './due.ts';
import type { Message } from './message.ts';
import type { SesReport } from './ses-event.ts';
import type { MessageState } from './states.ts';
import { getMessage, type Step, step } from './store.ts';
import { bounceCause, delayCause, taskAbout, tellNotDelivered } from './undelivered.ts';

/** States of a message about whose mailbox there may be a task. */
const IS_WAITED_FOR: ReadonlySet<MessageState> = new Set(['delayed', 'bounced']);
const IS_SETTLED: ReadonlySet<MessageState> = new Set(['delivered', 'bounced', 'complained']);

/** A mailbox that took nothing for so long is looked at by a person. */
const DELAY_MILLISECONDS = 24 * 3600 * 1000;

/**
 * Takes what SES tells: the message moves forward (never back, however late or often the event comes), bounced and complaining addresses
 * are suppressed, and what a person has to do becomes a task, once.
 */
export async function followUp(report: SesReport, now: Date): Promise<void> {
  const messageId = report.messageId ?? (await messageIdOfSes(report.sesMessageId));
  const message = messageId === undefined ? undefined : await getMessage(messageId);
  if (!message) return logger.warn('An SES event is about no message of ours', { sesMessageId: report.sesMessageId });
  // Everything but the state first, and not because the state moves: should this be cut short, the event comes again.
  const suppression = await suppressAll(message, report, now);
  if (report.claim !== undefined && !message.claims.includes(report.claim)) return;
  // About a contact who was erased there is nothing to do, and nothing to keep.
  if (!message.erased) await follow(message, report, suppression, now);
  const decide = (current: Message): Step => {
    const set = { sesMessageId: current.sesMessageId ?? report.sesMessageId };
    return { trigger: report.evidence, cause: `event SES ${report.evidence} of ${report.sesMessageId}`, reason: reasonOf(report), set };
  };
  await step(message.messageId, now, decide, message);
}

/** A message whose mailbox took nothing for a day becomes a task; for the sweep. */
export async function followDelay(message: Message, now: Date): Promise<void> {
  if (message.state !== 'delayed' || delayDue(message) > now) return;
  const reason = `the mailbox has not taken it for 24 hours (${message.reason ?? 'no reason given'})`;
  await tellNotDelivered(message, { how: 'mailbox', cause: delayCause(message), reason }, now);
}

/** A message that is owed was tried twice, and SES said nothing: a person asks. Answers whether that is new. */
export function tellStillInDoubt(message: Message, now: Date): Promise<boolean> {
  const reason = 'nobody knows whether it has left, and its second try ended without an answer as well';
  return openTask(taskAbout(message, { kind: 'still-in-doubt', cause: message.messageId, reason, alone: false }), now);
}

async function follow(message: Message, report: SesReport, suppression: Suppression | undefined, now: Date): Promise<void> {
  await settleDoubt(message, report, now);
  if (isFinal(report)) await settleDelay(message, report, now);
  switch (report.evidence) {
    case 'sent':
    case 'delivery':
      return;
    case 'delay':
      await putItem('messages', dueOf(message.messageId, delayDue(message)));
      return;
    case 'reject':
      return tellNotDelivered(message, { how: 'refused', cause: message.messageId, reason: reasonOf(report) ?? '' }, now);
    case 'bounce':
      return followBounce(message, report, suppression, now);
    case 'complaint':
      return followComplaint(message, report, suppression, now);
  }
}

/** Several messages to one dead address are one task, unless the account has nobody else: then each of them is missing. */
async function followBounce(message: Message, report: SesReport, suppression: Suppression | undefined, now: Date): Promise<void> {
  const reason = reasonOf(report) ?? '';
  if (suppression) return tellNotDelivered(message, { how: 'address', cause: suppression.messageId, reason }, now);
  // An out-of-office note is reported like a full mailbox, but after the delivery; and what SES told for good needs no second task.
  if (IS_SETTLED.has(message.state)) return;
  await tellNotDelivered(message, { how: 'mailbox', cause: bounceCause(message), reason }, now);
}

/** Somebody calls: what is optional is off, and a person asks what was wrong. */
async function followComplaint(message: Message, report: SesReport, suppression: Suppression | undefined, now: Date): Promise<void> {
  if (!suppression) return;
  const { at, messageId } = suppression;
  for (const category of OPTIONAL) {
    // The instant is that of the first report: a late copy of it does not undo what the contact decided since.
    const decided = { changeId: `${messageId}-${category}`, at, by: 'SES', how: 'complaint' };
    await setPreference(message.ocn, message.contactId, { name: 'category', bcn: '*', category, value: 'off' }, decided);
  }
  const reason = `the reader reported it as spam (${report.reason ?? 'no reason given'})`;
  await openTask(taskAbout(message, { kind: 'complaint', cause: messageId, reason, alone: false }), now);
}

async function suppressAll({ messageId }: Message, { suppress: wanted }: SesReport, now: Date): Promise<Suppression | undefined> {
  const at = now.toISOString();
  let standing: Suppression | undefined;
  for (const address of wanted?.addresses ?? []) standing = await suppress(address, { reason: wanted?.reason ?? 'bounce', at, messageId });
  return standing;
}

/** SES has it after all: nobody needs to ask the customer. */
async function settleDoubt(message: Message, { evidence }: SesReport, now: Date): Promise<void> {
  if (message.triedAgain) await settle(message, 'still-in-doubt', message.messageId, evidence, now);
}

async function settleDelay(message: Message, { evidence }: SesReport, now: Date): Promise<void> {
  if (!IS_WAITED_FOR.has(message.state)) return;
  for (const cause of [delayCause(message), bounceCause(message)]) await settle(message, 'delayed', cause, evidence, now);
}

async function settle(
  { ocn, contactId }: Message,
  kind: 'still-in-doubt' | 'delayed',
  cause: string,
  evidence: string,
  now: Date,
): Promise<void> {
  await settleTask(taskIdOf({ kind, cause, ocn, contactId }), { by: 'SES', reason: evidence }, now);
}

/** What the message says of itself. */
function reasonOf({ evidence, reason }: SesReport): string | undefined {
  if (evidence !== 'bounce' && evidence !== 'reject') return reason;
  return `not delivered: ${evidence}${reason ? ` (${reason})` : ''}`;
}

/** True for what ends all waiting for the mailbox: it has arrived, or never will. */
function isFinal({ evidence, suppress: condemned }: SesReport): boolean {
  return evidence === 'delivery' || evidence === 'reject' || condemned !== undefined;
}

function delayDue({ claimedAt, queuedAt }: Message): Date {
  return new Date(Date.parse(claimedAt ?? queuedAt) + DELAY_MILLISECONDS);
}

/** Finds a message by SES's own id, when the tags did not come back. */
async function messageIdOfSes(sesMessageId: string): Promise<string | undefined> {
  const { items } = await queryPage<Message>('messages', { pk: `SES#${sesMessageId}`, index: 'bySesId' });
  return items[0]?.messageId;
}
