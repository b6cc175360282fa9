import { readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const LOOK_EVERY = 2;

/** How many emails the local cloud has kept on disk: looking costs it nothing, asking it would. */
export function sentFiles(data: string): number {
  return readdirSync(data, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.eml')).length;
}

/** Waits until so many emails have left. */
export async function untilSent(data: string, count: number): Promise<void> {
  while (sentFiles(data) < count) await pause(LOOK_EVERY);
}
