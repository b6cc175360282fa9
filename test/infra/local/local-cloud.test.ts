import { readFileSync } from 'node:fs';
import path from 'node:path';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, expect, test } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../../../infra/local/local-cloud.ts';
import { type Fixture, fixture, type Resources, schedule, workedQueue, worker } from './fixture.ts';

interface LocalFile {
  readonly queues: Readonly<Record<string, string>>;
  readonly endpoints: Readonly<Record<string, string>>;
}

const running: { cloud: LocalCloud; made: Fixture }[] = [];

afterEach(async () => {
  for (const { cloud, made } of running.splice(0)) {
    await cloud.stop();
    made.remove();
  }
});

async function up(resources: Resources) {
  const made = fixture(resources);
  const cloud = await startLocalCloud({ assembly: made.assembly, data: made.data });
  cloud.announce();
  running.push({ cloud, made });
  return { cloud, made, send: sender(made) };
}

function sender(made: Fixture) {
  const local = JSON.parse(readFileSync(path.join(made.data, 'local.json'), 'utf8')) as LocalFile;
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const sqs = new SQSClient({ region: 'eu-west-1', credentials, endpoint: local.endpoints.sqs ?? '' });
  return (queue: string, message: object, more: object = {}) =>
    sqs.send(new SendMessageCommand({ QueueUrl: local.queues[queue], MessageBody: JSON.stringify(message), ...more }));
}

async function at(cloud: LocalCloud, instant: string): Promise<void> {
  expect(cloud.simulation.start(instant)).toBeUndefined();
  const journey = await cloud.simulation.watch(60_000);
  expect(journey).toMatchObject({ running: false });
  expect(journey.error).toBeUndefined();
}

async function depthOf(made: Fixture, cloud: LocalCloud, queue: string): Promise<number> {
  const { url } = JSON.parse(readFileSync(path.join(made.data, 'control.json'), 'utf8')) as { url: string };
  const depths = (await (await fetch(`${url}/queues`)).json()) as { name: string; visible: number }[];
  await cloud.activity.untilQuiet();
  return depths.find(({ name }) => name === queue)?.visible ?? -1;
}

test('only the failed messages of a batch come back, and go to the dead-letter queue in the end', async () => {
  const { cloud, made, send } = await up({ Worker: worker('queue'), ...workedQueue('jobs') });
  await at(cloud, '2026-11-04T00:00:00Z');
  await send('jobs', { id: 'good' });
  await send('jobs', { id: 'bad', act: 'fail' });
  await send('jobs', { id: 'wobbly', act: 'fail-once' });
  await cloud.activity.untilQuiet();
  await at(cloud, '2026-11-04T01:00:00Z');
  const calls = (id: string) => made.notes().filter((note) => note.id === id);
  expect(calls('good')).toHaveLength(1);
  expect(calls('bad').map(({ received, now }) => [received, now])).toEqual([
    [1, '2026-11-04T00:00:00.000Z'],
    [2, '2026-11-04T00:01:00.000Z'],
    [3, '2026-11-04T00:02:00.000Z'],
  ]);
  expect(calls('wobbly').map(({ received }) => received)).toEqual([1, 2]);
  expect(await depthOf(made, cloud, 'jobs-dlq')).toBe(1);
});

test.each(['throw', 'die', 'strange', 'hang'])('a function that does "%s" gets its whole batch again', async (act) => {
  const { cloud, made, send } = await up({ Worker: worker('queue', { Timeout: 1 }), ...workedQueue('jobs') });
  await at(cloud, '2026-11-04T00:00:00Z');
  await send('jobs', { id: 'bad', act });
  await cloud.activity.untilQuiet();
  await at(cloud, '2026-11-04T00:01:00Z');
  expect(made.notes().map(({ received }) => received)).toEqual([1, 2]);
});

