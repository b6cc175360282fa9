import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { FIVE_MINUTES, RunbookAlarm } from '../constructs/alarm.ts';
import { addDashboard } from '../constructs/dashboard.ts';
import { businessMetric } from '../constructs/metrics.ts';
import { CarrierStack, type CarrierStackProps } from '../constructs/place.ts';
import { CONFIGURATION_SET } from '../constructs/uses.ts';

/** What the functions count (functions/aws/log.ts) and a person has to know of at the first one. */
const BUSINESS_ALARMS = [
  {
    metric: 'LatePublication',
    id: 'late-publication',
    description: 'Documents of a calendar were not visible at 07:00 local: the input came late, or the run was held.',
  },
  {
    metric: 'RunAwaitingRelease',
    id: 'run-awaiting-release',
    description:
      'A bill run went beyond the thresholds of its legal entity and waits for a named person: nothing of it is published until then.',
  },
  {
    metric: 'FirstInvoiceExpired',
    id: 'first-invoice-expired',
    description: 'A customer did not answer about a first invoice in time: it is not issued until a named person decides.',
  },
  {
    metric: 'FirstInvoiceNearLimit',
    id: 'first-invoice-near-limit',
    description: 'A first invoice is still held, and in two business days the law wants it issued.',
  },
  {
    metric: 'NotDelivered',
    id: 'not-delivered',
    description:
      'An email that is owed did not arrive, or nobody knows whether it did: an invoice email bounced and the account has no other billing contact: the customer has not been told of an invoice that falls due.',
  },
  {
    metric: 'NoReachableContact',
    id: 'no-reachable-contact',
    description: 'Documents were published for an account that has no billing contact we may write to: nobody there has been told.',
  },
  {
    metric: 'ImportRejected',
    id: 'import-rejected',
    description: "Records of a carrier's export were rejected: they are listed in the import report.",
  },
  {
    metric: 'WorksHeld',
    id: 'works-held',
    description: 'Planned works wait for a named person: their notice is short, or they reach more people than go out by themselves.',
  },
  {
    metric: 'ConsoleFailed',
    id: 'console-failed',
    description: 'A page of the console failed: somebody of the billing team could not see, or not do, what was meant.',
  },
  {
    metric: 'MessageHeld',
    id: 'message-held',
    description: 'An email failed the checks before sending and is held for a person: the customer has not got it.',
  },
] as const;

/** SES reviews an account at 5% bounces and 0.1% complaints, and pauses it at 10% and 0.5%: people must know before. */
const MAIL_REPUTATION = [
  { metric: 'Reputation.BounceRate', id: 'ses-bounce-rate', above: 0.03, what: 'More than 3% of our emails bounce' },
  {
    metric: 'Reputation.ComplaintRate',
    id: 'ses-complaint-rate',
    above: 0.0005,
    what: 'More than 1 in 2,000 of our emails is reported as spam',
  },
] as const;

/** What a stage tells its people: one topic for every alarm, the alarms that are about the business, a dashboard. */
export class OperationsStack extends CarrierStack {
  constructor(scope: Construct, id: string, props: CarrierStackProps) {
    super(scope, id, { ...props, description: 'carrierpost: alarms and dashboard' });
    const topic = this.addTopic();
    for (const { metric, id: alarm, description } of BUSINESS_ALARMS) {
      new RunbookAlarm(this, alarm, { description, runbook: alarm, metric: businessMetric(metric), above: 0 }).node.addDependency(topic);
    }
    for (const { metric, id: alarm, above, what } of MAIL_REPUTATION) {
      new RunbookAlarm(this, alarm, {
        description: `${what}. SES pauses an account whose rate goes on rising; then no customer gets mail.`,
        runbook: alarm,
        metric: this.reputation(metric),
        above,
      }).node.addDependency(topic);
    }
    addDashboard(this);
  }

  private addTopic(): Topic {
    const key = new Key(this, 'Key', { description: 'Encrypts alarms on their way', enableKeyRotation: true });
    const topic = new Topic(this, 'Alarms', {
      topicName: this.named('alarms'),
      displayName: `carrierpost ${this.config.stage}`,
      masterKey: key,
      enforceSSL: true,
    });
    const alarms = new ServicePrincipal('cloudwatch.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
    });
    key.grant(alarms, 'kms:Decrypt', 'kms:GenerateDataKey');
    topic.grantPublish(alarms);
    for (const address of this.config.alarms.emails) topic.addSubscription(new EmailSubscription(address));
    return topic;
  }

  private reputation(metricName: string): Metric {
    const dimensionsMap = { 'ses:configuration-set': this.named(CONFIGURATION_SET) };
    return new Metric({ namespace: 'AWS/SES', metricName, dimensionsMap, statistic: 'Maximum', period: FIVE_MINUTES });
  }
}
