import { Dashboard, GraphWidget, type IMetric, Metric, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { deadLetterNameOf, QUEUES } from '../../functions/aws/resources.ts';
import { FUNCTIONS, type FunctionName } from '../functions.ts';
import { FIVE_MINUTES } from './alarm.ts';
import { type BusinessMetric, businessMetric } from './metrics.ts';
import type { CarrierStack } from './place.ts';

const HALF = { width: 12, height: 6 };

/** One page that answers, from top to bottom: did the month-end happen, is mail going out, is anything stuck, is anything failing. */
export function addDashboard(stack: CarrierStack): void {
  const dashboard = new Dashboard(stack, 'Dashboard', { dashboardName: stack.named('overview') });
  const guide = new TextWidget({
    markdown: `# carrierpost ${stack.config.stage}\nEvery alarm links its heading of the [runbook](${stack.config.alarms.runbook}).`,
    width: 24,
    height: 2,
  });
  const queue = (name: string, metricName: string, statistic: string) =>
    new Metric({
      namespace: 'AWS/SQS',
      metricName,
      dimensionsMap: { QueueName: stack.named(name) },
      label: name,
      statistic,
      period: FIVE_MINUTES,
    });
  const lambda = (name: string, metricName: string, statistic: string) =>
    new Metric({
      namespace: 'AWS/Lambda',
      metricName,
      dimensionsMap: { FunctionName: stack.named(name) },
      label: name,
      statistic,
      period: FIVE_MINUTES,
    });
  const functions = Object.keys(FUNCTIONS) as FunctionName[];

  dashboard.addWidgets(guide);
  dashboard.addWidgets(
    business('Month-end', ['DocumentsPublished', 'AccountParked', 'RunAwaitingRelease', 'LatePublication']),
    business('Mail', ['MessageSent', 'MessageHeld', 'NotDelivered', 'NoReachableContact']),
  );
  dashboard.addWidgets(
    graph(
      'Messages waiting',
      QUEUES.map((name) => queue(name, 'ApproximateNumberOfMessagesVisible', 'Maximum')),
    ),
    graph(
      'Age of the oldest message, seconds',
      QUEUES.map((name) => queue(name, 'ApproximateAgeOfOldestMessage', 'Maximum')),
    ),
  );
  dashboard.addWidgets(
    graph(
      'Dead letters',
      QUEUES.map((name) => queue(deadLetterNameOf(name), 'ApproximateNumberOfMessagesVisible', 'Maximum')),
    ),
    graph(
      'Errors of functions',
      functions.map((name) => lambda(name, 'Errors', 'Sum')),
    ),
  );
  dashboard.addWidgets(
    graph(
      'Copies of functions at work',
      functions.map((name) => lambda(name, 'ConcurrentExecutions', 'Maximum')),
    ),
    graph(
      'Duration of functions, 99 in 100 are quicker, milliseconds',
      functions.map((name) => lambda(name, 'Duration', 'p99')),
    ),
  );
}

function business(title: string, names: readonly BusinessMetric[]): GraphWidget {
  return graph(title, names.map(businessMetric));
}

function graph(title: string, left: IMetric[]): GraphWidget {
  return new GraphWidget({ ...HALF, title, left });
}
