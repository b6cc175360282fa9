import { describe, expect, test } from 'vitest';
import { BUCKETS, bucketName, deadLetterNameOf, physicalName, QUEUES, TABLES } from '../../functions/aws/resources.ts';
import { CALENDARS } from '../../functions/calendars/calendars.ts';
import { DEPLOYED, stageNamed } from '../../infra/config/stages.ts';
import { FUNCTIONS } from '../../infra/functions.ts';
import { type Resource, resourcesOfType, synthesize, textAt } from './assembly.ts';

const STAGE = 'production';

test.each(['local', ...DEPLOYED.map(({ stage }) => stage)])(
  'stage %s breaks no rule of CloudFormation and of cdk-nag',
  (stage) => {
    expect(synthesize(stage, 'checked').length).toBeGreaterThan(200);
  },
  120_000,
);

describe('queues', () => {
  const queues = () => resourcesOfType(STAGE, 'AWS::SQS::Queue');

  test('every queue of the contract is there, with its dead-letter queue', () => {
    const names = queues().map(({ properties }) => properties.QueueName);
    expect(names).toEqual(
      expect.arrayContaining(QUEUES.flatMap((name) => [name, deadLetterNameOf(name)]).map((name) => physicalName(STAGE, name))),
    );
  });

  test('every queue that a function works on gives up after eight tries, to its own dead-letter queue', () => {
    for (const name of QUEUES) {
      const queue = queueNamed(name);
      expect(queue?.properties.RedrivePolicy).toEqual({
        deadLetterTargetArn: `${physicalName(STAGE, deadLetterNameOf(name))}.Arn`,
        maxReceiveCount: 8,
      });
    }
  });

  test('a message stays invisible for six times the time its function has', () => {
    for (const mapping of resourcesOfType(STAGE, 'AWS::Lambda::EventSourceMapping')) {
      const queue = queues().find(({ properties }) => mapping.properties.EventSourceArn === `${properties.QueueName}.Arn`);
      const lambda = functionNamed(textAt(mapping.properties, 'FunctionName'));
      expect(Number(queue?.properties.VisibilityTimeout)).toBeGreaterThanOrEqual(6 * Number(lambda?.properties.Timeout));
    }
  });

  test('a batch is reported message by message', () => {
    const mappings = resourcesOfType(STAGE, 'AWS::Lambda::EventSourceMapping');
    expect(mappings).toHaveLength(QUEUES.length);
    for (const { properties } of mappings) expect(properties.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
  });

  test('FIFO queues tell repeats by their content', () => {
    for (const { properties } of queues().filter(({ properties }) => textAt(properties, 'QueueName').endsWith('.fifo'))) {
      expect(properties).toMatchObject({ FifoQueue: true, ContentBasedDeduplication: true });
    }
  });

  test('are encrypted, keep messages for two weeks and refuse plain HTTP', () => {
    for (const queue of queues()) {
      expect(queue.properties).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 24 * 3600 });
      expect(refusesPlainHttp(policyOf('AWS::SQS::QueuePolicy', 'Queues', queue))).toBe(true);
    }
  });

  function queueNamed(name: string): Resource | undefined {
    return queues().find(({ properties }) => properties.QueueName === physicalName(STAGE, name));
  }
});

describe('tables', () => {
  test('every table of the contract is encrypted, protected, and can be brought back to any second of 35 days', () => {
    const tables = resourcesOfType(STAGE, 'AWS::DynamoDB::Table');
    expect(tables.map(({ properties }) => properties.TableName)).toEqual(Object.keys(TABLES).map((name) => physicalName(STAGE, name)));
    for (const { properties, deletionPolicy } of tables) {
      expect(deletionPolicy).toBe('Retain');
      expect(properties).toMatchObject({
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
        SSESpecification: { SSEEnabled: true },
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      });
    }
  });

  test.each(Object.entries(TABLES))('%s has its indexes', (name, { indexes }) => {
    const table = resourcesOfType(STAGE, 'AWS::DynamoDB::Table').find(
      ({ properties }) => properties.TableName === physicalName(STAGE, name),
    );
    const found = (table?.properties.GlobalSecondaryIndexes ?? []) as readonly {
      IndexName: string;
      KeySchema: { AttributeName: string }[];
    }[];
    expect(found.map(({ IndexName, KeySchema }) => [IndexName, ...KeySchema.map(({ AttributeName }) => AttributeName)])).toEqual(
      indexes.map((index) => [index, `${index}Pk`, `${index}Sk`]),
    );
  });
});

