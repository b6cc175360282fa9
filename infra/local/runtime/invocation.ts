import type { ClockMemory } from '../clock-memory.ts';

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

/** What an environment's thread says when it can take events. */
export const LOADED = 'loaded';
