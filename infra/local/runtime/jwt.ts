import { createPrivateKey, createPublicKey, createSign, createVerify, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { StateFolder } from '../state.ts';
import type { JwtPart } from '../template/parts.ts';

type Claims = Readonly<Record<string, unknown>>;

/** What API Gateway's JWT authorizer answers: what the function is told, or the status of the refusal. */
export type Judgement = { readonly claims: Readonly<Record<string, string>>; readonly scopes: readonly string[] | null } | 401 | 403;

/** What a token is asked to say. */
export interface TokenWish {
  readonly issuer: string;
  readonly audience: string;
  readonly scope: string;
  /** Negative: it expired so long ago. */
  readonly seconds: number;
  readonly claims: Claims;
}

const KEY_FILE = 'issuer.json';
/** API Gateway takes RSA keys only. */
const RSA_BITS = 2048;
const KEY_ID = 'local';

/** Stands in for the carrier's login: the one key that signs and verifies tokens of this cloud. It is made when it is first asked for. */
export class LocalIssuer {
  readonly #state: StateFolder;
  readonly #now: () => number;
  #key: KeyObject | undefined;

  constructor(state: StateFolder, now: () => number) {
    this.#state = state;
    this.#now = now;
  }

  /** Signs a token. */
  token({ issuer, audience, scope, seconds, claims }: TokenWish): string {
    const at = Math.floor(this.#now() / 1000);
    const issued = Math.min(at, at + seconds - 1);
    const body = { ...claims, iss: issuer, aud: audience, scope, iat: issued, exp: at + seconds };
    const signed = `${segment({ alg: 'RS256', typ: 'JWT', kid: KEY_ID })}.${segment(body)}`;
    return `${signed}.${createSign('RSA-SHA256').update(signed).sign(this.#privateKey(), 'base64url')}`;
  }

  /** The public key, as a JSON Web Key Set says it (RFC 7517). */
  keys(): { readonly keys: readonly object[] } {
    return { keys: [{ ...createPublicKey(this.#privateKey()).export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: KEY_ID }] };
  }

  /** Judges the Authorization header of a request as API Gateway does. */
  judge(header: string | undefined, { issuer, audiences, scopes }: JwtPart): Judgement {
    const claims = this.#verified(header?.replace(/^Bearer\s+/i, '') ?? '');
    const now = this.#now() / 1000;
    if (claims?.iss !== issuer || ![claims.aud ?? claims.client_id].flat().some((one) => audiences.includes(String(one)))) return 401;
    if (typeof claims.exp !== 'number' || claims.exp <= now || Number(claims.nbf ?? 0) > now || Number(claims.iat ?? 0) > now) return 401;
    const granted = String(claims.scope ?? claims.scp ?? '').split(' ');
    if (scopes.length > 0 && !scopes.some((scope) => granted.includes(scope))) return 403;
    const told = Object.entries(claims).map(([name, value]) => [name, Array.isArray(value) ? `[${value.join(' ')}]` : String(value)]);
    return { claims: Object.fromEntries(told), scopes: scopes.length > 0 ? granted.filter((scope) => scopes.includes(scope)) : null };
  }

  #verified(token: string): Claims | undefined {
    const [head = '', body = '', signature = '', ...more] = token.split('.');
    if (signature === '' || more.length > 0) return undefined;
    const verified = createVerify('RSA-SHA256')
      .update(`${head}.${body}`)
      .verify(createPublicKey(this.#privateKey()), signature, 'base64url');
    return verified && read(head)?.alg === 'RS256' ? read(body) : undefined;
  }

  #privateKey(): KeyObject {
    if (this.#key) return this.#key;
    const kept = this.#state.read<{ privateKey: string }>(KEY_FILE)?.privateKey;
    this.#key = kept === undefined ? generateKeyPairSync('rsa', { modulusLength: RSA_BITS }).privateKey : createPrivateKey(kept);
    if (kept === undefined) this.#state.write(KEY_FILE, { privateKey: this.#key.export({ type: 'pkcs8', format: 'pem' }) });
    return this.#key;
  }
}

function segment(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function read(part: string): Claims | undefined {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString()) as Claims;
  } catch {
    return undefined;
  }
}
