import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { BUCKETS, bucketName, OUTLETS, physicalName, QUEUES, TABLES } from './resources.ts';

/** Where a stage's resources are, by logical name. */
export interface StageNames {
  readonly queues: Readonly<Record<string, string>>;
  readonly buckets: Readonly<Record<string, string>>;
  readonly tables: Readonly<Record<string, string>>;
}

/**
 * Finds a stage on AWS with the caller's own credentials and region. Names follow from the stage; the account, which bucket
 * names carry, is read from a queue's URL.
 * @throws the SDK's error when the stage has no queues there
 */
export async function stageNames(stage: string): Promise<StageNames> {
  const { QueueUrl = '' } = await new SQSClient({}).send(new GetQueueUrlCommand({ QueueName: physicalName(stage, QUEUES[0]) }));
  const url = new URL(QueueUrl);
  const [account = ''] = url.pathname.split('/').filter(Boolean);
  const region = url.hostname.split('.')[1] ?? '';
  return {
    queues: named([...QUEUES, ...OUTLETS], (name) => `${url.origin}/${account}/${physicalName(stage, name)}`),
    buckets: named(BUCKETS, (name) => bucketName(stage, name, account, region)),
    tables: named(Object.keys(TABLES), (name) => physicalName(stage, name)),
  };
}

function named<Name extends string>(names: readonly Name[], nameOf: (name: Name) => string): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, nameOf(name)]));
}
