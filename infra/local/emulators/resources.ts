import { CreateTableCommand, DescribeTableCommand, DynamoDBClient, type GlobalSecondaryIndex } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Ports } from './emulators.ts';
import { ACCOUNT, REGION } from './emulators.ts';

const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

export interface TableSpec {
  readonly TableName: string;
  readonly AttributeDefinitions: readonly { AttributeName: string; AttributeType: 'S' | 'N' | 'B' }[];
  readonly KeySchema: readonly { AttributeName: string; KeyType: 'HASH' | 'RANGE' }[];
  readonly GlobalSecondaryIndexes?: readonly GlobalSecondaryIndex[] | undefined;
}

/** Makes resources in the emulators; one that exists is left as it is. */
export class ResourceMaker {
  readonly #ports: Ports;
  readonly #region: string;
  readonly #sqs: SQSClient;
  readonly #s3: S3Client;
  readonly #dynamo: DynamoDBClient;

  constructor(ports: Ports, region: string = REGION) {
    const common = { region, credentials: CREDENTIALS };
    this.#ports = ports;
    this.#region = region;
    this.#sqs = new SQSClient({ ...common, endpoint: `http://127.0.0.1:${ports.messaging}` });
    this.#s3 = new S3Client({ ...common, endpoint: `http://127.0.0.1:${ports.messaging}`, forcePathStyle: true });
    this.#dynamo = new DynamoDBClient({ ...common, endpoint: `http://127.0.0.1:${ports.dynamodb}` });
  }

  async table({ GlobalSecondaryIndexes, ...spec }: TableSpec): Promise<void> {
    const indexes = GlobalSecondaryIndexes?.length ? { GlobalSecondaryIndexes: [...GlobalSecondaryIndexes] } : {};
    const input = { ...spec, AttributeDefinitions: [...spec.AttributeDefinitions], KeySchema: [...spec.KeySchema], ...indexes };
    try {
      await this.#dynamo.send(new CreateTableCommand({ ...input, BillingMode: 'PAY_PER_REQUEST' }));
    } catch (error) {
      unlessThere('ResourceInUseException')(error);
      await this.#assertIndexes(
        spec.TableName,
        (GlobalSecondaryIndexes ?? []).flatMap(({ IndexName }) => IndexName ?? []),
      );
    }
  }

  /** CloudFormation gives a table its new indexes; here a folder of an older version says what it lacks instead of failing later. */
  async #assertIndexes(TableName: string, wanted: readonly string[]): Promise<void> {
    const { Table } = await this.#dynamo.send(new DescribeTableCommand({ TableName }));
    const known = new Set(Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName));
    const missing = wanted.filter((name) => !known.has(name));
    if (missing.length === 0) return;
    throw new Error(
      `The data folder was made by an older version: its table ${TableName} lacks the index ${missing.join(', ')}. Start with a new folder (--data DIR).`,
    );
  }

  /** Answers the queue's URL. */
  async queue(QueueName: string, Attributes: Record<string, string>): Promise<string> {
    await this.#sqs.send(new CreateQueueCommand({ QueueName, Attributes })).catch(unlessThere('QueueNameExists'));
    return this.queueUrl(QueueName);
  }

  async bucket(Bucket: string): Promise<void> {
    await this.#s3.send(new CreateBucketCommand({ Bucket })).catch(unlessThere('BucketAlreadyOwnedByYou'));
  }

  /** Answers the topic's ARN. */
  async topic(name: string): Promise<string> {
    await this.#sns({ Action: 'CreateTopic', Name: name });
    return `arn:aws:sns:${this.#region}:${ACCOUNT}:${name}`;
  }

  async subscription(topicArn: string, queueArn: string, raw: boolean): Promise<void> {
    await this.#sns({
      Action: 'Subscribe',
      TopicArn: topicArn,
      Protocol: 'sqs',
      Endpoint: queueArn,
      ...(raw ? { 'Attributes.entry.1.key': 'RawMessageDelivery', 'Attributes.entry.1.value': 'true' } : {}),
    });
  }

  queueUrl(name: string): string {
    return `http://127.0.0.1:${this.#ports.messaging}/${ACCOUNT}/${name}`;
  }

  close(): void {
    for (const client of [this.#sqs, this.#s3, this.#dynamo]) client.destroy();
  }

  async #sns(form: Record<string, string>): Promise<void> {
    const authorization = `AWS4-HMAC-SHA256 Credential=local/20260101/${this.#region}/sns/aws4_request, SignedHeaders=host, Signature=local`;
    const response = await fetch(`http://127.0.0.1:${this.#ports.messaging}/`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', authorization },
      body: new URLSearchParams(form),
    });
    if (!response.ok) throw new Error(`SNS ${form.Action} answered ${response.status}: ${await response.text()}`);
  }
}

export function queueArn(name: string): string {
  return `arn:aws:sqs:${REGION}:${ACCOUNT}:${name}`;
}

function unlessThere(name: string): (error: unknown) => void {
  return (error) => {
    if ((error as Error).name !== name) throw error;
  };
}
