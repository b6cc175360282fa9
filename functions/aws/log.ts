import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

/** Structured JSON logs. Never an address, a name or a token: ids only. */
export const logger = new Logger({ serviceName: 'carrierpost' });

/** CloudWatch metrics by embedded format; names are those the alarms of the template look at. */
export const metrics = new Metrics({ namespace: 'carrierpost', serviceName: 'carrierpost' });

/** Counts something that an alarm or the dashboard watches. */
export function count(name: string, value = 1, dimensions: Readonly<Record<string, string>> = {}): void {
  const single = metrics.singleMetric();
  for (const [dimension, text] of Object.entries(dimensions)) single.addDimension(dimension, text);
  single.addMetric(name, MetricUnit.Count, value);
}
