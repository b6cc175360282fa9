import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { ConsolePerson, ConsoleRole } from './console-page.ts';

/** What an ID token has to be for us to believe it. */
export interface Expected {
  readonly issuer: string;
  readonly clientId: string;
  readonly nonce: string;
}

/** Which groups of the identity provider are which role. */
export interface RoleGroups {
  /** The claim that lists somebody's groups. */
  readonly claim: string;
  readonly view: string;
  readonly act: string;
}

/** Who somebody is, or why nobody is signed in: `not genuine` is told to nobody but the log, `no role` to its person. */
export type Identified =
  | { readonly is: 'person'; readonly person: ConsolePerson }
  | { readonly is: 'no role'; readonly name: string }
  | { readonly is: 'not genuine'; readonly why: string };

/** Signed with a private key only: never by a shared secret, never unsigned. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
/** Two clocks are never quite the same. Seconds. */
const CLOCK_TOLERANCE = 30;

/**
 * Checks an ID token (OpenID Connect Core, 3.1.3.7): signature, issuer, audience, dates, nonce; and finds the role of its person.
 * @param keys the identity provider's public keys
 */
export async function identify(
  token: string,
  keys: JWTVerifyGetKey,
  expected: Expected,
  groups: RoleGroups,
  now: Date,
): Promise<Identified> {
  const claims = await verified(token, keys, expected, now);
  if (typeof claims === 'string') return { is: 'not genuine', why: claims };
  const { sub = '' } = claims;
  const name = nameIn(claims) ?? sub;
  const role = roleIn(claims, groups);
  return role ? { is: 'person', person: { subject: sub, name, role } } : { is: 'no role', name };
}

/** The role that somebody's groups give; who may act may also look. */
export function roleIn(claims: JWTPayload, { claim, view, act }: RoleGroups): ConsoleRole | undefined {
  const groups = [claims[claim]].flat();
  if (groups.includes(act)) return 'act';
  return groups.includes(view) ? 'view' : undefined;
}

async function verified(
  token: string,
  keys: JWTVerifyGetKey,
  { issuer, clientId, nonce }: Expected,
  now: Date,
): Promise<JWTPayload | string> {
  const rules = { issuer, audience: clientId, algorithms: ALGORITHMS, currentDate: now, clockTolerance: CLOCK_TOLERANCE };
  try {
    const { payload } = await jwtVerify(token, keys, { ...rules, requiredClaims: ['sub', 'iat', 'exp', 'nonce'] });
    if (payload.nonce !== nonce) return 'nonce is of another sign-in';
    const isForOthersToo = Array.isArray(payload.aud) && payload.aud.length > 1;
    if (payload.azp === undefined ? isForOthersToo : payload.azp !== clientId) return 'azp is somebody else';
    if (typeof payload.iat === 'number' && payload.iat > now.getTime() / 1000 + CLOCK_TOLERANCE) return 'iat is in the future';
    return payload;
  } catch (error) {
    // Everything else, such as keys that cannot be fetched, is no fault of the token.
    if (error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout)) return error.message;
    throw error;
  }
}

function nameIn({ name, preferred_username: username }: JWTPayload): string | undefined {
  return [name, username].find((one): one is string => typeof one === 'string' && one.trim() !== '');
}
