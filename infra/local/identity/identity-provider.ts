import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { bodyOf, isForThisServer, listen } from '../emulators/http.ts';
import type { LocalIssuer } from '../runtime/jwt.ts';
import { Codes } from './codes.ts';
import { LOCAL_PEOPLE } from './people.ts';
import { peoplePage } from './people-page.ts';

interface Parts {
  readonly issuer: LocalIssuer;
  readonly now: () => number;
  /** `http://127.0.0.1:PORT`, without a slash at its end. */
  readonly origin: string;
  /** Who may send people here, and where they go back to. */
  readonly client: { readonly id: string; readonly redirectUri: string };
}

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | object;
}

const TOKEN_SECONDS = 300;

/**
 * Stands in for the carrier's identity provider: OpenID Connect's code flow with PKCE, for one public client, on a loopback port.
 * Nobody has a password here: whoever uses this machine picks a name.
 */
export function startIdentityProvider(parts: Parts, port: number): Promise<Server> {
  const codes = new Codes(parts.now);
  return listen(port, async (request, response) => {
    if (!isForThisServer(request)) return say(response, { status: 403, body: { error: 'forbidden' } });
    say(response, await answerTo(request, parts, codes));
  });
}

async function answerTo(request: IncomingMessage, parts: Parts, codes: Codes): Promise<Answer> {
  const url = new URL(request.url ?? '/', parts.origin);
  switch (`${request.method} ${url.pathname}`) {
    case 'GET /.well-known/openid-configuration':
      return { status: 200, body: configurationOf(parts.origin) };
    case 'GET /jwks':
      return { status: 200, body: parts.issuer.keys() };
    case 'GET /authorize':
      return authorize(url.searchParams, parts);
    case 'POST /authorize':
      return goBack(new URLSearchParams((await bodyOf(request)).toString()), parts, codes);
    case 'POST /token':
      return token(new URLSearchParams((await bodyOf(request)).toString()), parts, codes);
  }
  return { status: 404, body: { error: 'not_found' } };
}

function configurationOf(origin: string) {
  return {
    issuer: origin,
    authorization_endpoint: `${origin}/authorize`,
    token_endpoint: `${origin}/token`,
    jwks_uri: `${origin}/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['none'],
  };
}

/** Nothing is sent back to an address that is not the client's. */
function authorize(asked: URLSearchParams, { client }: Parts): Answer {
  const wrong = faultOf(asked, client);
  if (wrong) return { status: 400, headers: HTML, body: peoplePage([], asked, wrong) };
  return { status: 200, headers: HTML, body: peoplePage(LOCAL_PEOPLE, asked) };
}

function goBack(asked: URLSearchParams, { client }: Parts, codes: Codes): Answer {
  const wrong = faultOf(asked, client);
  const person = LOCAL_PEOPLE.find(({ subject }) => subject === asked.get('person'));
  if (wrong || !person) return { status: 400, headers: HTML, body: peoplePage([], asked, wrong ?? 'person is not one of the list') };
  const code = codes.issue({
    redirectUri: client.redirectUri,
    nonce: asked.get('nonce') ?? '',
    challenge: asked.get('code_challenge') ?? '',
    person,
  });
  const back = new URL(client.redirectUri);
  back.search = new URLSearchParams({ code, state: asked.get('state') ?? '' }).toString();
  return { status: 303, headers: { location: back.href } };
}

function token(asked: URLSearchParams, { issuer, origin, client }: Parts, codes: Codes): Answer {
  const redeemed =
    asked.get('grant_type') === 'authorization_code' && asked.get('client_id') === client.id
      ? codes.redeem(asked.get('code') ?? '', asked.get('code_verifier') ?? '', asked.get('redirect_uri') ?? '')
      : undefined;
  if (!redeemed) return { status: 400, body: { error: 'invalid_grant' } };
  const { subject, name, groups } = redeemed.person;
  const claims = { sub: subject, name, groups, nonce: redeemed.nonce };
  const id = issuer.token({ issuer: origin, audience: client.id, scope: 'openid', seconds: TOKEN_SECONDS, claims });
  return { status: 200, body: { id_token: id, access_token: 'of-no-use-here', token_type: 'Bearer', expires_in: TOKEN_SECONDS } };
}

function faultOf(asked: URLSearchParams, client: Parts['client']): string | undefined {
  const wanted = { client_id: client.id, redirect_uri: client.redirectUri, response_type: 'code', code_challenge_method: 'S256' };
  const wrong = Object.entries(wanted).find(([name, value]) => asked.get(name) !== value);
  if (wrong) return `${wrong[0]} is ${JSON.stringify(asked.get(wrong[0]))}: ${wrong[1]} is expected`;
  if (!asked.get('scope')?.split(' ').includes('openid')) return 'scope has no openid';
  return ['state', 'nonce', 'code_challenge'].filter((name) => !asked.get(name)).map((name) => `${name} is missing`)[0];
}

const HTML = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };

function say(response: ServerResponse, { status, headers = { 'content-type': 'application/json' }, body = '' }: Answer): void {
  response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
}
