import type { Server, ServerResponse } from 'node:http';
import { bodyOf, isForThisServer, listen } from '../emulators/http.ts';
import type { RoutePart } from '../template/parts.ts';
import { eventOf, routeOf } from './api-event.ts';
import { passGate, type Refusal } from './api-gate.ts';
import type { Functions } from './functions.ts';
import type { LocalIssuer } from './jwt.ts';

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
const MESSAGES: Readonly<Record<Refusal, string>> = { 401: 'Unauthorized', 403: 'Forbidden', 500: 'Internal Server Error' };

/** An HTTP API of the template, payload format 2.0, on a loopback port of its own and under no other name. */
export function startHttpApi(
  parts: readonly RoutePart[],
  functions: Functions,
  port: number,
  { now, issuer }: { readonly now: () => number; readonly issuer: LocalIssuer },
): Promise<Server> {
  const routes = parts.map(routeOf).sort((a, b) => b.weight - a.weight);
  return listen(port, async (request, response) => {
    if (!isForThisServer(request)) return answer(response, 403, { message: 'Forbidden' });
    const url = new URL(request.url ?? '/', 'http://localhost');
    const route = routes.find(({ method, pattern }) => (method === 'ANY' || method === request.method) && pattern.test(url.pathname));
    if (!route) return answer(response, 404, { message: 'Not Found' });
    const asked = { request, url, route, now: now() };
    const gate = await passGate(asked, functions, issuer);
    if (typeof gate === 'number') return refuse(response, gate, route.jwt !== undefined);
    const body = await bodyOf(request, MAX_BODY).catch(() => undefined);
    if (!body) return answer(response, 413, { message: 'Request Too Long' });
    const outcome = await within(MAX_WAIT, functions.invoke(route.functionArn, JSON.stringify(eventOf(asked, body, gate)), true));
    if (!outcome) return answer(response, 503, { message: 'Service Unavailable' });
    if (outcome.error !== undefined) return answer(response, 500, { message: 'Internal Server Error' });
    reply(response, JSON.parse(outcome.body ?? 'null'));
  });
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

function refuse(response: ServerResponse, status: Refusal, byToken: boolean): void {
  if (status === 401 && byToken) response.setHeader('www-authenticate', 'Bearer');
  answer(response, status, { message: MESSAGES[status] });
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
