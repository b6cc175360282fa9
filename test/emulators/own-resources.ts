import {
  BUCKETS,
  deadLetterNameOf,
  LEADING_INDEXES,
  OUTLETS,
  physicalName,
  QUEUES,
  TABLES,
  variableOf,
} from '../../functions/aws/resources.ts';
import { queueArn, type ResourceMaker } from '../../infra/local/emulators/resources.ts';

/** The environment of a stage whose resources are in the emulators; their endpoints are set before. */
export function settingsOf(stage: string): Record<string, string> {
  const url = (name: string) => `${process.env.AWS_ENDPOINT_URL_SQS}/000000000000/${physicalName(stage, name)}`;
  return {
    STAGE: 'test',
    AWS_REGION: 'eu-west-1',
    WORKS_RECIPIENT_LIMIT: '100',
    PUBLIC_ORIGIN: 'https://portal.test.example',
    AWS_MAX_ATTEMPTS: '3',
    POWERTOOLS_LOG_LEVEL: process.env.POWERTOOLS_LOG_LEVEL ?? 'SILENT',
    SES_CONFIGURATION_SET: physicalName(stage, 'mail'),
    SES_RATE_PER_SECOND: '1000',
    MAIL_FROM_BILLING: 'Carrier Billing <billing@mail.carrier.example>',
    MAIL_FROM_WORKS: 'Planned Works Desk <works@mail.carrier.example>',
    MAIL_UNSUBSCRIBE: 'unsubscribe@mail.carrier.example',
    MAIL_ALLOWLIST: '*',
    LINK_KEYS_SECRET: `carrierpost-${stage}-link-keys`,
    ...Object.fromEntries(Object.keys(TABLES).map((name) => [variableOf('TABLE', name), physicalName(stage, name)])),
    ...Object.fromEntries(BUCKETS.map((name) => [variableOf('BUCKET', name), physicalName(stage, name)])),
    ...Object.fromEntries([...QUEUES, ...OUTLETS].map((name) => [variableOf('QUEUE', name), url(name)])),
  };
}

/** Every table, bucket and queue of `functions/aws/resources.ts`, under the names of a stage. */
export async function makeResources(maker: ResourceMaker, stage: string): Promise<void> {
  const key = (name: string) => ({ AttributeName: name, AttributeType: 'S' as const });
  const schema = (pk: string, sk: string) => [
    { AttributeName: pk, KeyType: 'HASH' as const },
    { AttributeName: sk, KeyType: 'RANGE' as const },
  ];
  const tables = Object.entries(TABLES).map(([name, { indexes }]: [string, { indexes: readonly string[] }]) =>
    maker.table({
      TableName: physicalName(stage, name),
      AttributeDefinitions: ['pk', 'sk', ...indexes.flatMap((index) => [`${index}Pk`, `${index}Sk`])].map(key),
      KeySchema: schema('pk', 'sk'),
      GlobalSecondaryIndexes: indexes.map((index) => ({
        IndexName: index,
        KeySchema: schema(`${index}Pk`, `${index}Sk`),
        Projection: { ProjectionType: LEADING_INDEXES.has(index) ? ('KEYS_ONLY' as const) : ('ALL' as const) },
      })),
    }),
  );
  const queues = [...QUEUES, ...OUTLETS].map((name) => makeQueue(maker, physicalName(stage, name)));
  await Promise.all([...tables, ...queues, ...BUCKETS.map((name) => maker.bucket(physicalName(stage, name)))]);
}

async function makeQueue(maker: ResourceMaker, name: string): Promise<void> {
  const fifo: Record<string, string> = name.endsWith('.fifo') ? { FifoQueue: 'true', ContentBasedDeduplication: 'true' } : {};
  const deadLetters = deadLetterNameOf(name);
  await maker.queue(deadLetters, fifo);
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: queueArn(deadLetters), maxReceiveCount: 8 });
  await maker.queue(name, { ...fifo, VisibilityTimeout: '30', RedrivePolicy });
}
