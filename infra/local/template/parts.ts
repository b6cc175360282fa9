import type { TableSpec } from '../emulators/resources.ts';
import type { SecretRecipe } from '../emulators/secrets.ts';
import type { EventDestination } from '../emulators/ses-events.ts';

export interface QueuePart {
  readonly name: string;
  readonly arn: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface FunctionPart {
  readonly name: string;
  readonly arn: string;
  readonly folder: string;
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly reserved: number | undefined;
}

export interface MappingPart {
  readonly queueArn: string;
  readonly functionArn: string;
  readonly batchSize: number;
  readonly partial: boolean;
  readonly maximumConcurrency: number | undefined;
}

export interface SchedulePart {
  readonly name: string;
  readonly expression: string;
  readonly timeZone: string;
  readonly targetArn: string;
  readonly input: string;
  readonly groupId: string | undefined;
}

/** Who may call a route: bearers of a token of this issuer. */
export interface JwtPart {
  readonly issuer: string;
  readonly audiences: readonly string[];
  /** One of them is enough; without any, none is asked for. */
  readonly scopes: readonly string[];
}

/** Who may call a route: whoever a function says, which is called with the request first. */
export interface AskedPart {
  readonly functionArn: string;
  /** Headers, in lower case, without which the function is not even asked. */
  readonly needs: readonly string[];
}

export interface RoutePart {
  readonly key: string;
  readonly functionArn: string;
  readonly jwt?: JwtPart | undefined;
  readonly asked?: AskedPart | undefined;
}

/** An HTTP API of the template: it gets a port of its own. */
export interface ApiPart {
  readonly name: string;
  readonly routes: readonly RoutePart[];
}

export interface AlarmPart {
  readonly name: string;
  readonly description: string;
  readonly threshold: number;
  readonly operator: string;
  readonly metrics: readonly MetricPart[];
}

export interface MetricPart {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: string;
  readonly periodSeconds: number;
}

/** What the local cloud has to build, read from the synthesized templates. */
export interface Blueprint {
  readonly region: string;
  readonly account: string;
  readonly queues: QueuePart[];
  readonly buckets: string[];
  readonly tables: TableSpec[];
  readonly functions: FunctionPart[];
  readonly mappings: MappingPart[];
  readonly schedules: SchedulePart[];
  readonly topics: string[];
  readonly subscriptions: { topicArn: string; queueArn: string; raw: boolean }[];
  readonly apis: readonly ApiPart[];
  readonly alarms: AlarmPart[];
  readonly secrets: { name: string; recipe: SecretRecipe; value?: string }[];
  readonly sesSets: Record<string, EventDestination[]>;
  readonly identities: string[];
}
