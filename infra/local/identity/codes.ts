import { createHash, randomBytes } from 'node:crypto';
import type { LocalPerson } from './people.ts';

/** What a sign-in was asked with: the token is given for the same again. */
export interface CodeRequest {
  readonly redirectUri: string;
  readonly nonce: string;
  /** The SHA-256 of the verifier, base64url (PKCE, RFC 7636). */
  readonly challenge: string;
  readonly person: LocalPerson;
}

const LIVES_MILLISECONDS = 60_000;

/** Authorization codes: each is good once, for a minute of the cloud's clock, and only with its own verifier and address. */
export class Codes {
  readonly #now: () => number;
  readonly #open = new Map<string, CodeRequest & { readonly until: number }>();

  constructor(now: () => number) {
    this.#now = now;
  }

  issue(request: CodeRequest): string {
    const code = randomBytes(24).toString('base64url');
    this.#open.set(code, { ...request, until: this.#now() + LIVES_MILLISECONDS });
    return code;
  }

  /** What a code was given for; it is spent even when the rest is wrong. */
  redeem(code: string, verifier: string, redirectUri: string): CodeRequest | undefined {
    const found = this.#open.get(code);
    this.#open.delete(code);
    if (!found || found.until < this.#now() || found.redirectUri !== redirectUri) return undefined;
    return createHash('sha256').update(verifier).digest('base64url') === found.challenge ? found : undefined;
  }
}