test('a FIFO queue keeps the order of a group while one of its messages fails', async () => {
  const { cloud, made, send } = await up({ Worker: worker('queue'), ...workedQueue('jobs.fifo') });
  await at(cloud, '2026-11-04T00:00:00Z');
  for (const [id, group, act] of [
    ['a1', 'a', 'fail-once'],
    ['b1', 'b'],
    ['a2', 'a'],
    ['b2', 'b'],
  ] as const) {
    await send('jobs.fifo', { id, act }, { MessageGroupId: group });
  }
  await cloud.activity.untilQuiet();
  expect(
    made
      .notes()
      .filter(({ group }) => group === 'a')
      .map(({ id }) => id),
  ).toEqual(['a1']);
  await at(cloud, '2026-11-04T00:01:00Z');
  const order = (name: string) =>
    made
      .notes()
      .filter(({ group }) => group === name)
      .map(({ id }) => id);
  expect(order('a')).toEqual(['a1', 'a1', 'a2']);
  expect(order('b')).toEqual(['b1', 'b2']);
});

test('delays follow the clock, and schedules fire in order with the clock set to each', async () => {
  const { cloud, made, send } = await up({
    Worker: worker('queue'),
    Clockwork: worker('schedule'),
    ...workedQueue('jobs'),
    ...schedule('Tokyo', 'cron(0 7 * * ? *)', 'Asia/Tokyo'),
    ...schedule('Berlin', 'cron(0 7 * * ? *)', 'Europe/Berlin'),
  });
  await at(cloud, '2026-11-04T00:00:00Z');
  const first = made.notes().map(({ what, scheduledTime }) => `${what} ${scheduledTime}`);
  expect(first).toEqual(['Berlin 2026-11-03T06:00:00Z', 'Tokyo 2026-11-03T22:00:00Z']);
  await send('jobs', { id: 'late' }, { DelaySeconds: 900 });
  await at(cloud, '2026-11-04T00:14:59Z');
  expect(made.notes()).toHaveLength(2);
  await at(cloud, '2026-11-04T06:00:00Z');
  const later = made.notes().slice(2);
  expect(later.map(({ what, now }) => `${what} ${now}`)).toEqual(['message 2026-11-04T00:15:00.000Z', 'Berlin 2026-11-04T06:00:00.000Z']);
});

test('a quiet day of minutes is few calls; after something happened the sweep comes within its minute', async () => {
  const { cloud, made, send } = await up({
    Worker: worker('queue'),
    Clockwork: worker('schedule'),
    ...workedQueue('jobs'),
    ...schedule('Sweep', 'rate(1 minute)'),
  });
  await at(cloud, '2026-11-04T00:00:30Z');
  const quiet = made.notes().length;
  expect(quiet).toBeLessThan(5);
  await send('jobs', { id: 'x' }, { DelaySeconds: 60 });
  await at(cloud, '2026-11-05T00:00:00Z');
  const happened = made.notes().slice(quiet);
  expect(happened.length).toBeLessThan(8);
  const after = happened.findIndex(({ id }) => id === 'x');
  expect(happened[after + 1]).toMatchObject({ what: 'Sweep', scheduledTime: '2026-11-04T00:02:00Z' });
});

test('until the first `at` the clock is the machine’s and nothing fires; later ones only go forward', async () => {
  const { cloud, made } = await up({ Clockwork: worker('schedule'), ...schedule('Minute', 'rate(1 minute)') });
  expect(cloud.simulation.now().mode).toBe('machine');
  expect(made.notes()).toEqual([]);
  await at(cloud, '2020-01-02T00:00:00Z');
  expect(cloud.simulation.now()).toEqual({ mode: 'set', now: '2020-01-02T00:00:00.000Z' });
  expect(cloud.simulation.start('2020-01-01T23:59:59Z')).toMatch(/only goes forward/);
});

test('a restart keeps the clock, the ports and the messages; what was in work is visible at once', async () => {
  const { cloud, made, send } = await up({ Worker: worker('queue'), ...workedQueue('jobs') });
  await at(cloud, '2026-11-04T00:00:00Z');
  await send('jobs', { id: 'x', act: 'fail-once' });
  await cloud.activity.untilQuiet();
  const before = readFileSync(path.join(made.data, 'ports.json'), 'utf8');
  await cloud.stop();
  const again = await startLocalCloud({ assembly: made.assembly, data: made.data });
  running.splice(0, 1, { cloud: again, made });
  await again.activity.untilQuiet();
  expect(made.notes().map(({ received }) => received)).toEqual([1, 2]);
  expect(again.simulation.now().now).toBe('2026-11-04T00:00:00.000Z');
  expect(readFileSync(path.join(made.data, 'ports.json'), 'utf8')).toBe(before);
});

