import type { WorkerCalls } from '../emulators/calls.ts';
import type { Depth } from '../emulators/queue-keeper.ts';
import type { EventSource } from './event-source.ts';
import type { Functions } from './functions.ts';

/** A missed wake-up costs this long, never more. */
const LOOK_AGAIN_MILLISECONDS = 50;

/** Knows whether anything is going on: messages, functions, mail events. Wakes the pollers when there is work. */
export class Activity {
  readonly #queues: WorkerCalls;
  readonly #mail: WorkerCalls;
  readonly #functions: Functions;
  readonly #sources: ReadonlyMap<string, EventSource>;
  readonly #waiting: (() => void)[] = [];

  constructor(queues: WorkerCalls, mail: WorkerCalls, functions: Functions, sources: readonly EventSource[]) {
    this.#queues = queues;
    this.#mail = mail;
    this.#functions = functions;
    this.#sources = new Map(sources.map((source) => [source.queue, source]));
    queues.on('visible', (names) => {
      for (const name of names as string[]) this.#sources.get(name)?.wake();
      this.#changed();
    });
    mail.on('changed', () => this.#changed());
    for (const source of sources) source.onWork = () => this.#changed();
  }

  /** Grows whenever a function is called. */
  count(): number {
    return this.#functions.started();
  }

  /** Looks at every queue once, after a start. */
  wakeAll(): void {
    for (const source of this.#sources.values()) source.wake();
  }

  /** Lets messages appear whose moment has come. */
  tick(): Promise<void> {
    return this.#queues.call('tick');
  }

  showHidden(): Promise<void> {
    return this.#queues.call('showAll');
  }

  /** Returns when every queue with a consumer is worked off as far as the clock allows, and every mail event is told. */
  async untilQuiet(): Promise<void> {
    while (!(await this.isQuiet())) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, LOOK_AGAIN_MILLISECONDS);
        this.#waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  async isQuiet(): Promise<boolean> {
    const before = this.count();
    if (this.#isBusy()) return false;
    if ((await this.#mail.call<number>('pendingCount')) > 0) return false;
    const depths = await this.#consumed();
    if (depths.some(({ visible }) => visible > 0)) return false;
    return !this.#isBusy() && this.count() === before;
  }

  /** Messages that somebody will still handle: waiting, in work, hidden and delayed. */
  async depth(): Promise<{ waiting: number; hidden: number }> {
    const depths = await this.#consumed();
    const sum = (of: (depth: Depth) => number) => depths.reduce((total, depth) => total + of(depth), 0);
    return { waiting: sum(({ visible, inFlight }) => visible + inFlight), hidden: sum(({ inFlight, delayed }) => inFlight + delayed) };
  }

  /** When the next hidden or delayed message appears, in milliseconds. */
  async nextDeadline(): Promise<number | undefined> {
    const moments = (await this.#consumed()).flatMap(({ nextAt }) => (nextAt === undefined ? [] : [nextAt]));
    return moments.length > 0 ? Math.min(...moments) : undefined;
  }

  async #consumed(): Promise<Depth[]> {
    return (await this.#queues.call<Depth[]>('depths')).filter(({ name }) => this.#sources.has(name));
  }

  #isBusy(): boolean {
    if (this.#functions.busy() > 0) return true;
    for (const source of this.#sources.values()) if (source.busy() > 0) return true;
    return false;
  }

  #changed(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