describe('buckets', () => {
  const buckets = () => resourcesOfType(STAGE, 'AWS::S3::Bucket');

  test('every bucket of the contract is there, under a name that the command line can derive', () => {
    const { account, region } = stageNamed(STAGE);
    expect(buckets().map(({ properties }) => properties.BucketName)).toEqual(
      expect.arrayContaining(BUCKETS.map((name) => bucketName(STAGE, name, account, region))),
    );
  });

  test('keep old versions, are encrypted, closed to the public, and refuse plain HTTP', () => {
    for (const bucket of buckets()) {
      expect(bucket.deletionPolicy).toBe('Retain');
      expect(bucket.properties).toMatchObject({
        VersioningConfiguration: { Status: 'Enabled' },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      });
      expect(textAt(bucket.properties, 'BucketEncryption')).toContain('SSEAlgorithm');
      expect(refusesPlainHttp(policyOf('AWS::S3::BucketPolicy', 'Bucket', bucket))).toBe(true);
    }
  });
});

test('mail that came in is kept for 400 days, and only the rule of its mailbox may put any there', () => {
  const { account, region } = stageNamed(STAGE);
  const inbound = resourcesOfType(STAGE, 'AWS::S3::Bucket').find(
    ({ properties }) => properties.BucketName === bucketName(STAGE, 'inbound', account, region),
  );
  expect(inbound?.properties.LifecycleConfiguration).toMatchObject({
    Rules: expect.arrayContaining([{ Id: 'mails-end', ExpirationInDays: 400, Status: 'Enabled' }]),
  });
  const policies = resourcesOfType(STAGE, 'AWS::S3::BucketPolicy').flatMap(
    ({ properties }) =>
      (properties.PolicyDocument as { Statement: readonly { Principal: { Service?: string } }[] } | undefined)?.Statement ?? [],
  );
  const bucket = bucketName(STAGE, 'inbound', account, region);
  const rules = `arn:aws:ses:${region}:${account}:receipt-rule-set/carrierpost-production-inbound:receipt-rule`;
  expect(policies.filter(({ Principal }) => Principal.Service === 'ses.amazonaws.com')).toEqual(
    ['works', 'unsubscribe'].map((name) => ({
      Effect: 'Allow',
      Principal: { Service: 'ses.amazonaws.com' },
      Action: 's3:PutObject',
      Resource: `arn:aws:s3:::${bucket}/${name}/*`,
      Condition: { StringEquals: { 'aws:SourceAccount': account, 'aws:SourceArn': `${rules}/carrierpost-production-${name}` } },
    })),
  );
});

