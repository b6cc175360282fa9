import { get } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../../../infra/local/local-cloud.ts';
import { type Fixture, fixture, type Resources, worker } from './fixture.ts';

/** The customers' pages and the console, each an API of its own; before the console a function is asked. */
const RESOURCES: Resources = {
  Page: worker('page'),
  Gate: worker('gate'),
  Pages: api('public-pages'),
  Console: api('console'),
  PagesIntegration: integration('Pages'),
  ConsoleIntegration: integration('Console'),
  Asked: authorizer([]),
  Needed: authorizer(['$request.header.Cookie']),
  Public: route('Pages', 'GET /{path}'),
  Own: route('Console', 'ANY /{path}', 'Asked'),
  Strict: route('Console', 'GET /strict', 'Needed'),
};

let made: Fixture;
let cloud: LocalCloud;

beforeAll(async () => {
  made = fixture(RESOURCES);
  cloud = await startLocalCloud({ assembly: made.assembly, data: made.data });
});
afterAll(async () => {
  await cloud.stop();
  made.remove();
});

const ask = (path: string, headers: Record<string, string> = {}, options: RequestInit = {}) =>
  fetch(`${cloud.urls.console}${path}`, { ...options, headers });
const asked = () => made.notes().filter(({ what }) => what === 'asked').length;

test('each HTTP API has a port of its own, and only its own routes and authorizers', async () => {
  expect(new URL(cloud.urls.console).port).not.toBe(new URL(cloud.urls.public).port);
  const event = (await (await fetch(`${cloud.urls.public}/page`)).json()) as { requestContext: object };
  expect(event.requestContext).not.toHaveProperty('authorizer');
  expect((await fetch(`${cloud.urls.public}/page`, { method: 'POST' })).status).toBe(404);
  expect(asked()).toBe(0);
});

test('a function that is asked hears of everything but the body, and what it says goes to the page', async () => {
  const answer = await ask('/page', { cookie: 'a=1; b=2' }, { method: 'POST', body: 'text' });
  expect(await answer.json()).toMatchObject({
    requestContext: { authorizer: { lambda: { who: 'a=1,b=2', type: 'REQUEST', body: false } } },
    body: 'text',
  });
});

test('it is asked every time, and its no is a 403 before any page', async () => {
  const before = asked();
  expect((await ask('/page', { 'x-say': 'no' })).status).toBe(403);
  expect((await ask('/page')).status).toBe(200);
  expect((await ask('/page')).status).toBe(200);
  expect(asked() - before).toBe(3);
});

test.each(['throw', 'odd'])('when it does "%s" nobody gets in', async (say) => {
  expect((await ask('/page', { 'x-say': say })).status).toBe(500);
});

test('it is not even asked when a header that it needs is missing', async () => {
  const before = asked();
  const refused = await ask('/strict');
  expect([refused.status, refused.headers.get('www-authenticate'), asked() - before]).toEqual([401, null, 0]);
  expect((await ask('/strict', { cookie: 'a=1' })).status).toBe(200);
});

test.each(['public', 'console'] as const)('the %s port answers under no other name than its own', async (which) => {
  const { port } = new URL(cloud.urls[which]);
  const under = (host: string) =>
    new Promise((resolve, reject) => {
      get({ port, host: '127.0.0.1', path: '/page', headers: { host } }, (response) => resolve(response.resume().statusCode)).on(
        'error',
        reject,
      );
    });
  expect(
    await Promise.all([`127.0.0.1:${port}`, `localhost:${port}`, `evil.example:${port}`, 'evil.example', '127.0.0.1:1'].map(under)),
  ).toEqual([200, 200, 403, 403, 403]);
});

function api(Name: string): Resources[string] {
  return { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name, ProtocolType: 'HTTP' } };
}

function integration(of: string): Resources[string] {
  const IntegrationUri = { 'Fn::GetAtt': ['Page', 'Arn'] };
  return {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: { ApiId: { Ref: of }, IntegrationType: 'AWS_PROXY', IntegrationUri, PayloadFormatVersion: '2.0' },
  };
}

function authorizer(IdentitySource: string[]): Resources[string] {
  const uri = ['arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/', { 'Fn::GetAtt': ['Gate', 'Arn'] }, '/invocations'];
  return {
    Type: 'AWS::ApiGatewayV2::Authorizer',
    Properties: {
      ...{ ApiId: { Ref: 'Console' }, Name: 'session', AuthorizerType: 'REQUEST', IdentitySource },
      ...{ AuthorizerPayloadFormatVersion: '2.0', EnableSimpleResponses: true, AuthorizerResultTtlInSeconds: 0 },
      AuthorizerUri: { 'Fn::Join': ['', uri] },
    },
  };
}

function route(of: string, RouteKey: string, by?: string): Resources[string] {
  const Target = { 'Fn::Join': ['/', ['integrations', { Ref: `${of}Integration` }]] };
  const guarded = by ? { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: by } } : {};
  return { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: of }, RouteKey, Target, ...guarded } };
}
