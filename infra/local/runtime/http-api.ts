import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { bodyOf, listen } from '../emulators/http.ts';
import type { JwtPart, RoutePart } from '../template/parts.ts';
import type { Functions } from './functions.ts';
import type { Judgement, LocalIssuer } from './jwt.ts';

interface Route {
  readonly key: string;
  readonly method: string;
  readonly pattern: RegExp;
  readonly names: readonly string[];
  /** More literal segments win over variables, those over greedy ones. */
  readonly weight: number;
  readonly functionArn: string;
  readonly jwt: JwtPart | undefined;
}

interface Result {
  readonly statusCode?: number;
  readonly headers?: Readonly<Record<string, string | number | boolean>>;
  readonly cookies?: readonly string[];
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

const MAX_BODY = 10 * 1024 * 1024;
/** API Gateway waits this long for a function. */
const MAX_WAIT = 30_000;
/** Bodies of these types are handed over as text, everything else (forms too) in base64. */
const TEXT = /^(text\/|application\/(json|javascript|xml|[\w.-]+\+(json|xml)))/;

/** The template's HTTP API, payload format 2.0, on one loopback port. */
export function startHttpApi(
  parts: readonly RoutePart[],
  functions: Functions,
  port: number,
  { now, issuer }: { readonly now: () => number; readonly issuer: LocalIssuer },
): Promise<Server> {
  const routes = parts.map(routeOf).sort((a, b) => b.weight - a.weight);
  return listen(port, async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const route = routes.find(({ method, pattern }) => (method === 'ANY' || method === request.method) && pattern.test(url.pathname));
    if (!route) return answer(response, 404, { message: 'Not Found' });
    const bearer = route.jwt && issuer.judge(request.headers.authorization, route.jwt);
    if (typeof bearer === 'number') return refuse(response, bearer);
    const body = await bodyOf(request, MAX_BODY).catch(() => undefined);
    if (!body) return answer(response, 413, { message: 'Request Too Long' });
    const event = eventOf(request, url, body, route, { now: now(), bearer });
    const outcome = await within(MAX_WAIT, functions.invoke(route.functionArn, JSON.stringify(event), true));
    if (!outcome) return answer(response, 503, { message: 'Service Unavailable' });
    if (outcome.error !== undefined) return answer(response, 500, { message: 'Internal Server Error' });
    reply(response, JSON.parse(outcome.body ?? 'null'));
  });
}

interface Call {
  readonly now: number;
  /** What the route's authorizer has found. */
  readonly bearer?: Exclude<Judgement, number> | undefined;
}

/** What a function is called with: API Gateway's payload format 2.0. */
export function eventOf(request: IncomingMessage, url: URL, body: Buffer, { key, pattern, names }: Route, { now, bearer }: Call) {
  const { cookie, ...headers } = request.headers;
  const asText = TEXT.test(request.headers['content-type'] ?? 'text/plain');
  const matched = pattern.exec(url.pathname) ?? [];
  const path = decoded(url.pathname);
  return {
    version: '2.0',
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
      ...(bearer ? { authorizer: { jwt: bearer } } : {}),
      requestId: randomUUID(),
      routeKey: key,
      stage: '$default',
      time: new Date(now).toUTCString(),
      timeEpoch: now,
    },
    ...(body.length > 0 ? { body: asText ? body.toString() : body.toString('base64') } : {}),
    isBase64Encoded: body.length > 0 && !asText,
  };
}

function routeOf({ key, functionArn, jwt }: RoutePart): Route {
  const [method = '', path = '/{proxy+}'] = key === '$default' ? ['ANY'] : key.split(' ');
  const names: string[] = [];
  const pattern = path.replace(/[.*?^$()|[\]\\]/g, '\\$&').replace(/\{(\w+)(\+?)\}/g, (_, name: string, greedy: string) => {
    names.push(name);
    return greedy ? '(.+)' : '([^/]+)';
  });
  const variables = names.length + (path.includes('+}') ? 10 : 0);
  const weight = key === '$default' ? -1000 : path.split('/').length * 100 - variables * 10 + (method === 'ANY' ? 0 : 1);
  return { key, method, functionArn, jwt, names, weight, pattern: new RegExp(key === '$default' ? '' : `^${pattern}/?$`) };
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

function reply(response: ServerResponse, result: unknown): void {
  const shaped = typeof result === 'object' && result !== null && 'statusCode' in result;
  const {
    statusCode = 200,
    headers = {},
    cookies,
    body,
    isBase64Encoded,
  }: Result = shaped
    ? (result as Result)
    : { headers: { 'content-type': 'application/json' }, body: typeof result === 'string' ? result : JSON.stringify(result) };
  const set = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
  const content = Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8');
  response.writeHead(statusCode, {
    'content-type': 'text/plain;charset=UTF-8',
    'content-length': content.length,
    ...set,
    ...(cookies ? { 'set-cookie': [...cookies] } : {}),
  });
  response.end(content);
}

function refuse(response: ServerResponse, status: 401 | 403): void {
  if (status === 401) response.setHeader('www-authenticate', 'Bearer');
  answer(response, status, { message: status === 401 ? 'Unauthorized' : 'Forbidden' });
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function within<T>(milliseconds: number, work: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(undefined), milliseconds);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
