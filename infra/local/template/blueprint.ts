import type { TableSpec } from '../emulators/resources.ts';
import type { SecretRecipe } from '../emulators/secrets.ts';
import type { EventDestination } from '../emulators/ses-events.ts';
import { type Found, type Properties, readApis, text } from './apis.ts';
import { readAssembly, type StackTemplate } from './assembly.ts';
import type { AlarmPart, Blueprint, FunctionPart, MappingPart, MetricPart, QueuePart, SchedulePart } from './parts.ts';
import { type Exports, Resolver, UnknownInTemplate } from './resolver.ts';
import { isActedOn } from './resource-types.ts';

/**
 * Reads an assembly into what has to be built.
 * @throws UnknownInTemplate naming what the local cloud does not know
 */
export function readBlueprint(folder: string): Blueprint {
  const stacks = readAssembly(folder);
  const exports: Exports = new Map();
  const found = new Map<string, Found[]>();
  for (const stack of stacks) {
    const resolver = new Resolver(stack, exports);
    resolver.publishExports();
    for (const [id, resource] of resolver.resources()) {
      if (!isActedOn(id, resource)) continue;
      const { Role: _, ...visible } = resource.Properties ?? {};
      const properties = resolver.value(visible) as Properties;
      found.set(resource.Type, [...(found.get(resource.Type) ?? []), { id, properties, resolver }]);
    }
  }
  return blueprintOf(stacks, (type) => found.get(type) ?? []);
}

function blueprintOf(stacks: readonly StackTemplate[], all: (type: string) => readonly Found[]): Blueprint {
  return {
    region: stacks[0]?.region ?? 'eu-west-1',
    account: stacks[0]?.account ?? '000000000000',
    queues: all('AWS::SQS::Queue').map(queuePart),
    buckets: all('AWS::S3::Bucket').map(({ id, resolver }) => resolver.physicalId(id)),
    tables: [...all('AWS::DynamoDB::Table'), ...all('AWS::DynamoDB::GlobalTable')].map(tablePart),
    functions: all('AWS::Lambda::Function').map(functionPart),
    mappings: all('AWS::Lambda::EventSourceMapping').flatMap(mappingPart),
    schedules: all('AWS::Scheduler::Schedule').flatMap(schedulePart),
    topics: all('AWS::SNS::Topic').map(({ id, resolver }) => resolver.physicalId(id).split(':').at(-1) ?? ''),
    subscriptions: all('AWS::SNS::Subscription').flatMap(subscriptionPart),
    apis: readApis(all),
    alarms: all('AWS::CloudWatch::Alarm').map(alarmPart),
    secrets: all('AWS::SecretsManager::Secret').map(secretPart),
    sesSets: readSesSets(all),
    identities: all('AWS::SES::EmailIdentity').map(({ properties }) => text(properties.EmailIdentity)),
  };
}

function queuePart({ id, properties, resolver }: Found): QueuePart {
  const settable = Object.entries(properties).filter(
    ([name]) =>
      ![
        'QueueName',
        'Tags',
        'KmsMasterKeyId',
        'KmsDataKeyReusePeriodSeconds',
        'SqsManagedSseEnabled',
        'RedriveAllowPolicy',
        'DeduplicationScope',
        'FifoThroughputLimit',
      ].includes(name),
  );
  const attributes = settable.map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]);
  return {
    name: text(resolver.attribute(id, 'QueueName')),
    arn: text(resolver.attribute(id, 'Arn')),
    attributes: Object.fromEntries(attributes),
  };
}

function tablePart({ id, properties, resolver }: Found): TableSpec {
  const indexes = properties.GlobalSecondaryIndexes as TableSpec['GlobalSecondaryIndexes'];
  return {
    TableName: resolver.physicalId(id),
    AttributeDefinitions: properties.AttributeDefinitions as TableSpec['AttributeDefinitions'],
    KeySchema: properties.KeySchema as TableSpec['KeySchema'],
    GlobalSecondaryIndexes: indexes?.map(({ IndexName, KeySchema, Projection }) => ({ IndexName, KeySchema, Projection })),
  };
}

function functionPart({ id, properties, resolver }: Found): FunctionPart {
  const code = properties.Code as { S3Key?: string };
  const folder = resolver.stack.assets.get(text(code.S3Key).replace(/\.zip$/, ''));
  if (!folder) throw new UnknownInTemplate(`The code of function ${id} is no asset of its stack`);
  const variables = (properties.Environment as { Variables?: Record<string, string> } | undefined)?.Variables ?? {};
  return {
    name: resolver.physicalId(id),
    arn: text(resolver.attribute(id, 'Arn')),
    folder,
    handler: text(properties.Handler),
    timeoutSeconds: Number(properties.Timeout ?? 3),
    memoryMegabytes: Number(properties.MemorySize ?? 128),
    environment: Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, String(value)])),
    reserved: properties.ReservedConcurrentExecutions === undefined ? undefined : Number(properties.ReservedConcurrentExecutions),
  };
}

