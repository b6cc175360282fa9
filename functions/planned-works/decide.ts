import { createHash } from 'node:crypto';
import type { Contact } from '../directory/records.ts';
import type { Invitation } from '../messages/invitation.ts';
import type { WorksVariant } from '../messages/works-notice.ts';
import type { Diary, Holder } from './diary.ts';
import type { Audience, Scope } from './scopes.ts';

/** What one invitation should be now, and who should have it. */
export interface Wish {
  readonly uid: string;
  readonly windowId: string;
  readonly scope: Scope;
  readonly target:
    | { readonly is: 'live'; readonly invitation: Invitation }
    /** The works or the window will not take place. */
    | { readonly is: 'cancelled'; readonly reason?: string | undefined }
    /** They take place, but touch nothing of this scope. */
    | { readonly is: 'elsewhere' };
  readonly audience: Audience;
}

/** What is known of an invitation: what was said last, and to whom. */
export interface Known {
  readonly diary: Diary;
  readonly invitation: Invitation;
  readonly holders: readonly Holder[];
}

/** One email to one reader. */
export interface Letter {
  readonly uid: string;
  readonly contact: Pick<Contact, 'contactId' | 'name' | 'email' | 'language' | 'timeZone'>;
  readonly address: string;
  readonly act: 'request' | 'cancel' | 'data';
  readonly sequence: number;
  readonly content: Holder['content'];
  readonly variant: WorksVariant;
  /** The works go on without this reader: no STATUS, so that its machines keep them. */
  readonly leaves: boolean;
  readonly before?: Holder | undefined;
}

export interface Decision {
  /** The invitation's new state; the one before when nothing of it changed. */
  readonly diary: Diary;
  readonly invitation: Invitation;
  /** True when the state has to be written: with its content under `diary.said.sequence`. */
  readonly changed: boolean;
  readonly letters: readonly Letter[];
}

const ACTS = { REQUEST: 'request', CANCEL: 'cancel', DATA: 'data' } as const satisfies Record<Holder['told'], Letter['act']>;

/** Of numbers under which readers left the last ones are remembered: a decision that was cut short takes the same again. */
const REMEMBERED = 10;

/**
 * Decides about one invitation: what it says now, under which number, and who hears of it. Deciding again on what came of it decides nothing
 * more, whatever was cut short in between.
 * @returns undefined when there is nothing to tell and nothing was ever told
 */
export function decide(wish: Wish, known: Known | undefined, now: Date): Decision | undefined {
  const invitation = wanted(wish, known);
  if (!known) return invitation && begin(wish, invitation, now);
  const over = Date.parse(known.invitation.end) <= now.getTime() && (!invitation || Date.parse(invitation.end) <= now.getTime());
  if (wish.target.is === 'elsewhere' || !invitation)
    return over ? undefined : leave(known, known.holders.filter(isHeld), { live: false }, now);
  return update(wish, known, invitation, over, now);
}

/** What the invitation should say: of cancelled works what it said last, cancelled. */
function wanted({ target }: Wish, known: Known | undefined): Invitation | undefined {
  switch (target.is) {
    case 'live':
      return target.invitation;
    case 'cancelled':
      return known && { ...known.invitation, status: 'cancelled', cancelReason: target.reason ?? known.invitation.cancelReason };
    case 'elsewhere':
      return undefined;
  }
}

/** Nobody has heard of it yet. What is over or done is not news. */
function begin(wish: Wish, invitation: Invitation, now: Date): Decision | undefined {
  const isNews = invitation.status !== 'completed' && invitation.status !== 'cancelled' && Date.parse(invitation.end) > now.getTime();
  if (!isNews) return undefined;
  const said = { sequence: 0, hash: hashOf(invitation) };
  const { uid, windowId, scope } = wish;
  const diary: Diary = { uid, windowId, scope, counter: 0, said, live: true, left: [], changedAt: now.toISOString(), version: 0 };
  const letters = [...wish.audience].map(([address, { contact, how }]): Letter => {
    const variant = variantOf(invitation, undefined);
    return { uid, contact, address, act: ACTS[how], sequence: 0, content: contentOf(said, invitation), variant, leaves: false };
  });
  return { diary, invitation, changed: true, letters };
}

