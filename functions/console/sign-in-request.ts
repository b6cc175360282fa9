import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';

/** A sign-in on its way: kept in a cookie of the browser that began it, and compared when it comes back. */
export interface SignInRequest {
  /** Comes back with the code: this browser began this sign-in. */
  readonly state: string;
  /** Comes back in the token: it was made for this sign-in. */
  readonly nonce: string;
  /** Proves at the token endpoint that we asked for the code (PKCE, RFC 7636). */
  readonly verifier: string;
  /** The page that was asked for. */
  readonly to: string;
}

/** Seconds that somebody has at the identity provider. */
export const SIGN_IN_SECONDS = 600;

const RANDOM_BYTES = 32;
/** Our own pages by path; never another host (`//`, a backslash), never the sign-in itself. */
const OWN_PAGE = /^\/(?!sign|[/\\])[\w./~-]*(\?[\w=&.~%-]*)?$/;
const LONGEST_PAGE = 500;

const random = z.string().regex(/^[\w-]{43}$/);
const signInRequest = z.object({ state: random, nonce: random, verifier: random, to: z.string() });

/** A new sign-in, with nothing in it that anybody could guess. */
export function newSignIn(to: string | undefined): SignInRequest {
  const [state = '', nonce = '', verifier = ''] = Array.from({ length: 3 }, () => randomBytes(RANDOM_BYTES).toString('base64url'));
  return { state, nonce, verifier, to: landing(to) };
}

/** Where somebody lands after the sign-in: the page that was asked for, if it is one of ours. */
export function landing(to: string | undefined): string {
  return to !== undefined && to.length <= LONGEST_PAGE && OWN_PAGE.test(to) ? to : '/';
}

/** The request as the cookie has it. */
export function cookieOf(request: SignInRequest): string {
  return Buffer.from(JSON.stringify(request)).toString('base64url');
}

/** Reads the cookie; undefined for none, or something else. */
export function signInOf(cookie: string | undefined): SignInRequest | undefined {
  try {
    const { data } = signInRequest.safeParse(JSON.parse(Buffer.from(cookie ?? '', 'base64url').toString()));
    return data && { ...data, to: landing(data.to) };
  } catch {
    return undefined;
  }
}

/** True when what came back belongs to this sign-in. */
export function isOwnState(state: string | undefined, request: SignInRequest): boolean {
  const [given, own] = [Buffer.from(state ?? ''), Buffer.from(request.state)];
  return given.length === own.length && timingSafeEqual(given, own);
}

/** Where somebody signs in: the identity provider's page, asked for a code of this sign-in. */
export function authorizationUrl(
  endpoint: string,
  { state, nonce, verifier }: SignInRequest,
  client: { id: string; redirectUri: string },
): string {
  const url = new URL(endpoint);
  const asked = {
    response_type: 'code',
    client_id: client.id,
    redirect_uri: client.redirectUri,
    scope: 'openid profile',
    state,
    nonce,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  return url.href;
}
