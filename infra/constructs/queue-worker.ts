import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { deadLetterNameOf, type QueueName, variableOf } from '../../functions/aws/resources.ts';
import { FUNCTIONS, type FunctionName } from '../functions.ts';
import { FIVE_MINUTES, RunbookAlarm } from './alarm.ts';
import { CarrierFunction } from './carrier-function.ts';
import { newQueue } from './queue.ts';
import { recordsFailures, type UseIn } from './uses.ts';

export interface QueueWorkerProps {
  readonly queue: QueueName;
  readonly function: FunctionName;
  /** What its failure means to people, in one or two sentences: stands in every alarm of the queue. */
  readonly failureMeans: string;
  /** A message that waits longer than this wakes somebody. */
  readonly waitsAtMost: Duration;
  readonly uses: readonly UseIn[];
  /** Messages handed over at once; 1 where one message is minutes of work. */
  readonly batchSize?: number;
  /** How many copies of the function SQS may start (not for FIFO queues: there the groups bound it). */
  readonly concurrency?: number;
  readonly environment?: Readonly<Record<string, string>>;
}

/** SQS gives a message back while it is still being worked on unless it stays invisible for several of the function's time-outs. */
const VISIBILITY_PER_TIMEOUT = 6;
/** Tries before a message is given to people. */
const MAX_RECEIVES = 8;

/** A queue with its dead-letter queue, the function that works on it, and the alarms that say when people are needed. */
export class QueueWorker extends Construct {
  readonly queue: Queue;
  readonly worker: CarrierFunction;

  constructor(scope: Construct, id: string, props: QueueWorkerProps) {
    super(scope, id);
    const { queue: name, function: functionName, failureMeans, uses, batchSize = 1, concurrency } = props;
    const deadLetters = newQueue(this, 'DeadLetters', deadLetterNameOf(name));
    this.queue = newQueue(this, 'Queue', name, {
      visibilityTimeout: Duration.seconds(FUNCTIONS[functionName].timeoutSeconds * VISIBILITY_PER_TIMEOUT),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: MAX_RECEIVES },
    });
    this.worker = new CarrierFunction(this, 'Worker', {
      name: functionName,
      failureMeans,
      uses: [...uses, recordsFailures],
      environment: { ...props.environment, [variableOf('QUEUE', name)]: this.queue.queueUrl, DLQ: deadLetters.queueUrl },
    });
    this.worker.role.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [deadLetters.queueArn] }));
    this.worker.lambda.addEventSource(
      new SqsEventSource(this.queue, { batchSize, reportBatchItemFailures: true, maxConcurrency: concurrency }),
    );
    this.addAlarms(props, deadLetters);
  }

  private addAlarms({ queue, failureMeans, waitsAtMost }: QueueWorkerProps, deadLetters: Queue): void {
    const short = queue.replace('.fifo', '');
    new RunbookAlarm(this, `${short}-dead-letters`, {
      description: `Messages of the queue ${queue} were given up and wait in its dead-letter queue. ${failureMeans}`,
      runbook: `${short}-dead-letters`,
      metric: deadLetters.metricApproximateNumberOfMessagesVisible({ period: FIVE_MINUTES, statistic: 'Maximum' }),
      above: 0,
    });
    new RunbookAlarm(this, `${short}-oldest-message`, {
      description: `A message of the queue ${queue} has waited longer than ${waitsAtMost.toHumanString()}. ${failureMeans}`,
      runbook: 'oldest-message',
      metric: this.queue.metricApproximateAgeOfOldestMessage({ period: FIVE_MINUTES, statistic: 'Maximum' }),
      above: waitsAtMost.toSeconds(),
    });
  }
}
