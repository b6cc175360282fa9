import { type Expression, expression } from '../aws/expression.ts';
import { expiresAfterMonths, INVOICE_MONTHS, LOG_MONTHS } from '../aws/retention.ts';
import { getItem, type Item, putItem, transact, updateItem, type Write } from '../aws/tables.ts';
import { weekOf } from '../calendars/iso-week.ts';
import { PassingError } from '../events/failure.ts';
import { KINDS, type Message, type Progress } from './message.ts';
import { type Trigger, transition } from './states.ts';

// MESSAGE#<id> / MESSAGE; index byGroup: GROUP#<group> / <id>; index bySesId: SES#<SES message id> / <id>;
// index byContact: CONTACT#<ocn>#<contact id> / <queued at>#<id>.
// index byAccount: ACCOUNT#<bcn> / <billing | works>#<queued at>#<id>.
// index byWeek: WEEK#<ISO week it was made in>#<shard> / <id>.

/** A week's messages are spread over so many partitions of the index. */
export const WEEK_SHARDS = 16;

/** More steps than any message takes; past them the newest line stands for those that are not kept. */
const MAX_HISTORY = 1000;
const MAX_TRIES = 20;

/** A step of a message's life: what happens, who caused it, and what else changes with it. */
export interface Step {
  readonly trigger: Trigger;
  readonly cause: string;
  readonly reason?: string | undefined;
  readonly set?: Partial<Progress>;
}

export function keyOfMessage(messageId: string) {
  return { pk: `MESSAGE#${messageId}`, sk: 'MESSAGE' };
}

/** Reads a message, consistently. */
export function getMessage(messageId: string): Promise<Message | undefined> {
  return getItem<Message>('messages', keyOfMessage(messageId));
}

/** Keeps a new message; false when its business key is known. */
export function putMessage(message: Message): Promise<boolean> {
  return putItem('messages', itemOf(message), unknown());
}

/** The same as a write of a transaction. */
export function newMessageWrite(message: Message): Write {
  return { put: itemOf(message), table: 'messages', when: unknown() };
}

/**
 * Takes a step if the message may; the decision is made on what is stored and made again when somebody else wrote meanwhile.
 * @param decide the step to take from here, or undefined to leave the message as it is
 * @param known the message as the caller has just read or written it, which saves reading it once more
 * @returns the message afterwards; undefined when no step was taken
 */
export async function step(
  messageId: string,
  at: Date,
  decide: (message: Message) => Step | undefined,
  known?: Message,
): Promise<Message | undefined> {
  for (let turn = 0; turn < MAX_TRIES; turn += 1) {
    const message = turn === 0 && known ? known : await getMessage(messageId);
    const wanted = message && decide(message);
    if (!message || !wanted) return undefined;
    const change = changeOf(message, wanted, at);
    if (!change) return undefined;
    const changed = await updateItem<Message>('messages', keyOfMessage(messageId), change, unchanged(message));
    if (changed) return changed;
  }
  throw new PassingError(`Message ${messageId} is being changed by others all the time`);
}

/**
 * Takes a step in one transaction with other writes, if the message may; decided again when somebody else wrote meanwhile.
 * @returns the message afterwards; undefined when no step was taken
 */
export async function stepTogether(
  messageId: string,
  at: Date,
  decide: (message: Message) => { readonly step: Step; readonly writes: readonly Write[] } | undefined,
  known?: Message,
): Promise<Message | undefined> {
  for (let turn = 0; turn < MAX_TRIES; turn += 1) {
    const message = turn === 0 && known ? known : await getMessage(messageId);
    const wanted = message && decide(message);
    if (!message || !wanted) return undefined;
    const write = stepWrite(message, wanted.step, at);
    if (!write) return undefined;
    const failed = await transact([write, ...wanted.writes]);
    if (failed.length === 0) return { ...message, ...changesOf(message, wanted.step, at) };
  }
  throw new PassingError(`Message ${messageId} is being changed by others all the time`);
}

