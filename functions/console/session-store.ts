import { createHash, randomBytes } from 'node:crypto';
import { expression } from '../aws/expression.ts';
import { getItem, type Key, putItem, removeItem, updateItem } from '../aws/tables.ts';
import type { ConsolePerson } from './console-page.ts';
import { isOpen, isWorthNoting, LONGEST_SECONDS, type Said, type Session } from './session.ts';

// SESSION#<SHA-256 of its id> / SESSION: who reads the table cannot be anybody.

/** 256 bits: nobody guesses one. */
const ID_BYTES = 32;
const LONGEST_SAID = 1000;

/** A session that is open, and the key under which the table has it. */
export interface OpenSession extends Session {
  readonly key: string;
}

/**
 * Begins a session.
 * @returns its id, for the cookie: it is kept nowhere else
 */
export async function startSession({ subject, name, role }: ConsolePerson, now: Date): Promise<string> {
  const id = randomBytes(ID_BYTES).toString('base64url');
  const at = now.toISOString();
  const session: Session = { subject, name, role, csrf: randomBytes(ID_BYTES).toString('base64url'), createdAt: at, seenAt: at };
  await putItem('console', { ...keyOf(keyOfId(id)), ...session, expiresAt: Math.floor(now.getTime() / 1000) + LONGEST_SECONDS });
  return id;
}

/**
 * The session of a cookie, while it is open.
 * @param isSignOfLife false when the page asks by itself, and nobody may be sitting before it
 */
export async function openSession(id: string | undefined, isSignOfLife: boolean, now: Date): Promise<OpenSession | undefined> {
  if (id === undefined) return undefined;
  const key = keyOfId(id);
  const session = await getItem<Session>('console', keyOf(key));
  if (!session || !isOpen(session, now)) return undefined;
  if (isSignOfLife && isWorthNoting(session, now)) {
    await updateItem('console', keyOf(key), expression`SET #seenAt = ${now.toISOString()}`, expression`attribute_exists(#pk)`);
  }
  return { ...session, key };
}

/** Ends a session for good, wherever its cookie may be. */
export async function endSession(key: string): Promise<void> {
  await removeItem('console', keyOf(key));
}

/**
 * Keeps what an act came to, for the page that follows it: what is said may be about somebody, so it does not travel in an address.
 * @returns its id, which does
 */
export async function keepSaid(key: string, text: string): Promise<string> {
  const said: Said = { id: randomBytes(6).toString('base64url'), text: text.slice(0, LONGEST_SAID) };
  await updateItem('console', keyOf(key), expression`SET #said = ${said}`, expression`attribute_exists(#pk)`);
  return said.id;
}

/** The key of a session's id. */
export function keyOfId(id: string): string {
  return createHash('sha256').update(id).digest('hex');
}

function keyOf(key: string): Key {
  return { pk: `SESSION#${key}`, sk: 'SESSION' };
}
