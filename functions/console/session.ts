import type { ConsoleRole } from './console-page.ts';

/** What an act came to, shown on the page that follows it. */
export interface Said {
  readonly id: string;
  readonly text: string;
}

/** Somebody who is signed in, in one browser. */
export interface Session {
  readonly subject: string;
  readonly name: string;
  readonly role: ConsoleRole;
  /** Stands in every form of this session: who cannot read its pages cannot send its forms. */
  readonly csrf: string;
  readonly createdAt: string;
  /** When its person last asked for something; pages that look again by themselves do not count. */
  readonly seenAt: string;
  readonly said?: Said | undefined;
}

const MINUTE = 60_000;
const IDLE = 30 * MINUTE;
const LONGEST = 12 * 60 * MINUTE;
/** A sign of life is written down at most so often. */
const NOTED_EVERY = MINUTE;

/** Seconds after which nothing of a session is of use any more. */
export const LONGEST_SECONDS = LONGEST / 1000;

/** A session ends half an hour after the last sign of life, and after twelve hours in any case. */
export function isOpen({ seenAt, createdAt }: Pick<Session, 'seenAt' | 'createdAt'>, now: Date): boolean {
  return now.getTime() < Date.parse(seenAt) + IDLE && now.getTime() < Date.parse(createdAt) + LONGEST;
}

export function isWorthNoting({ seenAt }: Pick<Session, 'seenAt'>, now: Date): boolean {
  return now.getTime() - Date.parse(seenAt) >= NOTED_EVERY;
}
