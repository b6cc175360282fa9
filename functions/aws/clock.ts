/** Where the local cloud hangs its own time into a worker; absent on AWS. */
const LOCAL_CLOCK = Symbol.for('carrierpost.clock');

type LocalClock = () => number;

/** The one clock. Everything that needs "now" is handed this value; nothing below the doors asks for it. */
export function now(): Date {
  const local = (globalThis as Record<symbol, LocalClock | undefined>)[LOCAL_CLOCK];
  return new Date(local ? local() : Date.now());
}

/** Lets a process follow the local cloud's clock instead of the machine's (workers of the local cloud, the CLI, tests). */
export function followClock(clock: LocalClock | undefined): void {
  (globalThis as Record<symbol, LocalClock | undefined>)[LOCAL_CLOCK] = clock;
}
