import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { FIVE_MINUTES } from './alarm.ts';

/** What functions/aws/log.ts counts; every stage has an account of its own, so the names need no stage. */
export type BusinessMetric =
  | 'LatePublication'
  | 'RunAwaitingRelease'
  | 'FirstInvoiceExpired'
  | 'FirstInvoiceNearLimit'
  | 'AccountParked'
  | 'DocumentsPublished'
  | 'MessageSent'
  | 'MessageHeld'
  | 'NotDelivered'
  | 'ImportRejected'
  | 'NoReachableContact'
  | 'WorksHeld'
  | 'ConsoleFailed';

export function businessMetric(metricName: BusinessMetric): Metric {
  return new Metric({
    namespace: 'carrierpost',
    metricName,
    dimensionsMap: { service: 'carrierpost' },
    statistic: 'Sum',
    period: FIVE_MINUTES,
  });
}
