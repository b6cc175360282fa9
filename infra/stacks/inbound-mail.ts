import { Duration } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ReceiptRule, ReceiptRuleSet, TlsPolicy } from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { CarrierStack, type CarrierStackProps } from '../constructs/place.ts';
import { QueueWorker } from '../constructs/queue-worker.ts';
import { objects, RECEIPT_RULES, sendsTo, table, WORKS_MAILBOX } from '../constructs/uses.ts';

/** What customers answer to invitations: SES stores each mail to the planned-works address and tells a queue. */
export class InboundMailStack extends CarrierStack {
  constructor(scope: Construct, id: string, props: CarrierStackProps) {
    super(scope, id, { ...props, description: 'carrierpost: mail that comes in' });
    const replies = new QueueWorker(this, 'WorksReplies', {
      queue: 'works-replies',
      function: 'works-replies',
      failureMeans: "Customers' answers to invitations are not seen: nobody here learns who declined, or asks for another date.",
      waitsAtMost: Duration.minutes(30),
      uses: [
        objects('inbound', { read: [WORKS_MAILBOX.prefix] }),
        table('works', ['get', 'query', 'put', 'update']),
        table('directory', ['get', 'query']),
        table('messages', ['get', 'put']),
        sendsTo('works-tickets', 'mail-works'),
      ],
      environment: { MAIL_FROM_WORKS: this.config.mail.works },
    });
    const topic = this.addTopic();
    topic.addSubscription(new SqsSubscription(replies.queue, { rawMessageDelivery: false }));
    this.addRule(topic);
  }

  /** SES asks for the rights to publish and to store when the rule is created, so they have to be there before. */
  private addRule(topic: Topic): void {
    // A rule set does nothing until a person makes it the account's active one: docs/runbook.md, "Receiving mail".
    const ruleSet = new ReceiptRuleSet(this, 'RuleSet', { receiptRuleSetName: this.named(RECEIPT_RULES) });
    // The bucket is the state stack's, and so is its policy that lets SES write; the CDK's own action would look for it here.
    const s3Action = { bucketName: this.bucketNamed('inbound'), objectKeyPrefix: WORKS_MAILBOX.prefix, topicArn: topic.topicArn };
    const rule = new ReceiptRule(this, 'WorksRule', {
      ruleSet,
      receiptRuleName: this.named(WORKS_MAILBOX.rule),
      recipients: [this.config.mail.works],
      scanEnabled: true,
      // As outgoing mail: encrypted on its way, or not at all.
      tlsPolicy: TlsPolicy.REQUIRE,
      actions: [{ bind: () => ({ s3Action }) }],
    });
    rule.node.addDependency(topic);
  }

  private addTopic(): Topic {
    const key = new Key(this, 'Key', { description: 'Encrypts the notices of received mail on their way', enableKeyRotation: true });
    const topic = new Topic(this, 'Topic', { topicName: this.named('works-replies'), masterKey: key, enforceSSL: true });
    const ses = new ServicePrincipal('ses.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': this.account } } });
    // Lets it use the key as well.
    topic.grantPublish(ses);
    return topic;
  }
}
