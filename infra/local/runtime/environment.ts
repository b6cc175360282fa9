import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import type { ClockMemory } from '../clock-memory.ts';
import type { FunctionPart } from '../template/parts.ts';
import { type FunctionData, type Invocation, LOADED, type Outcome } from './invocation.ts';

/** Loading has a time of its own, as Lambda's initialization has. */
const MAX_LOAD_MILLISECONDS = 60_000;

/** Room for what a start and a first event leave behind; with less, a third of a start is collecting. */
const YOUNG_MEGABYTES = 48;

/** One execution environment: a thread with the function's bundle, its variables and its memory limit; one event at a time. */
export class ExecutionEnvironment {
  readonly #part: FunctionPart;
  readonly #worker: Worker;
  #waiting: { id: string; done: (outcome: Outcome) => void } | undefined;
  #timer: NodeJS.Timeout | undefined;
  #loaded = false;
  invocations = 0;
  dead = false;

  constructor(part: FunctionPart, variables: Readonly<Record<string, string>>, clock: ClockMemory, log: (stream: Readable) => void) {
    this.#part = part;
    const { name, arn, folder, handler, memoryMegabytes } = part;
    this.#worker = new Worker(new URL('./function.worker.ts', import.meta.url), {
      name,
      workerData: { name, arn, folder, handler, memoryMegabytes, clock } satisfies FunctionData,
      env: { ...variables, ...part.environment, ...lambdaVariables(part) },
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes, maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
    });
    log(this.#worker.stdout);
    log(this.#worker.stderr);
    this.#worker.on('message', (message: Outcome | typeof LOADED) => {
      if (message === LOADED) this.#begin();
      else this.#settle(message);
    });
    this.#worker.on('error', (error) => this.#end(`Runtime.ExitError: ${error instanceof Error ? error.message : String(error)}`));
    this.#worker.on('exit', (code) => this.#end(`Runtime.ExitError: the function ended with ${code}`));
  }

  /** Runs the handler on one event; never rejects. After a time-out or a crash the environment is dead. */
  invoke(event: string): Promise<Outcome> {
    this.invocations += 1;
    const id = randomUUID();
    const { timeoutSeconds } = this.#part;
    return new Promise((done) => {
      this.#waiting = { id, done };
      this.#watch();
      if (this.dead) this.#end('Runtime.ExitError: the function has ended');
      else this.#worker.postMessage({ id, event, timeoutSeconds } satisfies Invocation);
    });
  }

  stop(): void {
    this.dead = true;
    void this.#worker.terminate();
  }

  #begin(): void {
    this.#loaded = true;
    if (this.#waiting) this.#watch();
  }

  /** The function's time begins when it is loaded. */
  #watch(): void {
    const { timeoutSeconds } = this.#part;
    const [milliseconds, error] = this.#loaded
      ? [timeoutSeconds * 1000, `Sandbox.Timedout: Task timed out after ${timeoutSeconds}.00 seconds`]
      : [MAX_LOAD_MILLISECONDS, `Sandbox.Timedout: the function did not load within ${MAX_LOAD_MILLISECONDS / 1000} seconds`];
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#end(error), milliseconds);
  }

  #settle(outcome: Outcome): void {
    if (this.#waiting?.id !== outcome.id) return;
    clearTimeout(this.#timer);
    const { done } = this.#waiting;
    this.#waiting = undefined;
    done(outcome);
  }

  #end(error: string): void {
    this.stop();
    if (this.#waiting) this.#settle({ id: this.#waiting.id, error });
  }
}

function lambdaVariables({ name, folder, handler, memoryMegabytes }: FunctionPart): Record<string, string> {
  return {
    TZ: 'UTC',
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? '',
    ...(process.env.NODE_COMPILE_CACHE ? { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE } : {}),
    ...(process.env.DEBUG ? { DEBUG: process.env.DEBUG } : {}),
    LAMBDA_TASK_ROOT: folder,
    _HANDLER: handler,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMegabytes),
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  };
}
