import { type ClockMemory, instantSet, readClock, setClockMemory } from './clock-memory.ts';
import type { Activity } from './runtime/activity.ts';
import type { StateFolder } from './state.ts';
import { type ClockState, type Due, least, moveTo, type TimeLine } from './time-line.ts';

/** The way from one instant to another, for whoever watches. */
export interface Journey {
  readonly target: string;
  readonly now: string;
  readonly running: boolean;
  readonly fired: number;
  readonly waiting: number;
  readonly error?: string;
}

interface Parts {
  readonly clock: ClockMemory;
  readonly state: StateFolder;
  readonly timeLine: TimeLine;
  readonly activity: Activity;
  /** Fires one schedule and waits for its function. */
  readonly fire: (due: Due) => Promise<void>;
}

const CLOCK_FILE = 'clock.json';

/**
 * The cloud's time. It stands still except during `at`: then it jumps from one event to the next (a schedule, a hidden
 * or delayed message, what the sweeps do after something happened), and everything that an event sets off is done
 * before the next jump. Nothing waits for real time.
 */
export class Simulation {
  readonly #parts: Parts;
  #state: ClockState | undefined;
  #journey: Promise<void> | undefined;
  #target: number | undefined;
  #fired = 0;
  #error: string | undefined;
  #stopped = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#state = parts.state.read<ClockState>(CLOCK_FILE);
    if (this.#state?.at !== undefined) setClockMemory(parts.clock, this.#state.at);
  }

  now(): { mode: 'machine' | 'set'; now: string } {
    const set = instantSet(this.#parts.clock);
    return { mode: set === undefined ? 'machine' : 'set', now: new Date(readClock(this.#parts.clock)).toISOString() };
  }

  /**
   * Sets out for an instant; `watch` tells how far it is.
   * @returns why it cannot, or undefined
   */
  start(instant: string): string | undefined {
    if (this.#journey) return `The clock is already on its way to ${iso(this.#target)}`;
    const target = Date.parse(instant);
    const move = moveTo(target, this.#state);
    if (move.kind === 'refused') return move.reason;
    this.#target = target;
    this.#fired = 0;
    this.#error = undefined;
    this.#journey = this.#go(target, move.kind === 'start' ? move.from : undefined)
      .catch((error: unknown) => {
        this.#error = error instanceof Error ? (error.stack ?? error.message) : String(error);
      })
      .finally(() => {
        this.#journey = undefined;
      });
    return undefined;
  }

  /** Waits up to `milliseconds` for the journey to end. */
  async watch(milliseconds: number): Promise<Journey> {
    const timer = new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
    await Promise.race([this.#journey ?? Promise.resolve(), timer]);
    const { waiting } = await this.#parts.activity.depth();
    return {
      target: iso(this.#target),
      now: this.now().now,
      running: this.#journey !== undefined,
      fired: this.#fired,
      waiting,
      ...(this.#error === undefined ? {} : { error: this.#error }),
    };
  }

  stop(): void {
    this.#stopped = true;
  }

  async #go(target: number, from: number | undefined): Promise<void> {
    const { activity, timeLine } = this.#parts;
    if (from !== undefined) {
      this.#stand(from, from);
      await activity.showHidden();
    }
    await activity.untilQuiet();
    let seen = activity.count();
    let sweeps: readonly number[] = [];
    while (!this.#stopped) {
      const { at = target, done } = this.#state as Required<ClockState>;
      if (activity.count() !== seen) sweeps = timeLine.nextRates(Math.max(at, done));
      seen = activity.count();
      const next = least([timeLine.nextFixed(done), await activity.nextDeadline(), sweeps.find((moment) => moment > done)]);
      const stop = Math.min(target, Math.max(at, next ?? target));
      seen = await this.#playUntil(stop, done, seen);
      if (stop >= target && activity.count() === seen && !(await this.#isMore(target))) return;
    }
  }

  /** Fires what is due in `(done, stop]`, sweeps first, and lets everything settle. */
  async #playUntil(stop: number, done: number, seen: number): Promise<number> {
    const { timeLine, activity } = this.#parts;
    let count = seen;
    for (const due of [...timeLine.ratesWithin(done, stop), ...timeLine.fixedWithin(done, stop)].sort((a, b) => a.at - b.at)) {
      if (this.#stopped) return count;
      this.#stand(Math.max(due.at, this.#state?.at ?? due.at), done);
      await activity.tick();
      const before = activity.count();
      await this.#parts.fire(due);
      this.#fired += 1;
      await activity.untilQuiet();
      // A call that set nothing off is no reason for the sweeps to look again.
      if (activity.count() === before + 1) count += 1;
    }
    this.#stand(stop, stop);
    await activity.tick();
    await activity.untilQuiet();
    return count;
  }

  async #isMore(target: number): Promise<boolean> {
    const deadline = await this.#parts.activity.nextDeadline();
    return deadline !== undefined && deadline <= target;
  }

  #stand(at: number, done: number): void {
    this.#state = { at, done };
    setClockMemory(this.#parts.clock, at);
    this.#parts.state.write(CLOCK_FILE, this.#state);
  }
}

function iso(moment: number | undefined): string {
  return moment === undefined ? '' : new Date(moment).toISOString();
}
