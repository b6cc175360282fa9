import { version as templates } from '../../build/templates/templates.mjs';
import type { ActName, Person } from '../audit/human-act.ts';
import { witnessed } from '../audit/trail.ts';
import { getItems, queryItems, queryPage, removeItem, type Write } from '../aws/tables.ts';
import { PermanentError } from '../events/failure.ts';
import { HELD, type HeldLine } from './hold.ts';
import type { Message, MessageKind } from './message.ts';
import { sendQueued } from './outbox.ts';
import { protectsOthers } from './quality/check.ts';
import { getMessage, keyOfMessage, type Step, step, stepTogether } from './store.ts';

const PAGE = 100;
/** So much of a content's hash names it. */
const SHORTEST_HASH = 8;
const DROPPED = 'dropped';

/** The messages that wait for a person, each with its reason; of one kind, or all. */
export async function* heldMessages(kind?: MessageKind): AsyncGenerator<Message> {
  let lines: HeldLine[] = [];
  for await (const line of queryItems<HeldLine>('messages', { pk: HELD })) {
    lines.push(line);
    if (lines.length < PAGE) continue;
    yield* heldOf(lines, kind);
    lines = [];
  }
  yield* heldOf(lines, kind);
}

/**
 * Lets a held message go as a person has seen it: rules that it breaks by name no longer hold this content. When it is composed otherwise
 * now, it is checked like any other. Saying it twice sends nothing twice.
 * @param content the hash of what was shown, or its beginning
 * @throws PermanentError when there is no such message, nothing holds it, it says something else now, or a rule that protects others is broken
 */
export async function releaseHeld(messageId: string, person: Person & { content: string }, now: Date): Promise<void> {
  const { by, reason, content } = person;
  const message = await known(messageId);
  if (message.state === 'held') assertReleasable(message, content);
  await letGo(messageId, now, { what: 'held.release', doer: person }, ({ held }) => ({
    trigger: 'release',
    cause: `release by ${by}: ${reason}`,
    set: { released: { by, reason, at: now.toISOString(), content: held?.content ?? '', rules: held?.rules ?? [] } },
  }));
}

/**
 * Checks a held message anew, as after a template was mended: it leaves, or is held again with what is wrong now.
 * @throws PermanentError when there is no such message, or nothing holds it
 */
export async function recheckHeld(messageId: string, person: Person, now: Date): Promise<void> {
  await known(messageId);
  const cause = `checked again by ${person.by}: ${person.reason}`;
  await letGo(messageId, now, { what: 'held.recheck', doer: person }, () => ({ trigger: 'release', cause }));
}

/**
 * Decides that a held message never leaves.
 * @throws PermanentError when there is no such message, or nothing holds it
 */
export async function dropHeld(messageId: string, person: Person, now: Date): Promise<void> {
  const { by, reason } = person;
  const message = await known(messageId);
  const words = `${DROPPED} by ${by}: ${reason}`;
  const drop: Step = { trigger: 'drop', cause: words, reason: words };
  const told = { what: 'held.drop', doer: person } as const;
  const dropped = await stepTogether(messageId, now, (current) => ({ step: drop, writes: toldOf(current, told, now) }), message);
  if (!dropped && !isDropped(await known(messageId))) throw notHeld(message, 'dropped');
  await removeLine(message);
}

/**
 * Checks messages anew that were held under other templates than today's: a deployment may have mended what was wrong.
 * @returns how many; the next call goes on when it was as many as the limit
 */
export async function recheckAfterDeployment(limit: number, now: Date): Promise<number> {
  let checked = 0;
  // `#` follows the version in a key, and `$` comes after it: today's own lie between the two ranges.
  for (const between of [['0', templates] as const, [`${templates}$`, '~'] as const]) {
    if (checked === limit) break;
    const { items } = await queryPage<HeldLine>('messages', { pk: HELD, between, pageSize: limit - checked });
    for (const line of items) await recheckLine(line, now);
    checked += items.length;
  }
  return checked;
}

/** A line whose message was let go already is a recheck that was cut short: it is queued once more. */
async function recheckLine({ pk, sk, messageId }: HeldLine, now: Date): Promise<void> {
  const cause = `schedule mail-sweep: checked again under templates ${templates}`;
  const isThis = ({ held }: Message) => held?.line === sk;
  const released = await step(messageId, now, (current) => (isThis(current) ? { trigger: 'release', cause } : undefined));
  const message = released ?? (await getMessage(messageId));
  if (message?.state === 'queued') await sendQueued([{ message }], now);
  await removeItem('messages', { pk, sk });
}

/** Queues the message again; its line goes away last, so that saying it once more mends what was cut short. */
async function letGo(messageId: string, now: Date, told: Told, decide: (message: Message) => Step): Promise<void> {
  const released = await stepTogether(messageId, now, (current) => {
    return current.state === 'held' ? { step: decide(current), writes: toldOf(current, told, now) } : undefined;
  });
  const message = released ?? (await known(messageId));
  if (message.state !== 'queued') throw notHeld(message, 'released');
  await sendQueued([{ message }], now);
  await removeLine(message);
}

interface Told {
  readonly what: ActName;
  readonly doer: Person;
}

function toldOf({ messageId, version, ocn, bcn, contactId, state, held }: Message, { what, doer }: Told, now: Date): Write[] {
  const subject = { messageId, ocn, bcn, contactId };
  const before = { state, rules: held?.rules.join(', '), content: held?.content };
  const after = { state: what === 'held.drop' ? 'skipped' : 'queued' };
  return witnessed({ actId: `messages/${messageId}/${version + 1}`, what, doer, subject, before, after }, now);
}

function assertReleasable({ messageId, held }: Message, content: string): void {
  if (held?.content === undefined)
    throw new PermanentError(`Message ${messageId} could not be composed: it can be checked again when that is mended, or dropped`);
  if (content.length < SHORTEST_HASH || !held.content.startsWith(content))
    throw new PermanentError(
      `content is ${JSON.stringify(content)}: message ${messageId} says ${held.content.slice(0, 12)} now; look at it again before it is released`,
      'content',
    );
  const protecting = held.rules.filter(protectsOthers);
  if (protecting.length > 0)
    throw new PermanentError(
      `Message ${messageId} breaks "${protecting.join('", "')}", which keeps others' data from its reader: it can only be checked again or dropped`,
    );
}

async function* heldOf(lines: readonly HeldLine[], kind: MessageKind | undefined): AsyncGenerator<Message> {
  if (lines.length === 0) return;
  const ids = [...new Set(lines.map(({ messageId }) => messageId))];
  const messages = await getItems<Message>('messages', ids.map(keyOfMessage));
  yield* messages.filter((message) => message.state === 'held' && (kind === undefined || message.kind === kind));
}

async function removeLine({ held }: Message): Promise<void> {
  if (held) await removeItem('messages', { pk: HELD, sk: held.line });
}

async function known(messageId: string): Promise<Message> {
  const message = await getMessage(messageId);
  if (!message) throw new PermanentError(`messageId is ${JSON.stringify(messageId)}: the outbox has no such message`, 'messageId');
  return message;
}

function isDropped({ state, reason = '' }: Message): boolean {
  return state === 'skipped' && reason.startsWith(DROPPED);
}

function notHeld({ messageId, state }: Message, what: string): PermanentError {
  return new PermanentError(`Message ${messageId} is ${state}: only a held one can be ${what}`);
}
