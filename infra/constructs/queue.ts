import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { stackOf } from './place.ts';

/** As long as SQS can. */
const KEPT = Duration.days(14);

/** A queue as all of ours are: encrypted, reachable by TLS only; a FIFO one tells repeats by their content. */
export function newQueue(scope: Construct, id: string, name: string, options: QueueProps = {}): Queue {
  return new Queue(scope, id, {
    queueName: stackOf(scope).named(name),
    ...(name.endsWith('.fifo') ? { fifo: true, contentBasedDeduplication: true } : {}),
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: KEPT,
    ...options,
  });
}
