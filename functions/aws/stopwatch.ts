/** Machine time in milliseconds: only to tell how long something took, never to decide when something happens. */
export function machineTime(): number {
  return performance.timeOrigin + performance.now();
}
