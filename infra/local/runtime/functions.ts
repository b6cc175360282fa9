import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { ClockMemory } from '../clock-memory.ts';
import type { FunctionPart } from '../template/parts.ts';
import { ExecutionEnvironment, type Outcome } from './environment.ts';
import type { FunctionLogs } from './logs.ts';

/** Lambda's limit for a synchronous request. */
const MAX_REQUEST = 6 * 1024 * 1024;
/** Environments are replaced after so many events, so that what they hold on to does not add up. */
const EVENTS_PER_ENVIRONMENT = 2000;
const MAX_IDLE = 10;
const PARALLEL = Math.max(3, availableParallelism() + 1);

interface Pool {
  readonly part: FunctionPart;
  readonly limit: number;
  readonly idle: ExecutionEnvironment[];
  running: number;
}

/** Every function of the template, run in threads: several environments at once, reused while warm. */
export class Functions {
  readonly #pools = new Map<string, Pool>();
  readonly #variables: Readonly<Record<string, string>>;
  readonly #clock: ClockMemory;
  readonly #logs: FunctionLogs;
  readonly #turn: (() => void)[] = [];
  #running = 0;
  #started = 0;
  #stopped = false;

  constructor(parts: readonly FunctionPart[], variables: Readonly<Record<string, string>>, clock: ClockMemory, logs: FunctionLogs) {
    this.#variables = variables;
    this.#clock = clock;
    this.#logs = logs;
    for (const part of parts)
      this.#pools.set(part.arn, { part, limit: Math.min(part.reserved ?? PARALLEL, PARALLEL), idle: [], running: 0 });
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
    if (Buffer.byteLength(event) > MAX_REQUEST) return { id: '', error: 'RequestEntityTooLargeException: the event exceeds 6 MB' };
    if (!urgent) this.#started += 1;
    if (!urgent && this.#running >= PARALLEL) await new Promise<void>((resolve) => this.#turn.push(resolve));
    this.#running += 1;
    const environment = this.#take(pool);
    pool.running += 1;
    try {
      const outcome = await environment.invoke(event);
      if (outcome.error !== undefined) this.#logs.failed(pool.part.name, outcome.error);
      return outcome;
    } finally {
      pool.running -= 1;
      this.#running -= 1;
      this.#giveBack(pool, environment);
      this.#turn.shift()?.();
    }
  }

  stop(): void {
    this.#stopped = true;
    for (const { idle } of this.#pools.values()) for (const environment of idle.splice(0)) environment.stop();
  }

  #take({ part, idle }: Pool): ExecutionEnvironment {
    const warm = idle.pop();
    if (warm && !warm.dead) return warm;
    return new ExecutionEnvironment(part, this.#variables, this.#clock, (stream: Readable) => {
      createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) => this.#logs.line(part.name, line));
    });
  }

  #giveBack({ idle }: Pool, environment: ExecutionEnvironment): void {
    if (environment.dead) return;
    if (this.#stopped || environment.invocations >= EVENTS_PER_ENVIRONMENT) {
      environment.stop();
      return;
    }
    idle.push(environment);
    const pools = [...this.#pools.values()];
    const total = pools.reduce((sum, pool) => sum + pool.idle.length, 0);
    if (total <= MAX_IDLE) return;
    const largest = pools.reduce((most, pool) => (pool.idle.length > most.idle.length ? pool : most));
    // The one that has been idle longest, where most are idle; when all have one, the function that was asked for longest ago.
    const victim = largest.idle.length > 1 ? largest : (pools.find((pool) => pool.idle.length > 0 && pool.running === 0) ?? largest);
    victim.idle.shift()?.stop();
  }

  #pool(arn: string): Pool {
    const pool = this.#pools.get(arn);
    if (!pool) throw new Error(`The template has no function ${arn}`);
    return pool;
  }
}
