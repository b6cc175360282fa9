/**
 * How long events wait for the copies of a function that are at work. Starting another copy costs as much as a few
 * events; only when events have waited that long together it is worth its cost.
 */
export class Patience {
  readonly #most: number;
  #left: number;
  readonly #waiting = new Set<() => void>();

  /** @param most milliseconds that all waits together may take; with 0 nobody waits */
  constructor(most: number) {
    this.#most = most;
    this.#left = most;
  }

  isOver(): boolean {
    return this.#left <= 0;
  }

  /** Another copy has been started. */
  renew(): void {
    this.#left = this.#most;
  }

  /** Returns when a copy has come free or the patience is over. */
  async wait(): Promise<void> {
    const began = performance.now();
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, this.#left);
      this.#waiting.add(done);
    });
    this.#left -= performance.now() - began;
  }

  /** A copy has come free: who has waited longest may have it. */
  wake(): void {
    const [first] = this.#waiting;
    first?.();
  }
}
