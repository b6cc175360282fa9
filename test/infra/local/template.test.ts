import { afterEach, expect, test } from 'vitest';
import { readBlueprint } from '../../../infra/local/template/blueprint.ts';
import { Resolver } from '../../../infra/local/template/resolver.ts';
import { type Fixture, fixture, type Resources, schedule, workedQueue, worker } from './fixture.ts';

const made: Fixture[] = [];
afterEach(() => {
  for (const one of made.splice(0)) one.remove();
});

function blueprintOf(resources: Resources) {
  const one = fixture(resources);
  made.push(one);
  return readBlueprint(one.assembly);
}

const resolver = new Resolver(
  {
    name: 'S',
    account: '000000000000',
    region: 'eu-west-1',
    assets: new Map(),
    template: {
      Resources: { Q: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'work' } }, Odd: { Type: 'AWS::Odd::Thing' } },
      Parameters: { P: { Default: 'given' } },
      Conditions: { Yes: { 'Fn::Equals': ['a', 'a'] }, No: { 'Fn::Not': [{ Condition: 'Yes' }] } },
      Mappings: { M: { a: { b: 'mapped' } } },
    },
  },
  new Map<string, unknown>([['other-table', 'T']]),
);

test.each([
  ['Ref of a queue', { Ref: 'Q' }, 'https://sqs.eu-west-1.amazonaws.com/000000000000/work'],
  ['Ref of a parameter', { Ref: 'P' }, 'given'],
  ['Ref of a pseudo parameter', { Ref: 'AWS::Region' }, 'eu-west-1'],
  ['Fn::GetAtt', { 'Fn::GetAtt': ['Q', 'Arn'] }, 'arn:aws:sqs:eu-west-1:000000000000:work'],
  ['Fn::GetAtt with a dot', { 'Fn::GetAtt': 'Q.QueueName' }, 'work'],
  ['Fn::Join', { 'Fn::Join': ['-', ['a', { Ref: 'P' }]] }, 'a-given'],
  ['Fn::Sub', { 'Fn::Sub': '$' + '{Q.QueueName}/$' + '{!literal}' }, 'work/$' + '{literal}'],
  ['Fn::Sub with variables', { 'Fn::Sub': ['$' + '{x}', { x: { Ref: 'P' } }] }, 'given'],
  ['Fn::Select and Fn::Split', { 'Fn::Select': ['5', { 'Fn::Split': [':', { 'Fn::GetAtt': ['Q', 'Arn'] }] }] }, 'work'],
  ['Fn::ImportValue', { 'Fn::ImportValue': 'other-table' }, 'T'],
  ['Fn::If', { 'Fn::If': ['No', 'wrong', { a: { Ref: 'AWS::NoValue' }, b: 1 }] }, { b: 1 }],
  ['Fn::FindInMap', { 'Fn::FindInMap': ['M', 'a', 'b'] }, 'mapped'],
])('%s', (_, value, expected) => {
  expect(resolver.value(value)).toEqual(expected);
});

test.each([
  ['an intrinsic', { 'Fn::Cidr': ['10.0.0.0/16', 2] }, /Fn::Cidr/],
  ['a resource', { Ref: 'Nobody' }, /Nobody/],
  ['an attribute', { 'Fn::GetAtt': ['Q', 'Colour'] }, /Colour of a AWS::SQS::Queue/],
  ['an export', { 'Fn::ImportValue': 'missing' }, /missing, which no stack exports/],
])('%s that is not known is an error by name', (_, value, reason) => {
  expect(() => resolver.value(value)).toThrow(reason);
});

test.each([
  ['a resource type', { Odd: { Type: 'AWS::Odd::Thing' } }, /AWS::Odd::Thing \(Odd\)/],
  ['a property of a known type', { Q: { Type: 'AWS::SQS::Queue', Properties: { Colour: 'red' } } }, /Q has the property Colour/],
  [
    'an authorizer',
    { R: { Type: 'AWS::ApiGatewayV2::Route', Properties: { RouteKey: 'GET /', AuthorizationType: 'JWT', Target: 'integrations/x' } } },
    /authorizer \(JWT\)/,
  ],
  ['an authorizer by IAM', routeWith('AWS_IAM', {}), /authorizer \(AWS_IAM\)/],
  ['an authorizer that answers with a policy', routeWith('CUSTOM', { EnableSimpleResponses: false }), /simple answers false/],
  ['an authorizer that is remembered', routeWith('CUSTOM', { AuthorizerResultTtlInSeconds: 60 }), /kept for 60 seconds/],
  ['an authorizer of the old payload', routeWith('CUSTOM', { AuthorizerPayloadFormatVersion: '1.0' }), /payload 1.0/],
  [
    'an authorizer that needs a query',
    routeWith('CUSTOM', { IdentitySource: ['$request.querystring.x'] }),
    /needs \$request\.querystring\.x/,
  ],
])('%s that is not known stops the cloud', (_, resources, reason) => {
  expect(() => blueprintOf(resources as Resources)).toThrow(reason);
});

test('a template becomes what has to be built', () => {
  const blueprint = blueprintOf({
    Worker: worker('queue', { ReservedConcurrentExecutions: 2 }),
    Clockwork: worker('schedule'),
    ...workedQueue('jobs.fifo'),
    ...schedule('Daily', 'cron(0 7 * * ? *)', 'Europe/Berlin'),
    Off: {
      Type: 'AWS::Scheduler::Schedule',
      Properties: { ScheduleExpression: 'rate(1 minute)', State: 'DISABLED', Target: { Arn: 'x' } },
    },
    Role: { Type: 'AWS::IAM::Role', Properties: { Anything: 'goes' } },
  });
  expect(blueprint.queues.map(({ name }) => name).sort()).toEqual(['jobs-dlq.fifo', 'jobs.fifo']);
  expect(blueprint.mappings).toMatchObject([{ queueArn: 'arn:aws:sqs:eu-west-1:000000000000:jobs.fifo', batchSize: 10, partial: true }]);
  expect(blueprint.functions).toMatchObject([{ handler: 'index.queue', timeoutSeconds: 5, reserved: 2 }, { handler: 'index.schedule' }]);
  expect(blueprint.schedules).toMatchObject([{ name: 'Fixture-Daily', timeZone: 'Europe/Berlin' }]);
});

/** A route before which a function is asked, in the one form that is played, but for what is changed. */
function routeWith(type: string, changes: object): Resources {
  const known = { AuthorizerPayloadFormatVersion: '2.0', EnableSimpleResponses: true, AuthorizerResultTtlInSeconds: 0 };
  return {
    A: { Type: 'AWS::ApiGatewayV2::Authorizer', Properties: { AuthorizerType: 'REQUEST', AuthorizerUri: 'arn:x', ...known, ...changes } },
    R: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: { RouteKey: 'GET /', AuthorizationType: type, AuthorizerId: { Ref: 'A' }, Target: 'integrations/x' },
    },
  };
}
