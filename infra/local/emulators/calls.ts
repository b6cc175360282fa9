import type { MessagePort, Worker } from 'node:worker_threads';

/** Calls between threads: a request carries a number, its answer the same. */
interface CallMessage {
  readonly call: number;
  readonly name: string;
  readonly args: readonly unknown[];
}

interface AnswerMessage {
  readonly answer: number;
  readonly value?: unknown;
  readonly error?: string;
}

interface EventMessage {
  readonly event: string;
  readonly value: unknown;
}

export type Callable = Readonly<Record<string, (...args: never[]) => unknown>>;

/** Answers another thread's calls with these functions. */
export function answerCalls(port: MessagePort, functions: Callable): void {
  port.on('message', async ({ call, name, args }: CallMessage) => {
    try {
      const value = await (functions[name] as (...args: readonly unknown[]) => unknown)(...args);
      port.postMessage({ answer: call, value } satisfies AnswerMessage);
    } catch (error) {
      port.postMessage({ answer: call, error: (error as Error).stack ?? String(error) } satisfies AnswerMessage);
    }
  });
}

/** Tells the other thread that something happened. */
export function emitTo(port: MessagePort, event: string, value: unknown): void {
  port.postMessage({ event, value } satisfies EventMessage);
}

/** The other end: calls functions of a worker and hears its events. */
export class WorkerCalls {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  readonly #listeners = new Map<string, (value: unknown) => void>();
  #last = 0;
  #dead: Error | undefined;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (message: AnswerMessage | EventMessage) => this.#hear(message));
    worker.on('error', (error) => this.#die(error as Error));
    worker.on('exit', () => this.#die(new Error('The emulator has ended')));
  }

  on(event: string, listener: (value: unknown) => void): void {
    this.#listeners.set(event, listener);
  }

  call<Result>(name: string, ...args: readonly unknown[]): Promise<Result> {
    if (this.#dead) return Promise.reject(this.#dead);
    this.#last += 1;
    const call = this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(call, { resolve: resolve as (value: unknown) => void, reject });
      this.#worker.postMessage({ call, name, args } satisfies CallMessage);
    });
  }

  async stop(): Promise<void> {
    await this.call('stop').catch(() => undefined);
    await this.#worker.terminate();
  }

  #hear(message: AnswerMessage | EventMessage): void {
    if ('event' in message) {
      this.#listeners.get(message.event)?.(message.value);
      return;
    }
    const waiting = this.#waiting.get(message.answer);
    this.#waiting.delete(message.answer);
    if (message.error === undefined) waiting?.resolve(message.value);
    else waiting?.reject(new Error(message.error));
  }

  #die(error: Error): void {
    this.#dead ??= error;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
