import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { instantSet, liveByClock } from '../clock-memory.ts';
import { answerCalls, emitTo } from './calls.ts';
import { chaosFrom } from './chaos.ts';
import type { EmulatorData } from './emulators.ts';
import { startMessaging } from './messaging.ts';

const TICK_MILLISECONDS = 200;

const { settings, port, clock } = workerData as EmulatorData;
const parent = parentPort as MessagePort;

liveByClock(clock);
const messaging = await startMessaging({
  directory: settings.directory,
  port,
  region: settings.region,
  chaos: chaosFrom(settings.chaosSeed),
  checkExpiry: settings.checkExpiry,
});
const { keeper } = messaging;
const woken = new Set<string>();
keeper.onVisible = (name) => {
  if (woken.size === 0) {
    setImmediate(() => {
      emitTo(parent, 'visible', [...woken]);
      woken.clear();
    });
  }
  woken.add(name);
};
/** While the clock runs by itself, delayed and hidden messages come by themselves. */
setInterval(() => {
  if (instantSet(clock) === undefined) keeper.tick();
}, TICK_MILLISECONDS).unref();
answerCalls(parent, {
  port: () => messaging.port,
  receive: (name: string, count: number) => keeper.receive(name, count),
  remove: (name: string, handles: readonly string[]) => keeper.remove(name, handles),
  show: (name: string, handles: readonly string[], seconds: number) => keeper.show(name, handles, seconds),
  tick: () => keeper.tick(),
  showAll: () => keeper.showAll(),
  depths: () => keeper.depths(),
  stop: () => messaging.stop(),
});
emitTo(parent, 'ready', messaging.port);
