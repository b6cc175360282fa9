import type { Depth } from './emulators/queue-keeper.ts';
import type { MetricPoint } from './runtime/logs.ts';
import type { AlarmPart, MetricPart } from './template/parts.ts';

export interface AlarmState {
  readonly name: string;
  readonly state: 'OK' | 'ALARM';
  /** What was seen when it rang. */
  readonly value?: number;
  /** When it rang, on the cloud's clock. */
  readonly since?: string;
  readonly description: string;
}

interface Rung {
  readonly value: number;
  readonly at: number;
}

/** A period's sum is kept until the next period of the same metric begins. */
interface Sum {
  readonly period: number;
  value: number;
}

/**
 * The template's CloudWatch alarms, simply: a metric of the same name, namespace and dimensions, summed over the
 * alarm's period, rings when it crosses the threshold once. Queue depths and function errors are looked at too.
 */
export class Alarms {
  readonly #parts: readonly AlarmPart[];
  readonly #now: () => number;
  readonly #sums = new Map<MetricPart, Sum>();
  readonly #rung = new Map<string, Rung>();
  onRing: (alarm: AlarmPart) => void = () => {};

  constructor(parts: readonly AlarmPart[], now: () => number) {
    this.#parts = parts;
    this.#now = now;
  }

  /** A value of a metric has come in. */
  record(point: MetricPoint): void {
    for (const alarm of this.#parts) {
      const metric = alarm.metrics.length === 1 ? alarm.metrics[0] : undefined;
      if (metric && isOf(metric, point)) this.#add(alarm, metric, point.value);
    }
  }

  /** Every alarm, those that ring first. */
  states(depths: readonly Depth[]): AlarmState[] {
    for (const { name, visible } of depths) {
      const point = { namespace: 'AWS/SQS', metric: 'ApproximateNumberOfMessagesVisible', dimensions: { QueueName: name }, value: visible };
      for (const alarm of this.#parts) {
        const [metric] = alarm.metrics;
        if (!metric || alarm.metrics.length !== 1 || !isOf(metric, point)) continue;
        if (crosses(alarm, visible)) this.#ring(alarm, visible);
        else this.#rung.delete(alarm.name);
      }
    }
    const states = this.#parts.map(({ name, description }): AlarmState => {
      const rung = this.#rung.get(name);
      if (!rung) return { name, state: 'OK', description };
      return { name, state: 'ALARM', value: rung.value, since: new Date(rung.at).toISOString(), description };
    });
    return states.sort((a, b) => a.state.localeCompare(b.state) || a.name.localeCompare(b.name));
  }

  #add(alarm: AlarmPart, metric: MetricPart, value: number): void {
    const period = Math.floor(this.#now() / (metric.periodSeconds * 1000));
    const sum = this.#sums.get(metric);
    if (sum && sum.period === period) sum.value += value;
    else this.#sums.set(metric, { period, value });
    const total = this.#sums.get(metric)?.value ?? value;
    if (crosses(alarm, total)) this.#ring(alarm, total);
  }

  #ring(alarm: AlarmPart, value: number): void {
    if (!this.#rung.has(alarm.name)) this.onRing(alarm);
    this.#rung.set(alarm.name, { value, at: this.#now() });
  }
}

function isOf(metric: MetricPart, { namespace, metric: name, dimensions }: MetricPoint): boolean {
  if (metric.namespace !== namespace || metric.metric !== name) return false;
  return Object.entries(metric.dimensions).every(([dimension, value]) => dimensions[dimension] === value);
}

function crosses({ threshold, operator }: AlarmPart, value: number): boolean {
  if (operator === 'GreaterThanThreshold') return value > threshold;
  if (operator === 'GreaterThanOrEqualToThreshold') return value >= threshold;
  return operator === 'LessThanThreshold' ? value < threshold : value <= threshold;
}
