import { randomUUID } from 'node:crypto';
import type { Person } from '../audit/human-act.ts';
import { witnessed } from '../audit/trail.ts';
import { expression } from '../aws/expression.ts';
import { getItems, queryItems, queryPage, removeItem, transact, type Write } from '../aws/tables.ts';
import { type Message, type MessageKind, queuedCause } from './message.ts';
import { sendQueued } from './outbox.ts';
import { getMessage, step, stepWrite } from './store.ts';

// BRAKE / ALL | KIND#<kind> | GROUP#<group>: one item per brake. WAITING#<brake>#<shard> / <message id>: who waits behind it.

const SHARDS = 8;
const PAGE = 100;

/** A brake on sending. A released one stays until everybody who waited behind it is queued again. */
export interface Brake extends Pick<Person, 'by' | 'reason'> {
  /** `ALL`, `KIND#invoice`, `GROUP#<group>`. */
  readonly sk: string;
  readonly state: 'on' | 'released';
  readonly since: string;
}

/** Stops sending of one kind, or of everything. Messages wait; nothing counts as failed. */
export async function pauseSending(kind: MessageKind | undefined, person: Person, now: Date): Promise<void> {
  const sk = kind ? `KIND#${kind}` : 'ALL';
  await pull(sk, person, now, await told('mail.pause', sk, kind, person, now));
}

/** Lets one kind, or everything, go on. The waiting messages are queued again by `queueWaiting`, here or in the sweep. */
export async function resumeSending(kind: MessageKind | undefined, person: Person, now: Date): Promise<boolean> {
  const sk = kind ? `KIND#${kind}` : 'ALL';
  return release(sk, person, now, await told('mail.resume', sk, kind, person, now));
}

/** Stops the messages of one group (a publication) wherever they are; part of an act on its run, which the trail has. */
export function pauseGroup(group: string, decision: Person, now: Date): Promise<void> {
  return pull(`GROUP#${group}`, decision, now);
}

/** Lets a group go on; nobody twice, nobody missed. */
export function resumeGroup(group: string, decision: Person, now: Date): Promise<boolean> {
  return release(`GROUP#${group}`, decision, now);
}

/** Every brake that is on, or released with messages still waiting behind it. */
export async function brakes(): Promise<Brake[]> {
  return Array.fromAsync(queryItems<Brake>('messages', { pk: 'BRAKE' }));
}

/** The first brake that is on for this message. */
export async function brakeFor({ kind, group }: Pick<Message, 'kind' | 'group'>): Promise<Brake | undefined> {
  const keys = ['ALL', `KIND#${kind}`, `GROUP#${group}`].map((sk) => ({ pk: 'BRAKE', sk }));
  const found = await getItems<Brake>('messages', keys);
  return found.find(({ state }) => state === 'on');
}

/** True while the named brake is on. */
export async function isOn(name: string): Promise<boolean> {
  const [brake] = await getItems<Brake>('messages', [{ pk: 'BRAKE', sk: name }]);
  return brake?.state === 'on';
}

/** Makes a queued message wait behind a brake; message and waiting list change together. */
export async function waitBehind(brake: Brake, message: Message, now: Date): Promise<void> {
  const reason = `paused by ${brake.by}: ${brake.reason}`;
  const write = stepWrite(
    message,
    { trigger: 'defer', cause: `${queuedCause(message)}: brake ${brake.sk}`, reason, set: { waitsFor: brake.sk } },
    now,
  );
  if (!write) return;
  const place: Write = { put: { ...placeOf(brake.sk, message.messageId), messageId: message.messageId }, table: 'messages' };
  await transact([write, place]);
}

/** How many messages wait behind a brake. */
export async function countWaiting(name: string): Promise<number> {
  let waiting = 0;
  for (let shard = 0; shard < SHARDS; shard += 1) {
    for await (const _ of queryItems('messages', { pk: `WAITING#${name}#${shard}` })) waiting += 1;
  }
  return waiting;
}

/**
 * Queues messages that wait behind released brakes, up to a number; a brake with nobody left behind it goes away.
 * A waiting line is removed only after its message is back in the queue, so a crash anywhere is mended by the next call.
 * @returns how many were queued
 */
export async function queueWaiting(limit: number, cause: string, now: Date): Promise<number> {
  let queued = 0;
  for (const brake of await brakes()) {
    if (brake.state === 'on') continue;
    queued += await queueBehind(brake.sk, limit - queued, cause, now);
    if (queued >= limit) return queued;
    await removeItem('messages', { pk: 'BRAKE', sk: brake.sk }, expression`#state = ${'released'} AND #since = ${brake.since}`);
  }
  return queued;
}

async function queueBehind(name: string, limit: number, cause: string, now: Date): Promise<number> {
  let queued = 0;
  for (let shard = 0; shard < SHARDS; shard += 1) {
    while (queued < limit) {
      const pageSize = Math.min(PAGE, limit - queued);
      const { items } = await queryPage<{ messageId: string }>('messages', { pk: `WAITING#${name}#${shard}`, pageSize });
      if (items.length === 0) break;
      await Promise.all(items.map(({ messageId }) => requeue(messageId, cause, now)));
      await Promise.all(items.map(({ messageId }) => removeItem('messages', placeOf(name, messageId))));
      queued += items.length;
    }
  }
  return queued;
}

/** Takes a deferred message back to its queue; one that is queued already gets a second copy, which harms nobody. */
export async function requeue(messageId: string, cause: string, now: Date): Promise<void> {
  const released = await step(messageId, now, () => ({ trigger: 'release', cause, set: { waitsFor: undefined } }));
  const message = released ?? (await getMessage(messageId));
  if (message?.state === 'queued') await sendQueued([{ message }], now);
}

async function pull(sk: string, { by, reason }: Person, now: Date, also: readonly Write[] = []): Promise<void> {
  const brake = { pk: 'BRAKE', sk, by, reason, state: 'on', since: now.toISOString() };
  await transact([{ table: 'messages', put: brake }, ...also]);
}

async function release(sk: string, { by, reason }: Person, now: Date, also: readonly Write[] = []): Promise<boolean> {
  const update = { pk: 'BRAKE', sk };
  const change = expression`SET #state = ${'released'}, #by = ${by}, #reason = ${reason}, #since = ${now.toISOString()}`;
  const failed = await transact([{ table: 'messages', update, change, when: expression`attribute_exists(#pk)` }, ...also]);
  return failed.length === 0;
}

async function told(
  what: 'mail.pause' | 'mail.resume',
  sk: string,
  kind: MessageKind | undefined,
  doer: Person,
  now: Date,
): Promise<Write[]> {
  const before = { paused: await isOn(sk) };
  const act = { actId: `mail/${randomUUID()}`, what, doer, subject: { sending: kind ?? 'everything' } };
  return witnessed({ ...act, before, after: { paused: what === 'mail.pause' } }, now);
}

function placeOf(name: string, messageId: string) {
  const shard = Number.parseInt(messageId.slice(0, 8), 16) % SHARDS;
  return { pk: `WAITING#${name}#${shard}`, sk: messageId };
}