describe('functions', () => {
  const lambdas = () => resourcesOfType(STAGE, 'AWS::Lambda::Function');

  test('every function runs on Node 24 on arm64 with a log that ends', () => {
    expect(
      lambdas()
        .map(({ properties }) => properties.FunctionName)
        .sort(),
    ).toEqual(
      Object.keys(FUNCTIONS)
        .map((name) => physicalName(STAGE, name))
        .sort(),
    );
    const logs = resourcesOfType(STAGE, 'AWS::Logs::LogGroup');
    for (const { properties } of lambdas()) {
      expect(properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
      expect(
        logs.find((log) => log.properties.LogGroupName === textAt(properties, 'LoggingConfig', 'LogGroup'))?.properties.RetentionInDays,
      ).toBe(400);
    }
  });

  test('only production writes to everybody', () => {
    const allowlists = (stage: string) =>
      resourcesOfType(stage, 'AWS::Lambda::Function').flatMap(
        ({ properties }) => textAt(properties, 'Environment', 'Variables', 'MAIL_ALLOWLIST') || [],
      );
    expect([...new Set(allowlists('production'))]).toEqual(['*']);
    expect([...new Set(allowlists('test'))]).toEqual(['@carrier.example,@simulator.amazonses.com']);
  });
});

describe('schedules', () => {
  const schedules = () => resourcesOfType(STAGE, 'AWS::Scheduler::Schedule');

  test.each(Object.entries(CALENDARS))('%s is prepared at 02:00 and published at 07:00 of its own time zone', (calendar, { timeZone }) => {
    const mine = schedules().filter(({ properties }) => inputOf(properties).calendar === calendar);
    expect(
      mine.map(({ properties }) => [properties.ScheduleExpression, properties.ScheduleExpressionTimezone, inputOf(properties).step]),
    ).toEqual([
      ['cron(0 2 * * ? *)', timeZone, 'prepare'],
      ['cron(0 7 * * ? *)', timeZone, 'publish'],
    ]);
  });

  test('pass the instant they were due, fire within the minute, and end in a dead-letter queue', () => {
    expect(schedules()).toHaveLength(Object.keys(CALENDARS).length * 2 + 4);
    for (const { properties } of schedules()) {
      expect(inputOf(properties).scheduledTime).toBe('<aws.scheduler.scheduled-time>');
      expect(properties.FlexibleTimeWindow).toEqual({ Mode: 'OFF' });
      expect(textAt(properties, 'Target', 'DeadLetterConfig', 'Arn')).toMatch(/-schedules-dlq\.Arn$/);
    }
  });

  function inputOf(properties: Resource['properties']): Record<string, string> {
    return JSON.parse(textAt(properties, 'Target', 'Input')) as Record<string, string>;
  }
});

test('mail leaves by TLS only and SES tells what became of it, by an encrypted topic into the queue', () => {
  const [configurationSet] = resourcesOfType(STAGE, 'AWS::SES::ConfigurationSet');
  expect(configurationSet?.properties.DeliveryOptions).toEqual({ TlsPolicy: 'REQUIRE' });
  const [destination] = resourcesOfType(STAGE, 'AWS::SES::ConfigurationSetEventDestination');
  expect(destination?.properties.EventDestination).toMatchObject({
    MatchingEventTypes: ['send', 'delivery', 'deliveryDelay', 'bounce', 'complaint', 'reject'],
  });
  expectFedBy('ses-events');
});

test('mail to the planned-works address is scanned and stored, and a queue is told by an encrypted topic', () => {
  const { account, region } = stageNamed(STAGE);
  const rules = resourcesOfType(STAGE, 'AWS::SES::ReceiptRule');
  expect(rules).toHaveLength(2);
  const [ruleSet] = resourcesOfType(STAGE, 'AWS::SES::ReceiptRuleSet');
  expect(ruleSet?.properties.RuleSetName).toBe('carrierpost-production-inbound');
  const mailboxes = [
    ['works', 'planned-works@mail.carrier.example', 'works/', 'works-replies'],
    ['unsubscribe', 'unsubscribe@mail.carrier.example', 'unsubscribe/', 'unsubscribe-mails'],
  ] as const;
  for (const [name, address, prefix, queue] of mailboxes) {
    const rule = rules.find(({ properties }) => textAt(properties, 'Rule', 'Name') === `carrierpost-production-${name}`);
    expect(rule?.properties.RuleSetName).toBe(ruleSet?.id);
    expect(rule?.properties.Rule).toMatchObject({
      Recipients: [address],
      Enabled: true,
      ScanEnabled: true,
      TlsPolicy: 'Require',
      Actions: [
        {
          S3Action: {
            BucketName: bucketName(STAGE, 'inbound', account, region),
            ObjectKeyPrefix: prefix,
            TopicArn: physicalName(STAGE, queue),
          },
        },
      ],
    });
    expectFedBy(queue);
  }
});

/** A queue that a topic of its name feeds, as an SNS notification. */
function expectFedBy(queue: string): void {
  const topic = resourcesOfType(STAGE, 'AWS::SNS::Topic').find(({ properties }) => properties.TopicName === physicalName(STAGE, queue));
  expect(textAt(topic?.properties, 'KmsMasterKeyId')).toContain('Key');
  const subscription = resourcesOfType(STAGE, 'AWS::SNS::Subscription').find(
    ({ properties }) => properties.Endpoint === `${physicalName(STAGE, queue)}.Arn`,
  );
  expect(subscription?.properties).toMatchObject({ Protocol: 'sqs', RawMessageDelivery: false, TopicArn: physicalName(STAGE, queue) });
}

test.each([
  ['public-pages', 200],
  ['console', 50],
])('the HTTP API %s is throttled and logged, without path and parameters', (name, rate) => {
  const stage = resourcesOfType(STAGE, 'AWS::ApiGatewayV2::Stage').find(({ stack }) => stack === physicalName(STAGE, name));
  expect(stage?.properties.DefaultRouteSettings).toEqual({ ThrottlingRateLimit: rate, ThrottlingBurstLimit: rate * 5 });
  const format = textAt(stage?.properties, 'AccessLogSettings', 'Format');
  expect(format).toContain('$context.routeKey');
  expect(format).not.toMatch(/\$context\.(path|queryString|rawPath)/);
});

describe('the console', () => {
  const ofConsole = (type: string) => resourcesOfType(STAGE, type).filter(({ stack }) => stack === physicalName(STAGE, 'console'));

  test('asks a function before every route but the sign-in, and remembers nothing of what it said', () => {
    const open = ofConsole('AWS::ApiGatewayV2::Route').filter(({ properties }) => properties.AuthorizationType !== 'CUSTOM');
    expect(open.map(({ properties }) => properties.RouteKey).sort()).toEqual([
      'GET /sign-in',
      'GET /signed-in',
      'HEAD /sign-in',
      'HEAD /signed-in',
    ]);
    const [authorizer] = ofConsole('AWS::ApiGatewayV2::Authorizer');
    expect(authorizer?.properties).toMatchObject({
      AuthorizerType: 'REQUEST',
      AuthorizerPayloadFormatVersion: '2.0',
      EnableSimpleResponses: true,
      AuthorizerResultTtlInSeconds: 0,
    });
  });

  test('has a name of its own, and no other', () => {
    const [domain] = ofConsole('AWS::ApiGatewayV2::DomainName');
    expect(domain?.properties.DomainName).toBe('billing.carrier.example');
    expect(ofConsole('AWS::ApiGatewayV2::Api')[0]?.properties.DisableExecuteApiEndpoint).toBe(true);
  });
});

function functionNamed(name: string): Resource | undefined {
  return resourcesOfType(STAGE, 'AWS::Lambda::Function').find(({ properties }) => properties.FunctionName === name);
}

function policyOf(type: string, property: string, { stack, id, properties }: Resource): Resource | undefined {
  const names = [id, properties.QueueName, properties.BucketName].filter((name) => name !== undefined).map(String);
  return resourcesOfType(STAGE, type).find(
    (policy) => policy.stack === stack && [policy.properties[property]].flat().some((name) => names.includes(String(name))),
  );
}

function refusesPlainHttp(policy: Resource | undefined): boolean {
  const document = policy?.properties.PolicyDocument as
    | { Statement: { Effect: string; Condition?: object; Principal: object }[] }
    | undefined;
  return (
    document?.Statement.some(
      ({ Effect, Condition }) => Effect === 'Deny' && JSON.stringify(Condition) === '{"Bool":{"aws:SecureTransport":"false"}}',
    ) ?? false
  );
}
