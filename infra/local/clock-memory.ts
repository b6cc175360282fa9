/** Time as one number that every thread of the local cloud sees at once: 0 stands for the machine's own clock. */
export type ClockMemory = SharedArrayBuffer;

const MACHINE_TIME = 0n;

/** New memory, on machine time. */
export function allocateClock(): ClockMemory {
  return new SharedArrayBuffer(8);
}

/** Milliseconds since 1970 on the cloud's clock. */
export function readClock(memory: ClockMemory): number {
  const set = Atomics.load(new BigInt64Array(memory), 0);
  return set === MACHINE_TIME ? realNow() : Number(set);
}

/** The instant at which the clock stands, or undefined while it follows the machine. */
export function instantSet(memory: ClockMemory): number | undefined {
  const set = Atomics.load(new BigInt64Array(memory), 0);
  return set === MACHINE_TIME ? undefined : Number(set);
}

/** Lets the clock stand at this instant, seen by all threads at once. */
export function setClockMemory(memory: ClockMemory, milliseconds: number): void {
  Atomics.store(new BigInt64Array(memory), 0, BigInt(milliseconds));
}

/** Makes everything in this thread that asks for the date, also in packages, see the cloud's clock. */
export function liveByClock(memory: ClockMemory): void {
  const cloudNow = () => readClock(memory);
  class CloudDate extends RealDate {
    constructor(...parts: readonly unknown[]) {
      super(...((parts.length > 0 ? parts : [cloudNow()]) as ConstructorParameters<typeof RealDate>));
    }
    static override now(): number {
      return cloudNow();
    }
  }
  globalThis.Date = CloudDate as DateConstructor;
}

const RealDate = Date;
const realNow = Date.now.bind(Date);
