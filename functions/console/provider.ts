import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';
import * as z from 'zod';

/** The carrier's identity provider, as its discovery document says (OpenID Connect Discovery). */
export interface Provider {
  readonly authorization: string;
  readonly token: string;
  readonly keys: JWTVerifyGetKey;
}

/** The console, as the identity provider knows it: a public client, which has no secret and proves itself by PKCE. */
export interface Client {
  readonly id: string;
  readonly redirectUri: string;
}

const PATIENCE_MILLISECONDS = 5000;
const KEPT_MILLISECONDS = 10 * 60_000;

const discovered = z.object({ issuer: z.string(), authorization_endpoint: z.url(), token_endpoint: z.url(), jwks_uri: z.url() });
const tokens = z.object({ id_token: z.string().min(1).max(16_384) });

let known: { readonly issuer: string; readonly provider: Provider; readonly until: number } | undefined;

/**
 * Finds the identity provider; asked again after ten minutes of machine time.
 * @throws Error when it cannot be reached, or says that it is somebody else
 */
export async function discover(issuer: string): Promise<Provider> {
  if (known?.issuer === issuer && known.until > performance.now()) return known.provider;
  const said = discovered.parse(await json(new URL(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`)));
  if (said.issuer !== issuer) throw new Error(`The identity provider at ${issuer} says that it is ${said.issuer}`);
  const addresses = [said.authorization_endpoint, said.token_endpoint, said.jwks_uri];
  const { protocol } = new URL(issuer);
  if (addresses.some((address) => new URL(address).protocol !== protocol))
    throw new Error(`${issuer} names addresses that are not ${protocol}`);
  const keys = createRemoteJWKSet(new URL(said.jwks_uri), { timeoutDuration: PATIENCE_MILLISECONDS });
  const provider = { authorization: said.authorization_endpoint, token: said.token_endpoint, keys };
  known = { issuer, provider, until: performance.now() + KEPT_MILLISECONDS };
  return provider;
}

/**
 * Changes a code into an ID token, which nobody has checked yet.
 * @returns undefined when the provider refuses the code: spent, too old, of another sign-in
 * @throws Error when the provider does not answer, or answers something else
 */
export async function redeem({ token }: Provider, code: string, verifier: string, client: Client): Promise<string | undefined> {
  const asked = { grant_type: 'authorization_code', code, code_verifier: verifier, client_id: client.id, redirect_uri: client.redirectUri };
  const answer = await fetch(token, { method: 'POST', body: new URLSearchParams(asked), ...careful() });
  if (answer.status >= 400 && answer.status < 500) return undefined;
  if (!answer.ok) throw new Error(`The identity provider answered ${answer.status} for a token`);
  return tokens.parse(await answer.json()).id_token;
}

async function json(url: URL): Promise<unknown> {
  const answer = await fetch(url, careful());
  if (!answer.ok) throw new Error(`${url.href} answered ${answer.status}`);
  return answer.json();
}

/** Nobody is followed elsewhere, and nobody is waited for long. */
function careful() {
  return { redirect: 'error', signal: AbortSignal.timeout(PATIENCE_MILLISECONDS), headers: { accept: 'application/json' } } as const;
}
