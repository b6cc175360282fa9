import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { ClockMemory } from '../clock-memory.ts';
import type { FunctionPart } from '../template/parts.ts';
import { ExecutionEnvironment } from './environment.ts';
import type { Outcome } from './invocation.ts';
import type { FunctionLogs } from './logs.ts';
import { Patience } from './patience.ts';

/** Lambda's limit for a synchronous request. */
const MAX_REQUEST = 6 * 1024 * 1024;
/** Environments are replaced after so many events, so that what they hold on to does not add up. */
const EVENTS_PER_ENVIRONMENT = 2000;
/** Every function stays warm: a new environment costs more than a kept one, also in memory that is not given back. */
const MAX_IDLE = 30;
const PARALLEL = Math.max(3, availableParallelism() + 1);
/** Copies of one function. */
const COPIES = Math.max(2, availableParallelism());
/** What a copy costs before it is as quick as one that has worked already: loading, compiling, collecting. */
const START_MILLISECONDS = 1500;

interface Pool {
  readonly part: FunctionPart;
  readonly limit: number;
  /** Copies that have an event. */
  atWork: number;
  readonly patience: Patience;
}

interface Idle {
  readonly arn: string;
  readonly environment: ExecutionEnvironment;
}

export interface FunctionsSettings {
  readonly parts: readonly FunctionPart[];
  readonly variables: Readonly<Record<string, string>>;
  readonly clock: ClockMemory;
  readonly logs: FunctionLogs;
  /** Starts another copy whenever the others are at work, so that as much as possible happens at the same time. */
  readonly hasty: boolean;
}

/** Every function of the template, run in threads: several environments at once, reused while warm. */
export class Functions {
  readonly #pools = new Map<string, Pool>();
  readonly #variables: Readonly<Record<string, string>>;
  readonly #clock: ClockMemory;
  readonly #logs: FunctionLogs;
  /** Warm environments, the one used last at the end. */
  readonly #idle: Idle[] = [];
  readonly #turn: (() => void)[] = [];
  #running = 0;
  #started = 0;
  #stopped = false;

  constructor({ parts, variables, clock, logs, hasty }: FunctionsSettings) {
    this.#variables = variables;
    this.#clock = clock;
    this.#logs = logs;
    for (const part of parts) {
      const limit = Math.min(part.reserved ?? COPIES, COPIES);
      this.#pools.set(part.arn, { part, limit, atWork: 0, patience: new Patience(hasty ? 0 : START_MILLISECONDS) });
    }
  }

  /** How many copies of a function run at the same time at most. */
  limitOf(arn: string): number {
    return this.#pool(arn).limit;
  }

  nameOf(arn: string): string {
    return this.#pool(arn).part.name;
  }

  has(arn: string): boolean {
    return this.#pools.has(arn);
  }

  /** Events handed to functions so far, pages that somebody opened aside. */
  started(): number {
    return this.#started;
  }

  /** How many events are being worked on or wait for a CPU. */
  busy(): number {
    return this.#running + this.#turn.length;
  }

  /**
   * Runs a function on an event (JSON).
   * @param urgent somebody waits for the answer, so it does not wait for a CPU
   */
  async invoke(arn: string, event: string, urgent = false): Promise<Outcome> {
    const pool = this.#pool(arn);
    const { part } = pool;
    if (Buffer.byteLength(event) > MAX_REQUEST) return { id: '', error: 'RequestEntityTooLargeException: the event exceeds 6 MB' };
    if (!urgent) this.#started += 1;
    if (!urgent && this.#running >= PARALLEL) await new Promise<void>((resolve) => this.#turn.push(resolve));
    this.#running += 1;
    const environment = this.#warm(arn) ?? (await this.#next(pool)) ?? this.#start(pool);
    pool.atWork += 1;
    try {
      const outcome = await environment.invoke(event);
      if (outcome.error !== undefined) this.#logs.failed(part.name, outcome.error);
      return outcome;
    } finally {
      this.#running -= 1;
      pool.atWork -= 1;
      this.#giveBack({ arn, environment });
      pool.patience.wake();
      this.#turn.shift()?.();
    }
  }

  stop(): void {
    this.#stopped = true;
    for (const { environment } of this.#idle.splice(0)) environment.stop();
  }

  #warm(arn: string): ExecutionEnvironment | undefined {
    const place = this.#idle.findLastIndex((idle) => idle.arn === arn && !idle.environment.dead);
    return place < 0 ? undefined : this.#idle.splice(place, 1)[0]?.environment;
  }

  /** Waits for a copy at work, as long as that is cheaper than another one. */
  async #next(pool: Pool): Promise<ExecutionEnvironment | undefined> {
    while (pool.atWork > 0 && !pool.patience.isOver()) {
      await pool.patience.wait();
      const free = this.#warm(pool.part.arn);
      if (free) return free;
    }
    return undefined;
  }

  #start(pool: Pool): ExecutionEnvironment {
    const { part } = pool;
    pool.patience.renew();
    return new ExecutionEnvironment(part, this.#variables, this.#clock, (stream: Readable) => {
      createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) => this.#logs.line(part.name, line));
    });
  }

  /** The environment that nobody has used for longest makes room, a second copy before the only one of its function. */
  #giveBack(idle: Idle): void {
    if (idle.environment.dead) return;
    if (this.#stopped || idle.environment.invocations >= EVENTS_PER_ENVIRONMENT) {
      idle.environment.stop();
      return;
    }
    this.#idle.push(idle);
    if (this.#idle.length <= MAX_IDLE) return;
    const copy = this.#idle.findIndex(({ arn }, index) => this.#idle.findLastIndex((other) => other.arn === arn) !== index);
    for (const { environment } of this.#idle.splice(Math.max(0, copy), 1)) environment.stop();
  }

  #pool(arn: string): Pool {
    const pool = this.#pools.get(arn);
    if (!pool) throw new Error(`The template has no function ${arn}`);
    return pool;
  }
}
