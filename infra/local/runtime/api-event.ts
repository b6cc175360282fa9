import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { RoutePart } from '../template/parts.ts';

/** A route as requests are matched with it. */
export interface Route extends RoutePart {
  readonly method: string;
  readonly pattern: RegExp;
  readonly names: readonly string[];
  /** More literal segments win over variables, those over greedy ones. */
  readonly weight: number;
}

/** What a route's authorizer has found, as the function is told. */
export type Authorized = { readonly jwt: object } | { readonly lambda: object | null };

/** A request on its way to a function. */
export interface Asked {
  readonly request: IncomingMessage;
  readonly url: URL;
  readonly route: Route;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Bodies of these types are handed over as text, everything else (forms too) in base64. */
const TEXT = /^(text\/|application\/(json|javascript|xml|[\w.-]+\+(json|xml)))/;

/** What a function is called with: API Gateway's payload format 2.0. */
export function eventOf(asked: Asked, body: Buffer, authorizer: Authorized | undefined) {
  const asText = TEXT.test(asked.request.headers['content-type'] ?? 'text/plain');
  const common = commonOf(asked);
  return {
    version: '2.0',
    ...common,
    requestContext: { ...common.requestContext, ...(authorizer ? { authorizer } : {}) },
    ...(body.length > 0 ? { body: asText ? body.toString() : body.toString('base64') } : {}),
    isBase64Encoded: body.length > 0 && !asText,
  };
}

/**
 * What a function is called with that is asked whether a request may go on (payload format 2.0): everything but the body.
 * @param needs the headers that identify who asks, lower case
 */
export function authorizerEventOf(asked: Asked, needs: readonly string[]) {
  const { request, route, url } = asked;
  return {
    version: '2.0',
    type: 'REQUEST',
    routeArn: `arn:aws:execute-api:eu-west-1:000000000000:local/$default/${request.method}${url.pathname}`,
    identitySource: needs.map((name) => [request.headers[name]].flat().join(',')),
    ...commonOf(asked),
    routeKey: route.key,
  };
}

function commonOf({ request, url, route: { key, pattern, names }, now }: Asked) {
  const { cookie, ...headers } = request.headers;
  const matched = pattern.exec(url.pathname) ?? [];
  const path = decoded(url.pathname);
  return {
    routeKey: key,
    rawPath: path,
    rawQueryString: url.search.slice(1),
    ...(cookie ? { cookies: cookie.split('; ') } : {}),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(',')])),
    ...(url.search ? { queryStringParameters: queryOf(url) } : {}),
    ...(names.length > 0
      ? { pathParameters: Object.fromEntries(names.map((name, index) => [name, decoded(matched[index + 1] ?? '')])) }
      : {}),
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: request.headers.host ?? 'localhost',
      domainPrefix: 'local',
      http: {
        method: request.method,
        path,
        protocol: 'HTTP/1.1',
        sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
        userAgent: request.headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: key,
      stage: '$default',
      time: new Date(now).toUTCString(),
      timeEpoch: now,
    },
  };
}

/** A route of the template, ready to be matched. */
export function routeOf(part: RoutePart): Route {
  const { key } = part;
  const [method = '', path = '/{proxy+}'] = key === '$default' ? ['ANY'] : key.split(' ');
  const names: string[] = [];
  const pattern = path.replace(/[.*?^$()|[\]\\]/g, '\\$&').replace(/\{(\w+)(\+?)\}/g, (_, name: string, greedy: string) => {
    names.push(name);
    return greedy ? '(.+)' : '([^/]+)';
  });
  const variables = names.length + (path.includes('+}') ? 10 : 0);
  const weight = key === '$default' ? -1000 : path.split('/').length * 100 - variables * 10 + (method === 'ANY' ? 0 : 1);
  return { ...part, method, names, weight, pattern: new RegExp(key === '$default' ? '' : `^${pattern}/?$`) };
}

function queryOf(url: URL): Record<string, string> {
  return Object.fromEntries([...new Set(url.searchParams.keys())].map((name) => [name, url.searchParams.getAll(name).join(',')]));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