/** The same step as a write of a transaction; undefined when the message may not take it. */
export function stepWrite(message: Message, wanted: Step, at: Date): Write | undefined {
  const change = changeOf(message, wanted, at);
  return change && { update: keyOfMessage(message.messageId), table: 'messages', change, when: unchanged(message) };
}

/** Under which a contact's messages are found. */
export function contactKeyOf({ ocn, contactId }: Pick<Message, 'ocn' | 'contactId'>): string {
  return `CONTACT#${ocn}#${contactId}`;
}

/** Under which an account's messages are found. */
export function accountKeyOf({ bcn }: Pick<Message, 'bcn'>): string {
  return `ACCOUNT#${bcn}`;
}

/** The partition of the index that a shard of a week's messages is in. */
export function weekKey(week: string, shard: number): string {
  return `WEEK#${week}#${shard}`;
}

function itemOf(message: Message): Item {
  const { messageId, group, queuedAt, kind } = message;
  const shard = Number.parseInt(messageId.slice(0, 8), 16) % WEEK_SHARDS;
  const byGroup = { byGroupPk: `GROUP#${group}`, byGroupSk: messageId };
  const byContact = { byContactPk: contactKeyOf(message), byContactSk: `${queuedAt}#${messageId}` };
  const byAccount = { byAccountPk: accountKeyOf(message), byAccountSk: `${KINDS[kind].sender}#${queuedAt}#${messageId}` };
  const byWeek = { byWeekPk: weekKey(weekOf(queuedAt.slice(0, 10)), shard), byWeekSk: messageId };
  return { ...keyOfMessage(messageId), ...message, ...byGroup, ...byContact, ...byAccount, ...byWeek, expiresAt: expiryOf(message) };
}

/** Until when a message is kept, in seconds since 1970. The log of what was mailed ends after 13 months; that of invoices is the legal entity's to keep. */
export function expiryOf({ category, queuedAt, keptMonths = INVOICE_MONTHS }: Message): number {
  return expiresAfterMonths(queuedAt, category === 'invoices' ? keptMonths : LOG_MONTHS);
}

function unknown(): Expression {
  return expression`attribute_not_exists(#pk)`;
}

function unchanged({ version }: Message): Expression {
  return expression`#version = ${version}`;
}

function changeOf(message: Message, wanted: Step, at: Date): Expression | undefined {
  const changes = changesOf(message, wanted, at);
  const { sesMessageId } = wanted.set ?? {};
  const index = sesMessageId ? { bySesIdPk: `SES#${sesMessageId}`, bySesIdSk: message.messageId } : {};
  return changes && assignments({ ...changes, ...index });
}

/** What a step changes in the message; undefined when the message may not take it. */
export function changesOf(message: Message, { trigger, cause, reason, set = {} }: Step, at: Date): Partial<Progress> | undefined {
  const state = transition(message.state, trigger);
  if (!state) return undefined;
  const line = { at: at.toISOString(), trigger, state, cause, ...(reason ? { reason } : {}) };
  const history = [...message.history.slice(0, MAX_HISTORY - 1), line];
  return { ...set, state, reason, history, version: message.version + 1 };
}

/** `undefined` removes the attribute. */
function assignments(values: Readonly<Record<string, unknown>>): Expression {
  const entries = Object.entries(values);
  const kept = entries.filter(([, value]) => value !== undefined);
  const removed = entries.filter(([, value]) => value === undefined).map(([name]) => `#${name}`);
  const text = `SET ${kept.map(([name]) => `#${name} = :set_${name}`).join(', ')}${removed.length > 0 ? ` REMOVE ${removed.join(', ')}` : ''}`;
  return {
    text,
    names: Object.fromEntries(entries.map(([name]) => [`#${name}`, name])),
    values: Object.fromEntries(kept.map(([name, value]) => [`:set_${name}`, value])),
  };
}
