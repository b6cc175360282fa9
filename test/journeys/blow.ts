import { setTimeout as pause } from 'node:timers/promises';
import { type LocalCloud, startLocalCloud } from './local-cloud.ts';

/**
 * Begins some work, kills the cloud on the way, and starts it again on what is left.
 * @param work what it comes to does not matter: the cloud dies under it
 * @param after milliseconds
 */
export async function struck(cloud: LocalCloud, work: () => Promise<unknown>, after: number): Promise<LocalCloud> {
  const working = work().catch(() => undefined);
  await pause(after);
  await cloud.kill();
  await working;
  return startLocalCloud(cloud.data);
}
