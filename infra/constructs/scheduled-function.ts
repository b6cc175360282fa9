import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule, CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { FunctionName } from '../functions.ts';
import { FIVE_MINUTES, RunbookAlarm } from './alarm.ts';
import { CarrierFunction } from './carrier-function.ts';
import { stackOf } from './place.ts';
import { newQueue } from './queue.ts';
import type { UseIn } from './uses.ts';

export interface ScheduledFunctionProps {
  readonly function: FunctionName;
  /** What its failure means to people: stands in every alarm of the schedules. */
  readonly failureMeans: string;
  readonly schedules: readonly Schedule[];
  /** A firing that could not be delivered for so long is given up. */
  readonly givenUpAfter: Duration;
  readonly uses: readonly UseIn[];
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Schedule {
  readonly name: string;
  readonly description: string;
  /** EventBridge Scheduler's own words: `cron(0 7 * * ? *)`, `rate(5 minutes)`. */
  readonly expression: string;
  /** IANA zone of a cron expression. */
  readonly timeZone?: string;
  /** Given to the function beside `scheduledTime`. */
  readonly input?: Readonly<Record<string, string>>;
}

/** Filled in by EventBridge Scheduler: the instant the schedule was due, not the one it fired. */
const SCHEDULED_TIME = '<aws.scheduler.scheduled-time>';
/** As many as Scheduler allows; the age ends the tries. */
const MAX_RETRIES = 185;

/**
 * A function and the schedules that call it. A firing that cannot be delivered, or on which the function fails three times,
 * waits in one dead-letter queue.
 */
export class ScheduledFunction extends Construct {
  constructor(scope: Construct, id: string, props: ScheduledFunctionProps) {
    super(scope, id);
    const { function: name, failureMeans, schedules, uses, environment } = props;
    const stack = stackOf(this);
    const deadLetters = newQueue(this, 'DeadLetters', `${name}-schedules-dlq`);
    const { lambda } = new CarrierFunction(this, 'Function', { name, failureMeans, uses, environment, deadLetters });
    const group = new CfnScheduleGroup(this, 'Group', { name: stack.named(name) });
    group.applyRemovalPolicy(RemovalPolicy.DESTROY);
    const role = this.callerRole(name);
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [lambda.functionArn] }));
    role.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [deadLetters.queueArn] }));
    for (const schedule of schedules)
      this.addSchedule(schedule, props, group, { lambda: lambda.functionArn, role: role.roleArn, deadLetters: deadLetters.queueArn });
    new RunbookAlarm(this, `${name}-missed-schedules`, {
      description: `A firing of the schedules of ${name} had no effect. ${failureMeans}`,
      runbook: 'missed-schedules',
      metric: deadLetters.metricApproximateNumberOfMessagesVisible({ period: FIVE_MINUTES, statistic: 'Maximum' }),
      above: 0,
    });
  }

  private callerRole(name: string): Role {
    const stack = stackOf(this);
    const group = stack.formatArn({ service: 'scheduler', resource: 'schedule-group', resourceName: stack.named(name) });
    return new Role(this, 'CallerRole', {
      description: `Lets the schedules of ${name} call their function`,
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': stack.account, 'aws:SourceArn': group } },
      }),
    });
  }

  private addSchedule(
    schedule: Schedule,
    { givenUpAfter }: ScheduledFunctionProps,
    group: CfnScheduleGroup,
    arns: { lambda: string; role: string; deadLetters: string },
  ): void {
    new CfnSchedule(this, schedule.name, {
      name: schedule.name,
      description: schedule.description,
      groupName: group.ref,
      scheduleExpression: schedule.expression,
      scheduleExpressionTimezone: schedule.timeZone,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: arns.lambda,
        roleArn: arns.role,
        input: JSON.stringify({ scheduledTime: SCHEDULED_TIME, ...schedule.input }),
        deadLetterConfig: { arn: arns.deadLetters },
        retryPolicy: { maximumEventAgeInSeconds: givenUpAfter.toSeconds(), maximumRetryAttempts: MAX_RETRIES },
      },
    });
  }
}
