import { ArnFormat, Stack, type StackProps } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import {
  type BucketName,
  bucketName,
  type OutletName,
  physicalName,
  type QueueName,
  type TableName,
} from '../../functions/aws/resources.ts';
import type { StageConfig } from '../config/stage.ts';
import type { FunctionName } from '../functions.ts';

/** What every stack is told. */
export interface CarrierStackProps extends StackProps {
  readonly config: StageConfig;
  /** The bundled code of a function. */
  readonly codeOf: (name: FunctionName) => Code;
}

/**
 * A stack of one capability. Stacks know each other's resources by their names, which follow from the stage, not by
 * CloudFormation exports: any of them can be deployed, changed or rolled back alone.
 */
export class CarrierStack extends Stack {
  readonly config: StageConfig;
  readonly codeOf: (name: FunctionName) => Code;

  constructor(scope: Construct, id: string, { config, codeOf, ...props }: CarrierStackProps) {
    super(scope, id, { ...props, env: { account: config.account, region: config.region } });
    this.config = config;
    this.codeOf = codeOf;
  }

  /** `carrierpost-production-billing` */
  named(name: string): string {
    return physicalName(this.config.stage, name);
  }

  bucketNamed(name: BucketName | 'access-logs'): string {
    return bucketName(this.config.stage, name, this.config.account, this.config.region);
  }

  /** @param index an index of the table, when that is meant */
  tableArn(name: TableName, index?: string): string {
    const table = this.formatArn({ service: 'dynamodb', resource: 'table', resourceName: this.named(name) });
    return index ? `${table}/index/${index}` : table;
  }

  /** @param key a key, a prefix with `*`, or nothing for the bucket itself */
  bucketArn(name: BucketName, key?: string): string {
    const resource = key ? `${this.bucketNamed(name)}/${key}` : this.bucketNamed(name);
    return this.formatArn({ service: 's3', region: '', account: '', resource, arnFormat: ArnFormat.NO_RESOURCE_NAME });
  }

  queueArn(name: QueueName | OutletName): string {
    return this.formatArn({ service: 'sqs', resource: this.named(name), arnFormat: ArnFormat.NO_RESOURCE_NAME });
  }

  queueUrl(name: QueueName | OutletName): string {
    return `https://sqs.${this.config.region}.${this.urlSuffix}/${this.config.account}/${this.named(name)}`;
  }

  /** A rule by which SES receives mail, which the inbound-mail stack creates. */
  receiptRuleArn(ruleSet: string, rule: string): string {
    const resourceName = `${this.named(ruleSet)}:receipt-rule/${this.named(rule)}`;
    return this.formatArn({ service: 'ses', resource: 'receipt-rule-set', resourceName, arnFormat: ArnFormat.SLASH_RESOURCE_NAME });
  }

  /** The alarm topic, which the operations stack creates. */
  alarmTopicArn(): string {
    return this.formatArn({ service: 'sns', resource: this.named('alarms'), arnFormat: ArnFormat.NO_RESOURCE_NAME });
  }
}

/** The stack that a construct belongs to. */
export function stackOf(scope: Construct): CarrierStack {
  const stack = Stack.of(scope);
  if (!(stack instanceof CarrierStack)) throw new Error(`${scope.node.path} is not in a CarrierStack`);
  return stack;
}
