import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

/** Whatever looks like an email address; errors of others quote them. */
const ADDRESS = /[^\s<>"'(),:;\\]+@[^\s<>"'(),:;\\]+/g;

/** Structured JSON logs. Never an address, a name or a token: ids only. */
export const logger = new Logger({
  serviceName: 'carrierpost',
  jsonReplacerFn: (_, value) => (typeof value === 'string' ? withoutAddresses(value) : value),
});

/** A text with every email address in it hidden. */
export function withoutAddresses(text: string): string {
  return text.replace(ADDRESS, '(address)');
}

/** CloudWatch metrics by embedded format; names are those the alarms of the template look at. */
export const metrics = new Metrics({ namespace: 'carrierpost', serviceName: 'carrierpost' });

/**
 * Counts something that an alarm or the dashboard watches. CloudWatch does not add up over dimensions, so the plain metric,
 * which the alarms look at, is written beside the one with dimensions.
 */
export function count(name: string, value = 1, dimensions: Readonly<Record<string, string>> = {}): void {
  metrics.singleMetric().addMetric(name, MetricUnit.Count, value);
  const entries = Object.entries(dimensions);
  if (entries.length === 0) return;
  const single = metrics.singleMetric();
  for (const [dimension, text] of entries) single.addDimension(dimension, text);
  single.addMetric(name, MetricUnit.Count, value);
}
