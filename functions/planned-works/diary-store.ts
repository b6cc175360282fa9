import { type Expression, expression } from '../aws/expression.ts';
import { expiresAfterDays, KEPT_DAYS } from '../aws/retention.ts';
import { getItem, putItem, queryItems, queryPage, removeItem, transact, updateItem, type Write } from '../aws/tables.ts';
import { PassingError } from '../events/failure.ts';
import { getInvitation, invitationWrite } from '../messages/invitation.ts';
import type { Message, WorksMessage } from '../messages/message.ts';
import { messageWrites } from '../messages/outbox.ts';
import type { Decision, Known } from './decide.ts';
import type { Answer, Diary, Holder } from './diary.ts';

/** Where an invitation stands: what an answer, which names only its UID, is about. */
export interface Place {
  readonly worksId: string;
  readonly ocn: string;
}

/** A reader that is told something, as it will stand, and the message. */
export interface Telling {
  readonly holder: Holder;
  readonly before?: Holder | undefined;
  readonly message: WorksMessage;
}

type DiaryItem = Diary & Holder & { readonly sk: string };

/** Two writes of the outbox and one of ours for each reader; a transaction takes a hundred. */
const TOGETHER = 30;

/** Everything that was sent to a customer about a works. */
export async function diariesOf(place: Place): Promise<{ diary: Diary; holders: Holder[] }[]> {
  const items: DiaryItem[] = [];
  for await (const item of queryItems<DiaryItem>('works', { pk: partitionOf(place) })) items.push(item);
  return diariesIn(items);
}

/**
 * The first of what was sent to a customer about a works, for who only looks.
 * @param most so many items are read; a reader is one, an invitation is one
 */
export async function firstDiariesOf(
  place: Place,
  most: number,
): Promise<{ diaries: { diary: Diary; holders: Holder[] }[]; read: number; isAll: boolean }> {
  const { items, cursor } = await queryPage<DiaryItem>('works', { pk: partitionOf(place), pageSize: most });
  return { diaries: diariesIn(items), read: items.length, isAll: cursor === undefined };
}

function diariesIn(items: readonly DiaryItem[]): { diary: Diary; holders: Holder[] }[] {
  const diaries = items.filter(({ sk }) => sk.startsWith('DIARY#'));
  const holders = items.filter(({ sk }) => sk.startsWith('HOLDER#'));
  const byUid = Map.groupBy(holders, ({ uid }) => uid);
  return diaries.map((diary) => ({ diary, holders: byUid.get(diary.uid) ?? [] }));
}

/** The same with what each invitation says, by uid. */
export async function knownOf(place: Place): Promise<Map<string, Known>> {
  const known = await Promise.all(
    (await diariesOf(place)).map(async ({ diary, holders }) => {
      const invitation = await getInvitation(diary.uid, diary.said.sequence);
      if (!invitation)
        throw new Error(`The invitation ${diary.uid} has no content under ${diary.said.sequence}: the table messages lost it`);
      return [diary.uid, { diary, holders, invitation }] as const;
    }),
  );
  return new Map(known);
}

/**
 * Writes what was decided about an invitation, its numbers and its content in one transaction.
 * @throws PassingError when somebody else decided meanwhile
 */
export async function putDecision(place: Place, { diary, invitation }: Decision, before: Diary | undefined): Promise<void> {
  const writes: Write[] = [
    { put: { ...diaryKey(place, diary.uid), ...diary, version: (before?.version ?? 0) + 1 }, table: 'works', when: unchanged(before) },
  ];
  if (!before) writes.push({ put: { ...placeKey(diary.uid), ...place }, table: 'works' });
  if (before?.said.sequence !== diary.said.sequence) writes.push(invitationWrite(diary.uid, diary.said.sequence, invitation));
  if ((await transact(writes)).length > 0) throw new PassingError(`Somebody else decided about the invitation ${diary.uid} meanwhile`);
}

/**
 * Notes what readers are told and puts their messages into the outbox, a chunk in one transaction: who hears of it is never told twice,
 * whenever the worker dies.
 * @returns the messages, to be queued
 */
export async function putTellings(place: Place, tellings: readonly Telling[], now: Date): Promise<Message[]> {
  const messages: Message[] = [];
  for (let start = 0; start < tellings.length; start += TOGETHER) {
    const chunk = await Promise.all(
      tellings.slice(start, start + TOGETHER).map(async ({ holder, before, message }) => {
        const expiresAt = await expiryOf(holder, now);
        const put = { ...holderKey(place, holder), ...holder, version: (before?.version ?? 0) + 1, expiresAt };
        return { ours: { put, table: 'works', when: unchanged(before) } satisfies Write, theirs: messageWrites(message, now) };
      }),
    );
    const failed = await transact(chunk.flatMap(({ ours, theirs }) => [ours, ...theirs.writes]));
    if (failed.length > 0) throw new PassingError(`Somebody else told readers of ${place.worksId} at ${place.ocn} meanwhile`);
    messages.push(...chunk.map(({ theirs }) => theirs.message));
  }
  return messages;
}

/** Notes that messages of this customer may stand in the outbox and in no queue; `handedOver` takes it back. */
export async function handingOver(place: Place, since: string): Promise<void> {
  await putItem('works', { ...handoverKey(place), since });
}

export async function isHandingOver(place: Place): Promise<boolean> {
  return (await getItem('works', handoverKey(place))) !== undefined;
}

export async function handedOver(place: Place): Promise<void> {
  await removeItem('works', handoverKey(place));
}

/** Where an invitation stands; undefined for a UID that is none of ours. */
export async function placeOf(uid: string): Promise<Place | undefined> {
  const item = await getItem<Place>('works', placeKey(uid));
  return item && { worksId: item.worksId, ocn: item.ocn };
}

/** Keeps a reader's answer; an older one does not replace a newer. */
export async function putAnswer(place: Place, { uid, address }: Pick<Holder, 'uid' | 'address'>, answer: Answer): Promise<void> {
  const newer = expression`attribute_exists(#pk) AND (attribute_not_exists(#answeredAt) OR #answeredAt <= ${answer.at})`;
  const change = expression`SET #answer = ${answer}, #answeredAt = ${answer.at} ADD #version ${1}`;
  await updateItem('works', holderKey(place, { uid, address }), change, newer);
}

/** A reader is forgotten when the window that it was told of is long over. */
async function expiryOf({ uid, content }: Holder, now: Date): Promise<number> {
  const end = (await getInvitation(uid, content.sequence))?.end ?? '';
  const over = now.toISOString();
  return expiresAfterDays(end > over ? end : over, KEPT_DAYS);
}

function unchanged(before: { readonly version: number } | undefined): Expression {
  return before ? expression`#version = ${before.version}` : expression`attribute_not_exists(#pk)`;
}

function partitionOf({ worksId, ocn }: Place): string {
  return `WORKS#${worksId}#${ocn}`;
}

function diaryKey(place: Place, uid: string) {
  return { pk: partitionOf(place), sk: `DIARY#${uid}` };
}

/** Where a reader of an invitation stands. */
export function holderKey(place: Place, { uid, address }: Pick<Holder, 'uid' | 'address'>) {
  return { pk: partitionOf(place), sk: `HOLDER#${uid}#${address}` };
}

function handoverKey(place: Place) {
  return { pk: partitionOf(place), sk: 'HANDOVER' };
}

function placeKey(uid: string) {
  return { pk: `UID#${uid}`, sk: 'PLACE' };
}
