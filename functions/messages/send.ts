import { randomUUID } from 'node:crypto';
import { count, logger } from '../aws/log.ts';
import { type SendOutcome, sendRawMail } from '../aws/mail.ts';
import { transact } from '../aws/tables.ts';
import type { Contact } from '../directory/records.ts';
import { PassingError, PermanentError } from '../events/failure.ts';
import { CLAIM_CHECKS, claimChecks } from '../preferences/claim-checks.ts';
import { brakeFor, isOn, requeue, waitBehind } from './brakes.ts';
import { tellingWrite } from './content.ts';
import { countWrites, deferralNow, waitUntil } from './defer.ts';
import { claimDue, dueOf, dueWrite, removeDue } from './due.ts';
import { holdMessage } from './hold.ts';
import { composeFor, type Ready } from './make-ready.ts';
import { clearsDiary, isAboutWorks, isInstant, laneOf, type Message, type NewMessage, queuedCause } from './message.ts';
import type { SettingsLinkContent, WorksContent } from './message-content.ts';
import { newestClaim, type Standing, standingOf } from './newest.ts';
import { enqueue, sendQueued } from './outbox.ts';
import type { PostSettings } from './post-settings.ts';
import { type Recipient, recipientOf } from './recipient.ts';
import { takeTurn } from './slots.ts';
import { changesOf, getMessage, type Step, step, stepWrite } from './store.ts';
import { tellNotWritten } from './undelivered.ts';

/** Preferences may change between reading and claiming; after so many times the queue tries later. */
const MAX_CLAIMS = 5;
const SES_TAKES_IT = 'SES takes it';
/** Its reader left before the invitation did. */
const NOTHING_TO_CLEAR = 'nothing to clear: no invitation has left for this diary';
const THROTTLED_SECONDS = [2, 5, 15, 60, 300, 900];
/** An earlier message of the same diary entry is with SES for a moment; if it stays there, this one comes back later. */
const BEHIND = { looks: 20, milliseconds: 100, seconds: 30 };

/**
 * Takes one message from its queue to SES, at most once. Whatever happens, the message's state says what to do next, so the caller
 * acknowledges when this returns.
 * @param slot the sending time that an earlier turn reserved for it
 */
export async function sendMessage(messageId: string, slot: string | undefined, settings: PostSettings, now: Date): Promise<void> {
  const message = await getMessage(messageId);
  if (!message) throw new PermanentError(`messageId is ${JSON.stringify(messageId)}: the outbox has no such message`, 'messageId');
  if (message.state === 'deferred') return wake(message, now);
  if (message.state !== 'queued') return;
  const brake = await brakeFor(message);
  if (brake) {
    await waitBehind(brake, message, now);
    // The brake may have been released between the two; whoever comes last queues the message again.
    if (!(await isOn(brake.sk))) await requeue(messageId, `${queuedCause(message)}: brake ${brake.sk} is off`, now);
    return;
  }
  const turn = await takeTurn(messageId, slot, { lane: laneOf(message), sesRatePerSecond: settings.sesRatePerSecond }, now);
  if (turn !== 'send') return sendQueued([{ message, delaySeconds: turn.waitSeconds, slot: turn.slot }], now);
  await sendNow(message, settings, now);
}

/** A copy of a deferred message: it goes on if the brake that it waited for is off (its release was cut short). Instants are the sweep's. */
async function wake(message: Message, now: Date): Promise<void> {
  const { waitsFor } = message;
  if (isInstant(waitsFor)) return;
  if (waitsFor && !(await isOn(waitsFor))) await requeue(message.messageId, `${queuedCause(message)}: brake ${waitsFor} is off`, now);
}

async function sendNow(first: Message, settings: PostSettings, now: Date): Promise<void> {
  let message: Message | undefined = first;
  for (let turn = 0; turn < MAX_CLAIMS && message?.state === 'queued'; turn += 1) {
    const standing = await standingAfterOthers(message);
    if (standing?.is === 'superseded') return skip(message, 'superseded: a newer message about the same replaces it', now);
    if (standing?.is === 'next' && standing.claimed === undefined && clearsDiary(message)) return skip(message, NOTHING_TO_CLEAR, now);
    if (standing?.is === 'behind') return sendQueued([{ message, delaySeconds: BEHIND.seconds }], now);
    const recipient = await recipientOf(message, settings.allowlist, now);
    if ('skip' in recipient) return skip(message, recipient.skip, now, recipient.instead);
    const deferral = await deferralNow(message, recipient, now);
    if (deferral) return waitUntil(deferral, message, now);
    const ready = await composeFor(message, recipient, settings, now);
    if ('problems' in ready) return holdMessage(message, { trigger: 'hold', cause: `${queuedCause(message)}: quality checks` }, ready, now);
    const claimed = await claim(message, recipient, ready, standing, now);
    if (claimed) return hand(claimed, ready, recipient, now);
    message = await getMessage(message.messageId);
  }
  if (message?.state === 'queued')
    throw new PassingError(`Message ${first.messageId} could not be claimed: its recipient's preferences keep changing`);
}

/** How the message stands once an earlier one of the same diary entry has left; one that stays with SES too long is not waited for. */
async function standingAfterOthers(message: Message): Promise<Standing | undefined> {
  for (let look = 0; ; look += 1) {
    const standing = await standingOf(message);
    if (standing?.is !== 'behind' || look === BEHIND.looks) return standing;
    await new Promise((resolve) => setTimeout(resolve, BEHIND.milliseconds));
  }
}

