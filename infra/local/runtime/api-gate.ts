import { type Asked, type Authorized, authorizerEventOf } from './api-event.ts';
import type { Functions } from './functions.ts';
import type { LocalIssuer } from './jwt.ts';

/** What API Gateway answers itself when a request does not get past a route's authorizer. */
export type Refusal = 401 | 403 | 500;

/** What a function that is asked answers (simple response). */
interface Verdict {
  readonly isAuthorized?: unknown;
  readonly context?: object | null;
}

/**
 * Asks a route's authorizer as API Gateway does, nothing remembered from earlier requests.
 * @returns what it found, for the function; undefined on a route without one; a status when the request ends here
 */
export async function passGate(asked: Asked, functions: Functions, issuer: LocalIssuer): Promise<Authorized | undefined | Refusal> {
  const { route, request } = asked;
  if (route.jwt) {
    const bearer = issuer.judge(request.headers.authorization, route.jwt);
    return typeof bearer === 'number' ? bearer : { jwt: bearer };
  }
  if (!route.asked) return undefined;
  const { functionArn, needs } = route.asked;
  if (needs.some((name) => !request.headers[name])) return 401;
  const { error, body } = await functions.invoke(functionArn, JSON.stringify(authorizerEventOf(asked, needs)), true);
  const verdict = error === undefined ? (JSON.parse(body ?? 'null') as Verdict | null) : undefined;
  if (typeof verdict?.isAuthorized !== 'boolean') return 500;
  return verdict.isAuthorized ? { lambda: verdict.context ?? null } : 403;
}