function update(wish: Wish, known: Known, invitation: Invitation, over: boolean, now: Date): Decision {
  const hash = hashOf(invitation);
  const isNew = hash !== known.diary.said.hash;
  // What is over is told again only when it was put into other words: as completed, cancelled, or longer than planned.
  const settled = over || invitation.status === 'cancelled' || invitation.status === 'completed';
  const leavers = settled ? [] : known.holders.filter((holder) => isInDiary(holder) && !keeps(holder, wish.audience));
  const left = leave(known, leavers, {}, now);
  const hearers = hearersOf(wish, known.holders, invitation, settled).filter(({ act, before }) => !before || !hasHeard(before, act, hash));
  const repeats = hearers.some(({ before }) => before !== undefined && before.sequence >= left.diary.said.sequence);
  const raised = isNew || repeats;
  const counter = raised ? left.diary.counter + 1 : left.diary.counter;
  const said = raised ? { sequence: counter, hash } : left.diary.said;
  const diary: Diary = { ...left.diary, counter, said, live: true, changedAt: raised ? now.toISOString() : left.diary.changedAt };
  const content = contentOf(said, invitation);
  const letters = hearers.map((hearer): Letter => {
    return { ...hearer, uid: diary.uid, sequence: said.sequence, content, variant: variantOf(invitation, hearer.before), leaves: false };
  });
  return { diary, invitation, changed: left.changed || raised || !known.diary.live, letters: [...left.letters, ...letters] };
}

type Hearer = Pick<Letter, 'address' | 'contact' | 'act' | 'before'>;

/** Who should have been told what the invitation says now. Cancelled works are taken out of the diaries that hold them, and of no other. */
function hearersOf(wish: Wish, holders: readonly Holder[], invitation: Invitation, settled: boolean): Hearer[] {
  if (invitation.status === 'cancelled') {
    return holders.flatMap((before): Hearer[] => {
      const { address, told } = before;
      if (isInDiary(before)) return [{ address, contact: before, act: 'cancel', before }];
      return told === 'DATA' && wish.audience.get(address)?.how === 'DATA' ? [{ address, contact: before, act: 'data', before }] : [];
    });
  }
  const byAddress = new Map(holders.map((holder) => [holder.address, holder]));
  const hearers = [...wish.audience].map(([address, { contact, how }]): Hearer => {
    return { address, contact, act: ACTS[how], before: byAddress.get(address) };
  });
  return settled ? hearers.filter(({ act, before }) => before && ACTS[before.told] === act) : hearers;
}

/** Who gets data only from now on was told to clear the diary: it hears of the next change. */
function hasHeard({ told, content }: Holder, act: Letter['act'], hash: string): boolean {
  if (act === 'data' && told !== 'DATA') return told === 'REQUEST' || content.hash === hash;
  return content.hash === hash && ACTS[told] === act;
}

/** Takes the invitation out of some diaries while the works go on: each content that they hold has a number of its own for that. */
function leave(known: Known, leavers: readonly Holder[], change: Partial<Diary>, now: Date): Decision {
  let { counter } = known.diary;
  let left = [...known.diary.left];
  const letters = [...Map.groupBy(leavers, ({ content }) => content.hash)].flatMap(([hash, group]) => {
    const lowest = Math.max(...group.map(({ sequence }) => sequence));
    let said = left.find((one) => one.hash === hash && one.sequence > lowest);
    if (!said) {
      counter += 1;
      said = { sequence: counter, hash };
      left = [...left, said].slice(-REMEMBERED);
    }
    const { sequence } = said;
    return group.map(
      (before): Letter => ({
        uid: before.uid,
        contact: before,
        address: before.address,
        act: before.told === 'DATA' ? 'data' : 'cancel',
        sequence,
        content: before.content,
        variant: 'no-longer-affected',
        leaves: true,
        before,
      }),
    );
  });
  const live = change.live ?? known.diary.live;
  const changed = counter !== known.diary.counter || live !== known.diary.live;
  const diary = { ...known.diary, counter, left, live, changedAt: live === known.diary.live ? known.diary.changedAt : now.toISOString() };
  return { diary, invitation: known.invitation, changed, letters };
}

function variantOf({ status }: Invitation, before: Holder | undefined): WorksVariant {
  if (status === 'cancelled' || status === 'completed') return status;
  if (status === 'in-process' && before?.content.status !== status) return 'starting';
  return before ? 'changed' : 'new';
}

function contentOf(said: Diary['said'], { status }: Invitation): Holder['content'] {
  return { ...said, status };
}

function isInDiary({ told }: Holder): boolean {
  return told === 'REQUEST';
}

/** Told by invitation or by data, and not told to forget it. */
function isHeld({ told }: Holder): boolean {
  return told !== 'CANCEL';
}

function keeps({ address }: Holder, audience: Audience): boolean {
  return audience.get(address)?.how === 'REQUEST';
}

/** A content's hash: the same whatever the order of its fields. */
export function hashOf(invitation: Invitation): string {
  const sorted = JSON.stringify(invitation, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  return createHash('sha256').update(sorted).digest('hex').slice(0, 32);
}