function mappingPart({ id, properties, resolver }: Found): MappingPart[] {
  if (properties.Enabled === false) return [];
  const source = text(properties.EventSourceArn);
  if (!source.startsWith('arn:aws:sqs:')) throw new UnknownInTemplate(`The event source ${source} of ${id} is no queue`);
  const name = text(properties.FunctionName);
  const scaling = properties.ScalingConfig as { MaximumConcurrency?: number } | undefined;
  return [
    {
      queueArn: source,
      functionArn: name.startsWith('arn:') ? name : functionArn(resolver.stack, name),
      batchSize: Number(properties.BatchSize ?? 10),
      partial: ((properties.FunctionResponseTypes as string[] | undefined) ?? []).includes('ReportBatchItemFailures'),
      maximumConcurrency: scaling?.MaximumConcurrency,
    },
  ];
}

function schedulePart({ id, properties, resolver }: Found): SchedulePart[] {
  if (properties.State === 'DISABLED') return [];
  const target = properties.Target as { Arn: string; Input?: string; SqsParameters?: { MessageGroupId?: string } };
  return [
    {
      name: resolver.physicalId(id),
      expression: text(properties.ScheduleExpression),
      timeZone: text(properties.ScheduleExpressionTimezone ?? 'UTC'),
      targetArn: target.Arn,
      input: target.Input ?? '{}',
      groupId: target.SqsParameters?.MessageGroupId,
    },
  ];
}

/** Only subscriptions of queues are played; people read the alarms elsewhere. */
function subscriptionPart({ properties }: Found): { topicArn: string; queueArn: string; raw: boolean }[] {
  if (properties.Protocol === 'email') return [];
  if (properties.Protocol !== 'sqs') throw new UnknownInTemplate(`The local cloud has no subscription by ${String(properties.Protocol)}`);
  return [{ topicArn: text(properties.TopicArn), queueArn: text(properties.Endpoint), raw: properties.RawMessageDelivery === true }];
}

function alarmPart({ properties }: Found): AlarmPart {
  const own = properties.MetricName ? [metricPart(properties)] : [];
  const queried = ((properties.Metrics as Properties[] | undefined) ?? []).flatMap(({ MetricStat }) => {
    const stat = MetricStat as { Metric: Properties; Stat: string; Period: number } | undefined;
    return stat ? [metricPart({ ...stat.Metric, Statistic: stat.Stat, Period: stat.Period })] : [];
  });
  return {
    name: text(properties.AlarmName ?? properties.AlarmDescription ?? 'alarm'),
    description: text(properties.AlarmDescription ?? ''),
    threshold: Number(properties.Threshold),
    operator: text(properties.ComparisonOperator),
    metrics: [...own, ...queried],
  };
}

function metricPart(properties: Properties): MetricPart {
  const dimensions = (properties.Dimensions as { Name: string; Value: string }[] | undefined) ?? [];
  return {
    namespace: text(properties.Namespace),
    metric: text(properties.MetricName),
    dimensions: Object.fromEntries(dimensions.map(({ Name, Value }) => [Name, Value])),
    statistic: text(properties.Statistic ?? 'Sum'),
    periodSeconds: Number(properties.Period ?? 300),
  };
}

function secretPart({ id, properties, resolver }: Found): Blueprint['secrets'][number] {
  const name = text(properties.Name ?? (resolver.physicalId(id).split(':secret:')[1] ?? id).replace(/-local1$/, ''));
  const recipe = (properties.GenerateSecretString ?? {}) as SecretRecipe;
  return { name, recipe, ...(properties.SecretString ? { value: text(properties.SecretString) } : {}) };
}

function readSesSets(all: (type: string) => readonly Found[]): Record<string, EventDestination[]> {
  const sets: Record<string, EventDestination[]> = {};
  for (const { id, resolver } of all('AWS::SES::ConfigurationSet')) sets[resolver.physicalId(id)] = [];
  for (const { properties } of all('AWS::SES::ConfigurationSetEventDestination')) {
    const destination = properties.EventDestination as {
      Enabled?: boolean;
      MatchingEventTypes: string[];
      SnsDestination?: { TopicARN: string };
    };
    if (destination.Enabled === false || !destination.SnsDestination) continue;
    const set = text(properties.ConfigurationSetName);
    sets[set] = [...(sets[set] ?? []), { topicArn: destination.SnsDestination.TopicARN, types: destination.MatchingEventTypes }];
  }
  return sets;
}

function functionArn({ region, account }: StackTemplate, name: string): string {
  return `arn:aws:lambda:${region}:${account}:function:${name}`;
}