test('a data folder and a port belong to one cloud', async () => {
  const { cloud, made } = await up({ Worker: worker('queue') });
  const port = Number(new URL(cloud.urls.public).port);
  const other = fixture({ Worker: worker('queue') });
  await expect(startLocalCloud({ assembly: other.assembly, data: other.data, port })).rejects.toThrow(`Port ${port}`);
  other.remove();
  expect(made.notes()).toEqual([]);
});

const API: Resources = {
  Page: worker('page'),
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'pages', ProtocolType: 'HTTP' } },
  Integration: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: {
      ApiId: { Ref: 'Api' },
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: { 'Fn::GetAtt': ['Page', 'Arn'] },
      PayloadFormatVersion: '2.0',
    },
  },
  ...Object.fromEntries(
    ['GET /d/{token}', 'POST /d/{token}/{document}', 'GET /fails', 'GET /large'].map((RouteKey, index) => [
      `Route${index}`,
      {
        Type: 'AWS::ApiGatewayV2::Route',
        Properties: { ApiId: { Ref: 'Api' }, RouteKey, Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'Integration' }]] } },
      },
    ]),
  ),
};

const GUARDED: Resources = {
  Portal: {
    Type: 'AWS::ApiGatewayV2::Authorizer',
    Properties: {
      ApiId: { Ref: 'Api' },
      AuthorizerType: 'JWT',
      Name: 'portal',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Issuer: 'https://login.carrier.example', Audience: ['carrierpost'] },
    },
  },
  Guarded: {
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: {
      ApiId: { Ref: 'Api' },
      RouteKey: 'GET /guarded/{ocn}',
      Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'Integration' }]] },
      AuthorizationType: 'JWT',
      AuthorizerId: { Ref: 'Portal' },
      AuthorizationScopes: ['documents.read'],
    },
  },
};

test('a route with a JWT authorizer is called for bearers of a good token alone, by the clock of the cloud', async () => {
  const { cloud, made } = await up({ ...API, ...GUARDED });
  await at(cloud, '2026-11-04T00:00:00Z');
  const control = (JSON.parse(readFileSync(path.join(made.data, 'control.json'), 'utf8')) as { url: string }).url;
  const tokenFor = async (wish: object) => {
    const answer = await fetch(`${control}/token`, { method: 'POST', body: JSON.stringify({ ocn: '100201', ...wish }) });
    return ((await answer.json()) as { token: string }).token;
  };
  const ask = (token?: string) =>
    fetch(`${cloud.urls.public}/guarded/100201`, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });
  const good = await tokenFor({});
  expect(await (await ask(good)).json()).toMatchObject({
    pathParameters: { ocn: '100201' },
    requestContext: {
      authorizer: { jwt: { claims: { ocn: '100201', iss: 'https://login.carrier.example' }, scopes: ['documents.read'] } },
    },
  });
  const bad = await Promise.all([tokenFor({ seconds: -1 }), tokenFor({ audience: 'others' }), tokenFor({ scope: 'profile' })]);
  const answers = await Promise.all([ask(), ...bad.map(ask)]);
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 403]);
  expect(answers[0]?.headers.get('www-authenticate')).toBe('Bearer');
  await at(cloud, '2026-11-04T02:00:00Z');
  expect((await ask(good)).status).toBe(401);
});

test('pages are called as by an HTTP API: parameters, forms in base64, errors', async () => {
  const { cloud } = await up(API);
  const origin = cloud.urls.public;
  const event = (await (await fetch(`${origin}/d/a%20b?x=1&x=2`, { headers: { cookie: 'a=1; b=2' } })).json()) as Record<string, unknown>;
  expect(event).toMatchObject({
    version: '2.0',
    routeKey: 'GET /d/{token}',
    pathParameters: { token: 'a b' },
    queryStringParameters: { x: '1,2' },
    cookies: ['a=1', 'b=2'],
    isBase64Encoded: false,
  });
  const form = await fetch(`${origin}/d/t/doc`, { method: 'POST', body: new URLSearchParams({ agree: 'yes' }) });
  expect(await form.json()).toMatchObject({ isBase64Encoded: true, body: Buffer.from('agree=yes').toString('base64') });
  const statuses = await Promise.all(['/nothing', '/fails', '/large'].map(async (page) => (await fetch(origin + page)).status));
  expect(statuses).toEqual([404, 500, 500]);
});
