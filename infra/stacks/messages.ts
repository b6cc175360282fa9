import { Duration } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import {
  ConfigurationSet,
  ConfigurationSetEventDestination,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { QueueName } from '../../functions/aws/resources.ts';
import { CarrierStack, type CarrierStackProps } from '../constructs/place.ts';
import { QueueWorker } from '../constructs/queue-worker.ts';
import { ScheduledFunction } from '../constructs/scheduled-function.ts';
import { CONFIGURATION_SET, linkKeys, objects, sendsMail, sendsTo, table } from '../constructs/uses.ts';
import type { FunctionName } from '../functions.ts';

interface MailQueue {
  readonly queue: QueueName;
  readonly function: FunctionName;
  readonly failureMeans: string;
  readonly waitsAtMost: Duration;
}

/** One queue per priority: an emergency never waits behind a month-end. */
const MAIL_QUEUES: readonly MailQueue[] = [
  {
    queue: 'mail-emergency',
    function: 'send-emergency',
    failureMeans: 'Customers do not hear of emergency works on their services.',
    waitsAtMost: Duration.minutes(5),
  },
  {
    queue: 'mail-works',
    function: 'send-works',
    failureMeans: 'Customers do not hear of planned works, or their diaries are out of date.',
    waitsAtMost: Duration.hours(1),
  },
  {
    queue: 'mail-invoices',
    function: 'send-invoices',
    failureMeans: 'Invoices are in the portal, but customers are not told.',
    waitsAtMost: Duration.hours(6),
  },
  {
    queue: 'mail-other',
    function: 'send-other',
    failureMeans: 'Customers miss optional mail: reminders, notices that documents are ready.',
    waitsAtMost: Duration.hours(12),
  },
];

/** The outbox: sends, and follows what became of it. */
export class MessagesStack extends CarrierStack {
  constructor(scope: Construct, id: string, props: CarrierStackProps) {
    super(scope, id, { ...props, description: 'carrierpost: the outbox' });
    for (const mailQueue of MAIL_QUEUES) this.addSender(mailQueue);
    this.addSweep();
    const sesEvents = new QueueWorker(this, 'SesEvents', {
      queue: 'ses-events',
      function: 'ses-events',
      failureMeans: 'Bounces and complaints are not acted upon: we go on writing to addresses that do not exist or do not want us.',
      waitsAtMost: Duration.minutes(30),
      batchSize: 10,
      uses: [
        table('messages', ['get', 'put', 'update'], ['bySesId']),
        table('preferences', ['get', 'getMany', 'query', 'put', 'update']),
        table('directory', ['query']),
        table('tasks', ['put', 'update']),
      ],
    });
    const topic = this.addSesTopic();
    topic.addSubscription(new SqsSubscription(sesEvents.queue, { rawMessageDelivery: false }));
  }

  private addSender({ queue, ...props }: MailQueue): void {
    new QueueWorker(this, props.function, {
      ...props,
      queue,
      batchSize: 10,
      concurrency: this.config.concurrency.mail,
      uses: [
        table('messages', ['get', 'getMany', 'put', 'update', 'remove']),
        table('preferences', ['get', 'getMany', 'check']),
        table('directory', ['get', 'getMany', 'query']),
        table('tasks', ['put']),
        objects('portal', { read: [''] }),
        sendsTo(queue),
        sendsMail,
        linkKeys,
      ],
    });
  }

  private addSweep(): void {
    new ScheduledFunction(this, 'Sweep', {
      function: 'mail-sweep',
      failureMeans: 'Mail that was put off is not sent when its time comes, and mail whose sending was interrupted is not settled.',
      schedules: [
        { name: 'mail-sweep', description: 'Sends what is due again and settles interrupted sendings', expression: 'rate(1 minute)' },
      ],
      givenUpAfter: Duration.minutes(1),
      uses: [
        table('messages', ['get', 'query', 'update', 'remove']),
        table('directory', ['query']),
        table('preferences', ['get', 'getMany']),
        table('tasks', ['put']),
        sendsTo('mail-emergency', 'mail-works', 'mail-invoices', 'mail-other'),
      ],
    });
  }

  /** Who we are to SES, how mail leaves, and the topic on which SES tells what became of it. */
  private addSesTopic(): Topic {
    const configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      configurationSetName: this.named(CONFIGURATION_SET),
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    new EmailIdentity(this, 'Identity', {
      identity: Identity.domain(this.config.mail.domain),
      configurationSet,
      mailFromDomain: `bounce.${this.config.mail.domain}`,
    });
    const key = new Key(this, 'Key', { description: 'Encrypts SES events on their way', enableKeyRotation: true });
    const topic = new Topic(this, 'SesTopic', { topicName: this.named('ses-events'), masterKey: key, enforceSSL: true });
    const ses = new ServicePrincipal('ses.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': this.account } } });
    key.grant(ses, 'kms:Decrypt', 'kms:GenerateDataKey');
    topic.grantPublish(ses);
    new ConfigurationSetEventDestination(this, 'Events', {
      configurationSet,
      configurationSetEventDestinationName: this.named('ses-events'),
      destination: EventDestination.snsTopic(topic),
      events: [
        EmailSendingEvent.SEND,
        EmailSendingEvent.DELIVERY,
        EmailSendingEvent.DELIVERY_DELAY,
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.COMPLAINT,
        EmailSendingEvent.REJECT,
      ],
    });
    return topic;
  }
}
