import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import path from 'node:path';

export interface MetricPoint {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly value: number;
}

interface EmbeddedMetrics {
  readonly _aws?: {
    readonly CloudWatchMetrics?: readonly {
      readonly Namespace: string;
      readonly Dimensions?: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string }[];
    }[];
  };
  readonly [field: string]: unknown;
}

/** What functions write: one file each below `log/`; metrics in embedded format are picked out on the way. */
export class FunctionLogs {
  readonly #directory: string;
  readonly #files = new Map<string, WriteStream>();
  onMetric: (point: MetricPoint) => void = () => {};

  constructor(directory: string) {
    this.#directory = directory;
    mkdirSync(directory, { recursive: true });
  }

  line(name: string, line: string): void {
    this.#file(name).write(`${line}\n`);
    if (line.includes('"CloudWatchMetrics"')) for (const point of metricsOf(line)) this.onMetric(point);
  }

  failed(name: string, error: string): void {
    this.#file(name).write(`${JSON.stringify({ level: 'ERROR', message: 'The invocation failed', error })}\n`);
    this.onMetric({ namespace: 'AWS/Lambda', metric: 'Errors', dimensions: { FunctionName: name }, value: 1 });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#files.values()].map((file) => new Promise<void>((resolve) => file.end(() => resolve()))));
  }

  #file(name: string): WriteStream {
    let file = this.#files.get(name);
    if (!file) {
      file = createWriteStream(path.join(this.#directory, `${name}.log`), { flags: 'a' });
      this.#files.set(name, file);
    }
    return file;
  }
}

/** The metrics that one log line carries (CloudWatch embedded metric format). */
export function metricsOf(line: string): MetricPoint[] {
  let entry: EmbeddedMetrics;
  try {
    entry = JSON.parse(line) as EmbeddedMetrics;
  } catch {
    return [];
  }
  return (entry._aws?.CloudWatchMetrics ?? []).flatMap(({ Namespace, Dimensions = [], Metrics }) =>
    Metrics.flatMap(({ Name }) => {
      const values = [entry[Name]].flat().map(Number);
      const value = values.reduce((sum, one) => sum + one, 0);
      return (Dimensions.length > 0 ? Dimensions : [[]]).map((names) => ({
        namespace: Namespace,
        metric: Name,
        dimensions: Object.fromEntries(names.map((name) => [name, String(entry[name])])),
        value,
      }));
    }),
  );
}
