import { timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import type { ConsolePerson } from './console-page.ts';
import type { Said } from './session.ts';
import type { OpenSession } from './session-store.ts';

/** Who is signed in, as the authorizer tells the doors: a request without it is nobody's. */
export interface SignedIn {
  readonly person: ConsolePerson;
  readonly csrf: string;
  /** The key of the session. */
  readonly session: string;
  readonly said?: Said | undefined;
}

const told = z.object({
  session: z.string().min(1),
  subject: z.string().min(1),
  name: z.string(),
  role: z.enum(['view', 'act']),
  csrf: z.string().min(32),
  saidId: z.string().optional(),
  said: z.string().optional(),
});

/** What the authorizer tells of a session: texts only, as the gateway takes them. */
export function contextOf({ key, subject, name, role, csrf, said }: OpenSession): Readonly<Record<string, string>> {
  return { session: key, subject, name, role, csrf, ...(said ? { saidId: said.id, said: said.text } : {}) };
}

/** Reads what the authorizer told; undefined when nobody is signed in. */
export function signedInBy(context: Readonly<Record<string, unknown>>): SignedIn | undefined {
  const { data } = told.safeParse(context);
  if (!data) return undefined;
  const { subject, name, role, csrf, session, saidId, said } = data;
  return { person: { subject, name, role }, csrf, session, said: saidId && said ? { id: saidId, text: said } : undefined };
}

/** True when a form is one of this session's own. */
export function isOwnForm(csrf: string | undefined, signedIn: SignedIn): boolean {
  const [given, own] = [Buffer.from(csrf ?? ''), Buffer.from(signedIn.csrf)];
  return given.length === own.length && timingSafeEqual(given, own);
}