/**
 * One transaction: the message becomes ours if nobody else took it, the recipient still wants and may get it, no newer one about the same
 * has come, nor another one that says the very same, and there is a place for it under the recipient's caps.
 */
async function claim(
  message: Message,
  recipient: Recipient,
  { content, warnings }: Ready,
  standing: Standing | undefined,
  now: Date,
): Promise<Message | undefined> {
  const claimId = randomUUID();
  const { writes: counts, countedIn } = countWrites(message, recipient, now);
  const set = {
    claims: [...message.claims, claimId],
    claimedAt: now.toISOString(),
    ...(warnings.length > 0 ? { warnings } : {}),
    ...(countedIn.length > 0 ? { countedIn: [...(message.countedIn ?? []), ...countedIn] } : {}),
  };
  const wanted: Step = { trigger: 'claim', cause: `${queuedCause(message)}: claim ${claimId}`, set };
  const write = stepWrite(message, wanted, now);
  if (!write) return undefined;
  const checks = claimChecks({
    ocn: message.ocn,
    contactId: message.contactId,
    address: recipient.address,
    preference: recipient.preference,
  });
  const isWanted = message.again || message.released?.content === content;
  const telling = isWanted ? [] : [tellingWrite(message.messageId, recipient.address, content, now)];
  const own = [write, dueWrite(message.messageId, claimDue(now)), ...newestClaim(message, standing), ...telling, ...counts];
  const failed = await transact([...checks, ...own]);
  if (failed.length === 0) return { ...message, ...changesOf(message, wanted, now) };
  logger.info('A claim did not hold', { messageId: message.messageId, checks: failed.map((index) => CLAIM_CHECKS[index] ?? 'message') });
  return undefined;
}

/** SES, once; then the record of what it said. */
async function hand(message: Message, ready: Ready, { address }: Recipient, now: Date): Promise<void> {
  const { messageId, kind } = message;
  const claimId = message.claims.at(-1) as string;
  const { raw, envelope, warnings } = ready;
  const outcome = await sendRawMail({ from: envelope.from, to: address, raw, tags: { messageId, claim: claimId } });
  const isThis = (current: Message) => current.claims.at(-1) === claimId;
  if (outcome.kind === 'refused') {
    const problems = [{ rule: SES_TAKES_IT, found: [outcome.reason] }];
    await holdMessage(message, { trigger: 'refuse', cause: `claim ${claimId}`, may: isThis }, { problems, composed: ready }, now);
  } else await step(messageId, now, (current) => (isThis(current) ? stepAfter(outcome, current, claimId) : undefined), message);
  if (outcome.kind === 'accepted') count('MessageSent', 1, { kind });
  if (outcome.kind === 'accepted' && warnings.length > 0) count('MessageWarned', 1, { kind });
  // Nobody knows whether it left: the sweep looks again after the waiting time.
  if (outcome.kind === 'unknown') return;
  await removeDue(dueOf(messageId, claimDue(now)));
  if (outcome.kind !== 'throttled') return;
  const again = await getMessage(messageId);
  if (again?.state === 'queued') await sendQueued([{ message: again, delaySeconds: patience(again) }], now);
}

function stepAfter(outcome: Exclude<SendOutcome, { kind: 'refused' }>, message: Message, claimId: string): Step {
  const cause = `claim ${claimId}`;
  switch (outcome.kind) {
    case 'accepted':
      return { trigger: 'accept', cause, set: { sesMessageId: outcome.sesMessageId } };
    case 'throttled':
      return { trigger: 'give-back', cause, reason: 'SES asked to wait', set: { throttles: (message.throttles ?? 0) + 1 } };
    case 'unknown':
      return { trigger: 'doubt', cause, reason: outcome.reason };
  }
}

/** The same message for those who read the account's invoices now; who has it already is known by the business key. */
async function sendInstead(message: Message, readers: readonly Contact[], now: Date): Promise<void> {
  if (readers.length === 0 || isAboutWorks(message) || message.kind === 'settings-link') return;
  const { subject, occasion, group, ocn, bcn, keptMonths } = message;
  const cause = `${queuedCause(message)}: instead of ${message.contactId}`;
  const copy = { subject, occasion, group, ocn, bcn, keptMonths, cause };
  await enqueue(
    readers.map(({ contactId, email }): NewMessage => ({ ...contentOf(message), ...copy, contactId, address: email })),
    now,
  );
}

function contentOf(message: Exclude<Message, WorksContent | SettingsLinkContent>) {
  if (message.kind === 'first-invoice-review') return { kind: message.kind, facts: message.facts };
  if (message.kind === 'first-invoice-query-received') return { kind: message.kind, facts: message.facts };
  const { kind, facts, attachments, links } = message;
  return { kind, facts, attachments, links };
}

async function skip(message: Message, reason: string, now: Date, instead: readonly Contact[] = []): Promise<void> {
  // The others and the task first: should this be cut short, the message comes again and is skipped then.
  await sendInstead(message, instead, now);
  if (reason.startsWith('not delivered')) await tellNotWritten(message, reason, now);
  await step(message.messageId, now, () => ({ trigger: 'skip', cause: `${queuedCause(message)}: check before sending`, reason }));
}

/** Each throttling makes the message wait longer. */
function patience({ throttles = 1 }: Message): number {
  return THROTTLED_SECONDS[Math.min(throttles, THROTTLED_SECONDS.length) - 1] ?? 900;
}
