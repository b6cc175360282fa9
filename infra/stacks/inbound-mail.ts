import { Duration } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ReceiptRule, ReceiptRuleSet, TlsPolicy } from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { CarrierStack, type CarrierStackProps } from '../constructs/place.ts';
import { QueueWorker } from '../constructs/queue-worker.ts';
import { linkKeys, MAILBOXES, objects, RECEIPT_RULES, sendsTo, table } from '../constructs/uses.ts';

/** A mailbox of ours, and who works on what comes to it. */
interface Mailbox {
  readonly id: string;
  readonly name: keyof typeof MAILBOXES;
  readonly address: string;
  readonly worker: QueueWorker;
}

/** Mail that customers send us: SES stores each mail to one of our mailboxes and tells that mailbox's queue. */
export class InboundMailStack extends CarrierStack {
  constructor(scope: Construct, id: string, props: CarrierStackProps) {
    super(scope, id, { ...props, description: 'carrierpost: mail that comes in' });
    // A rule set does nothing until a person makes it the account's active one: docs/runbook.md, "Receiving mail".
    const ruleSet = new ReceiptRuleSet(this, 'RuleSet', { receiptRuleSetName: this.named(RECEIPT_RULES) });
    const key = new Key(this, 'Key', { description: 'Encrypts the notices of received mail on their way', enableKeyRotation: true });
    const { works, unsubscribe } = this.config.mail;
    this.addMailbox({ id: 'Works', name: 'works', address: works, worker: this.worksReplies() }, ruleSet, key);
    this.addMailbox({ id: 'Unsubscribe', name: 'unsubscribe', address: unsubscribe, worker: this.unsubscribeMails() }, ruleSet, key);
  }

  /** What customers answer to invitations. */
  private worksReplies(): QueueWorker {
    return new QueueWorker(this, 'WorksReplies', {
      queue: MAILBOXES.works.queue,
      function: 'works-replies',
      failureMeans: "Customers' answers to invitations are not seen: nobody here learns who declined, or asks for another date.",
      waitsAtMost: Duration.minutes(30),
      uses: [
        objects('inbound', { read: [MAILBOXES.works.prefix] }),
        table('works', ['get', 'query', 'put', 'update']),
        table('directory', ['get', 'query']),
        table('messages', ['get', 'put']),
        sendsTo('works-tickets', 'mail-works'),
      ],
      environment: { MAIL_FROM_WORKS: this.config.mail.works },
    });
  }

  /** What mail programs send for readers who want no more. */
  private unsubscribeMails(): QueueWorker {
    return new QueueWorker(this, 'UnsubscribeMails', {
      queue: MAILBOXES.unsubscribe.queue,
      function: 'unsubscribe-mails',
      failureMeans: 'Contacts who unsubscribed by mail are still written to.',
      waitsAtMost: Duration.minutes(15),
      uses: [
        objects('inbound', { read: [MAILBOXES.unsubscribe.prefix] }),
        table('preferences', ['getMany', 'query', 'put', 'update']),
        table('audit', ['put']),
        sendsTo('planned-works.fifo'),
        linkKeys,
      ],
    });
  }

  /** SES asks for the rights to publish and to store when a rule is created, so they have to be there before. */
  private addMailbox({ id, name, address, worker }: Mailbox, ruleSet: ReceiptRuleSet, key: Key): void {
    const { rule, prefix, queue } = MAILBOXES[name];
    const topic = this.topicFor(id, queue, worker, key);
    // The bucket is the state stack's, and so is its policy that lets SES write; the CDK's own action would look for it here.
    const s3Action = { bucketName: this.bucketNamed('inbound'), objectKeyPrefix: prefix, topicArn: topic.topicArn };
    const receiptRule = new ReceiptRule(this, `${id}Rule`, {
      ruleSet,
      receiptRuleName: this.named(rule),
      recipients: [address],
      scanEnabled: true,
      // As outgoing mail: encrypted on its way, or not at all.
      tlsPolicy: TlsPolicy.REQUIRE,
      actions: [{ bind: () => ({ s3Action }) }],
    });
    receiptRule.node.addDependency(topic);
  }

  private topicFor(id: string, name: string, { queue }: QueueWorker, key: Key): Topic {
    const topic = new Topic(this, `${id}Topic`, { topicName: this.named(name), masterKey: key, enforceSSL: true });
    const ses = new ServicePrincipal('ses.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': this.account } } });
    // Lets it use the key as well.
    topic.grantPublish(ses);
    topic.addSubscription(new SqsSubscription(queue, { rawMessageDelivery: false }));
    return topic;
  }
}
