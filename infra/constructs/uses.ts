import { ArnFormat } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  type BucketName,
  type OutletName,
  type QueueName,
  type TABLES,
  type TableName,
  variableOf,
} from '../../functions/aws/resources.ts';
import type { CarrierStack } from './place.ts';

/** Something a function uses: the variables that tell it where, and the statements that let it. */
export interface Use {
  readonly environment: Readonly<Record<string, string>>;
  readonly statements: readonly PolicyStatement[];
  /** The `bucket/prefix*` that statements end in: the only wildcards there are. */
  readonly prefixes?: readonly string[];
}

export type UseIn = (stack: CarrierStack) => Use;

/** What a function does with a table, in the words of functions/aws/tables.ts. */
export type Operation = keyof typeof TABLE_ACTIONS;

/** What a function does with objects below a key prefix; `''` is the whole bucket. */
export interface ObjectUse {
  readonly read?: readonly string[];
  /** Reading by somebody else, with a signed URL: what the signer may not do, the URL cannot. */
  readonly sign?: readonly string[];
  readonly write?: readonly string[];
}

const TABLE_ACTIONS = {
  get: 'dynamodb:GetItem',
  getMany: 'dynamodb:BatchGetItem',
  query: 'dynamodb:Query',
  put: 'dynamodb:PutItem',
  putMany: 'dynamodb:BatchWriteItem',
  update: 'dynamodb:UpdateItem',
  remove: 'dynamodb:DeleteItem',
  check: 'dynamodb:ConditionCheckItem',
} as const;

/** The secret of the keys that sign customers' links. */
export const LINK_KEYS = 'link-keys';
export const CONFIGURATION_SET = 'mail';
/** How SES receives mail: the rule set of a stage, and each mailbox's rule, the prefix of what it stores, and the queue that is told. */
export const RECEIPT_RULES = 'inbound';
export const MAILBOXES = {
  works: { rule: 'works', prefix: 'works/', queue: 'works-replies' },
  unsubscribe: { rule: 'unsubscribe', prefix: 'unsubscribe/', queue: 'unsubscribe-mails' },
} as const;

/**
 * A table and what is done there.
 * @param indexes the indexes that are queried
 */
export function table(
  name: TableName,
  operations: readonly Operation[],
  indexes: readonly (typeof TABLES)[TableName]['indexes'][number][] = [],
): UseIn {
  return (stack) => {
    const statements: PolicyStatement[] = [];
    if (operations.length > 0) {
      const actions = operations.map((operation) => TABLE_ACTIONS[operation]);
      statements.push(new PolicyStatement({ actions, resources: [stack.tableArn(name)] }));
    }
    if (indexes.length > 0) {
      const resources = indexes.map((index) => stack.tableArn(name, index));
      statements.push(new PolicyStatement({ actions: ['dynamodb:Query'], resources }));
    }
    return { environment: { [variableOf('TABLE', name)]: stack.named(name) }, statements };
  };
}

/** Where the last error of a message is kept: its own items, nothing else of the table. */
export const recordsFailures: UseIn = (stack) => {
  const { environment } = table('failures', ['put'])(stack);
  const statement = new PolicyStatement({
    actions: [TABLE_ACTIONS.put],
    resources: [stack.tableArn('failures')],
    conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['MESSAGE#*'] }, Null: { 'dynamodb:LeadingKeys': 'false' } },
  });
  return { environment, statements: [statement] };
};

/** Objects of a bucket, by key prefix. Without the right to list, S3 answers 403 instead of 404 for a key that is not there. */
export function objects(name: BucketName, { read = [], sign = [], write = [] }: ObjectUse): UseIn {
  return (stack) => {
    const keys = (prefixes: readonly string[]) => prefixes.map((prefix) => stack.bucketArn(name, `${prefix}*`));
    const statements: PolicyStatement[] = [];
    if (read.length > 0) {
      statements.push(new PolicyStatement({ actions: ['s3:GetObject'], resources: keys(read) }));
      statements.push(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [stack.bucketArn(name)] }));
    }
    if (sign.length > 0) statements.push(new PolicyStatement({ actions: ['s3:GetObject'], resources: keys(sign) }));
    if (write.length > 0)
      statements.push(new PolicyStatement({ actions: ['s3:PutObject', 's3:AbortMultipartUpload'], resources: keys(write) }));
    const prefixes = [...read, ...sign, ...write].map((prefix) => `${stack.bucketNamed(name)}/${prefix}*`);
    return { environment: { [variableOf('BUCKET', name)]: stack.bucketNamed(name) }, statements, prefixes };
  };
}

/** Queues that the function sends to. */
export function sendsTo(...names: readonly (QueueName | OutletName)[]): UseIn {
  return (stack) => ({
    environment: Object.fromEntries(names.map((name) => [variableOf('QUEUE', name), stack.queueUrl(name)])),
    statements: [new PolicyStatement({ actions: ['sqs:SendMessage'], resources: names.map((name) => stack.queueArn(name)) })],
  });
}

/** The keys that sign and verify customers' links. Secrets Manager adds six characters of its own to a secret's ARN. */
export const linkKeys: UseIn = (stack) => {
  const name = stack.named(LINK_KEYS);
  const arn = stack.formatArn({
    service: 'secretsmanager',
    resource: 'secret',
    resourceName: `${name}-??????`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  const statement = new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [arn] });
  return { environment: { LINK_KEYS_SECRET: name }, statements: [statement] };
};

/** SES, as one of the stage's senders and through its configuration set only. */
export const sendsMail: UseIn = (stack) => {
  const { mail } = stack.config;
  const configurationSet = stack.named(CONFIGURATION_SET);
  const statement = new PolicyStatement({
    actions: ['ses:SendRawEmail'],
    resources: [
      stack.formatArn({ service: 'ses', resource: 'identity', resourceName: mail.domain }),
      stack.formatArn({ service: 'ses', resource: 'configuration-set', resourceName: configurationSet }),
    ],
    conditions: { StringEquals: { 'ses:FromAddress': [mail.billing, mail.works] } },
  });
  return {
    environment: {
      SES_CONFIGURATION_SET: configurationSet,
      SES_RATE_PER_SECOND: String(mail.ratePerSecond),
      MAIL_FROM_BILLING: mail.billing,
      MAIL_FROM_WORKS: mail.works,
      MAIL_UNSUBSCRIBE: mail.unsubscribe,
      MAIL_ALLOWLIST: mail.allowlist.join(','),
    },
    statements: [statement],
  };
};
