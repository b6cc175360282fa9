import type { APIGatewayProxyEventV2, APIGatewayRequestAuthorizerEventV2 } from 'aws-lambda';
import { beforeAll } from 'vitest';
import { now } from '../../../functions/aws/clock.ts';
import { handler as acts } from '../../../functions/console/acts.handler.ts';
import { handler as authorizer } from '../../../functions/console/authorizer.handler.ts';
import { handler as pages } from '../../../functions/console/console.handler.ts';
import type { ConsolePerson } from '../../../functions/console/console-page.ts';
import { startSession } from '../../../functions/console/session-store.ts';
import { handler as signIn } from '../../../functions/console/sign-in.handler.ts';
import { contextOf, useCloud } from '../../emulators/cloud.ts';

export const ORIGIN = 'https://billing.carrier.example';
export const VERA: ConsolePerson = { subject: 'vera', name: 'Vera Lund', role: 'view' };
export const INES: ConsolePerson = { subject: 'ines', name: 'Ines Falk', role: 'act' };
export const OMAR: ConsolePerson = { subject: 'omar', name: 'Omar Reyes', role: 'act' };

/** Gives a test file a cloud of its own with a console in it. */
export function useConsole(): void {
  useCloud();
  beforeAll(() => {
    Object.assign(process.env, {
      CONSOLE_ORIGIN: ORIGIN,
      CONSOLE_CLIENT_ID: 'carrierpost-console',
      CONSOLE_GROUPS_CLAIM: 'groups',
      CONSOLE_GROUP_VIEW: 'carrierpost-view',
      CONSOLE_GROUP_ACT: 'carrierpost-act',
      SECOND_PERSON_ACCOUNTS: '20',
      SECOND_PERSON_EMAILS: '30',
    });
  });
}

interface Sent {
  readonly method?: string;
  readonly cookies?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: string;
}

/** What the gateway answers itself when the authorizer says no. */
const REFUSED: Answer = { status: 403, headers: {}, cookies: [], body: '' };

/** Asks the console as the gateway does: the authorizer first, then the function of the route. */
export async function ask(address: string, sent: Sent = {}): Promise<Answer> {
  const event = eventOf(address, sent);
  const path = event.rawPath;
  if (path === '/sign-in' || path === '/signed-in') return answerOf(await signIn(event, contextOf()));
  const verdict = await authorizer(event as unknown as APIGatewayRequestAuthorizerEventV2, contextOf());
  if (!verdict.isAuthorized) return REFUSED;
  const told = { ...event, requestContext: { ...event.requestContext, authorizer: { lambda: verdict.context } } } as APIGatewayProxyEventV2;
  if (path === '/sign-out') return answerOf(await signIn(told, contextOf()));
  return answerOf(await (sent.method === 'POST' ? acts : pages)(told, contextOf()));
}

/** The cookie of somebody who has just signed in. */
export async function signedIn(person: ConsolePerson): Promise<string> {
  return `__Host-session=${await startSession(person, now())}`;
}

/** Sends a form as a browser does from one of the console's own pages, with the token that stands on its pages. */
export async function send(address: string, cookie: string, form: Readonly<Record<string, string>>, headers: Sent['headers'] = {}) {
  const csrf = csrfOn((await ask('/', { cookies: [cookie] })).body);
  return ask(address, { method: 'POST', cookies: [cookie], form: { csrf, ...form }, headers: { origin: ORIGIN, ...headers } });
}

export function csrfOn(page: string): string {
  return /name="csrf" value="([^"]*)"/.exec(page)?.[1] ?? '';
}

function eventOf(address: string, { method = 'GET', cookies, headers = {}, form }: Sent): APIGatewayProxyEventV2 {
  const url = new URL(address, ORIGIN);
  const body = form === undefined ? undefined : new URLSearchParams(form).toString();
  return {
    version: '2.0',
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    ...(cookies ? { cookies } : {}),
    headers: { host: url.host, ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }), ...headers },
    queryStringParameters: Object.fromEntries(url.searchParams),
    requestContext: { http: { method, path: url.pathname }, domainName: headers.host ?? url.host },
    ...(body === undefined ? {} : { body: Buffer.from(body).toString('base64') }),
    isBase64Encoded: body !== undefined,
  } as unknown as APIGatewayProxyEventV2;
}

function answerOf(answer: Awaited<ReturnType<typeof pages>>): Answer {
  const { statusCode = 0, headers = {}, cookies = [], body = '' } = answer;
  return { status: statusCode, headers: headers as Record<string, string>, cookies, body };
}
