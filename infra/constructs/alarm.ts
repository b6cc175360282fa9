import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { stackOf } from './place.ts';

export interface RunbookAlarmProps {
  /** What has happened, in words for the person who is woken. */
  readonly description: string;
  /** The heading of docs/runbook.md that says what to do, as its link: `render-dead-letters`. */
  readonly runbook: string;
  readonly metric: IMetric;
  /** Rings when the metric is greater than this. */
  readonly above: number;
  /** For so many periods of the metric in a row; 1 unless told. */
  readonly periods?: number;
}

export const FIVE_MINUTES = Duration.minutes(5);

/** An alarm that goes to the stage's one topic and whose text says where the runbook helps. */
export class RunbookAlarm extends Construct {
  constructor(scope: Construct, id: string, { description, runbook, metric, above, periods = 1 }: RunbookAlarmProps) {
    super(scope, id);
    const stack = stackOf(this);
    const alarm = new Alarm(this, 'Alarm', {
      alarmName: stack.named(id),
      alarmDescription: `${description} What to do: ${stack.config.alarms.runbook}#${runbook}`,
      metric,
      threshold: above,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: periods,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(Topic.fromTopicArn(this, 'Topic', stack.alarmTopicArn())));
  }
}
