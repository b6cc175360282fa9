import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import type { ClockMemory } from '../clock-memory.ts';
import type { FunctionPart } from '../template/parts.ts';

export interface FunctionData {
  readonly name: string;
  readonly arn: string;
  readonly folder: string;
  readonly handler: string;
  readonly memoryMegabytes: number;
  readonly clock: ClockMemory;
}

export interface Invocation {
  readonly id: string;
  readonly event: string;
  readonly timeoutSeconds: number;
}

export interface Outcome {
  readonly id: string;
  /** The handler's answer in JSON; missing when it failed. */
  readonly body?: string;
  readonly error?: string;
}

/** One execution environment: a thread with the function's bundle, its variables and its memory limit; one event at a time. */
export class ExecutionEnvironment {
  readonly #part: FunctionPart;
  readonly #worker: Worker;
  #waiting: { id: string; done: (outcome: Outcome) => void } | undefined;
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
      resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes, maxYoungGenerationSizeMb: 16 },
    });
    log(this.#worker.stdout);
    log(this.#worker.stderr);
    this.#worker.on('message', (outcome: Outcome) => this.#settle(outcome));
    this.#worker.on('error', (error) => this.#end(`Runtime.ExitError: ${error instanceof Error ? error.message : String(error)}`));
    this.#worker.on('exit', (code) => this.#end(`Runtime.ExitError: the function ended with ${code}`));
  }

  /** Runs the handler on one event; never rejects. After a time-out or a crash the environment is dead. */
  invoke(event: string): Promise<Outcome> {
    this.invocations += 1;
    const id = randomUUID();
    const { timeoutSeconds } = this.#part;
    return new Promise((resolve) => {
      const timer = setTimeout(
        () => this.#end(`Sandbox.Timedout: Task timed out after ${timeoutSeconds}.00 seconds`),
        timeoutSeconds * 1000,
      );
      this.#waiting = {
        id,
        done: (outcome) => {
          clearTimeout(timer);
          resolve(outcome);
        },
      };
      if (this.dead) this.#end('Runtime.ExitError: the function has ended');
      else this.#worker.postMessage({ id, event, timeoutSeconds } satisfies Invocation);
    });
  }

  stop(): void {
    this.dead = true;
    void this.#worker.terminate();
  }

  #settle(outcome: Outcome): void {
    if (this.#waiting?.id !== outcome.id) return;
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
    LAMBDA_TASK_ROOT: folder,
    _HANDLER: handler,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMegabytes),
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  };
}
