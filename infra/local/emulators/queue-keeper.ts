import { type Chaos, calm } from './chaos.ts';
import type { FauxPersistence, FauxQueue, FauxSqsStore } from './fauxqs-parts.ts';

export interface Depth {
  readonly name: string;
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
  /** When the next delayed or hidden message comes, in milliseconds; missing when there is none. */
  readonly nextAt?: number;
}

/**
 * Makes fauxqs's queues safe against a kill and lets the local cloud see into them: a receive with its moves to the
 * dead-letter queue is one write, and whoever waits is told when something becomes visible.
 */
export class QueueKeeper {
  readonly #store: FauxSqsStore;
  readonly #persistence: FauxPersistence;
  readonly #chaos: Chaos;
  /** Called with a queue's name whenever messages may have become visible there. */
  onVisible: (name: string) => void = () => {};

  constructor(store: FauxSqsStore, persistence: FauxPersistence, chaos: Chaos = calm) {
    this.#store = store;
    this.#persistence = persistence;
    this.#chaos = chaos;
    const create = store.createQueue.bind(store);
    store.createQueue = (...parts) => {
      const queue = create(...parts);
      this.#guard(queue);
      return queue;
    };
  }

  /** Takes up to `count` messages off a queue, as ReceiveMessage does. */
  receive(name: string, count: number): unknown[] {
    const queue = this.#store.getQueueByName(name);
    if (!queue) return [];
    return queue
      .dequeue(count, undefined, (arn) => this.#store.getQueueByArn(arn))
      .map((received) => {
        const entry = queue.inflightMessages.get(received.ReceiptHandle)?.message;
        return { ...received, ...(entry ? { sent: entry } : {}) };
      });
  }

  remove(name: string, receiptHandles: readonly string[]): void {
    const queue = this.#store.getQueueByName(name);
    if (!queue) return;
    this.#persistence.transaction(() => {
      for (const handle of receiptHandles) queue.deleteMessage(handle);
    });
  }

  show(name: string, receiptHandles: readonly string[], seconds: number): void {
    for (const handle of receiptHandles) this.#store.getQueueByName(name)?.changeVisibility(handle, seconds);
  }

  /** Lets messages whose time has come appear, after the clock has moved. */
  tick(): void {
    for (const queue of this.#store.allQueues()) {
      queue.processTimers();
      if (visibleIn(queue) > 0) this.onVisible(queue.name);
    }
  }

  /** Shows every delayed or hidden message at once: the clock has jumped and their moments mean nothing any more. */
  showAll(): void {
    for (const queue of this.#store.allQueues()) {
      for (const handle of [...queue.inflightMessages.keys()]) queue.changeVisibility(handle, 0);
      for (const message of delayedIn(queue)) message.delayUntil = 1;
      queue.processTimers();
      if (visibleIn(queue) > 0) this.onVisible(queue.name);
    }
  }

  depths(): Depth[] {
    return [...this.#store.allQueues()].map((queue) => {
      const moments = [...delayedIn(queue).map(({ delayUntil }) => delayUntil ?? 0), ...deadlinesIn(queue)];
      const nextAt = moments.length > 0 ? moments.reduce((least, moment) => Math.min(least, moment)) : undefined;
      return {
        name: queue.name,
        visible: visibleIn(queue),
        inFlight: queue.inflightMessages.size,
        delayed: delayedIn(queue).length,
        ...(nextAt === undefined ? {} : { nextAt }),
      };
    });
  }

  #guard(queue: FauxQueue): void {
    const dequeue = queue.dequeue.bind(queue);
    queue.dequeue = (...parts) => {
      if (this.#chaos.strikes('reorder')) this.#swapFirst(queue);
      let received: { ReceiptHandle: string }[] = [];
      this.#persistence.transaction(() => {
        received = dequeue(...parts);
      });
      return received;
    };
    const notify = queue.notifyWaiters.bind(queue);
    queue.notifyWaiters = () => {
      notify();
      this.onVisible(queue.name);
    };
  }

  #swapFirst(queue: FauxQueue): void {
    const other = this.#chaos.pick(queue.messages.length);
    const [first, second] = [queue.messages[0], queue.messages[other]];
    if (!first || !second) return;
    queue.messages[0] = second;
    queue.messages[other] = first;
  }
}

/** Opens fauxqs's file of queues: whatever was being worked on when the process died is visible again. */
export function prepareQueueFile(persistence: FauxPersistence): void {
  persistence.db.exec('PRAGMA synchronous = NORMAL');
  persistence.db.exec(
    'UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL WHERE delay_until IS NULL OR receipt_handle IS NOT NULL',
  );
  // fauxqs writes NULL into a column that takes none here, which would lose the message.
  const ready = persistence.db.prepare('UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL WHERE message_id = ?');
  persistence.updateMessageReady = (messageId) => void ready.run(messageId);
}

function visibleIn(queue: FauxQueue): number {
  if (!queue.isFifo()) return queue.messages.length;
  return queue.hasAvailableFifoMessages() ? sum(queue.fifoMessages) : 0;
}

function delayedIn(queue: FauxQueue) {
  return queue.isFifo() ? [...queue.fifoDelayed.values()].flat() : queue.delayedMessages;
}

function deadlinesIn(queue: FauxQueue): number[] {
  return [...queue.inflightMessages.values()].map(({ visibilityDeadline }) => visibilityDeadline);
}

function sum(groups: ReadonlyMap<string, readonly unknown[]>): number {
  let total = 0;
  for (const group of groups.values()) total += group.length;
  return total;
}
