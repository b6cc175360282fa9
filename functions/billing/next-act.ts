import { isPublished, type Run } from './run.ts';

/** What the run's parts tell, counted elsewhere. */
export interface RunProgress {
  /** The carrier's systems said that the period is complete. */
  readonly inputComplete: boolean;
  /** Nothing that a late batch has to wait for is under way. */
  readonly itsTurn: boolean;
  /** Chunks of the current pass: false while the planner still finds accounts. */
  readonly planned: boolean;
  readonly started: boolean;
  readonly chunksLeft: number;
  /** Accounts whose bills changed since they were prepared. */
  readonly changesWaiting: boolean;
  /** Chunks whose messages are not all in the outbox. */
  readonly deliveriesLeft: number;
  /** Messages in the outbox that have not left; asked for only when everything is queued. */
  readonly messagesLeft: number;
}

export type Act =
  | { readonly kind: 'wait'; readonly for: string }
  | { readonly kind: 'plan' }
  | { readonly kind: 'send-plan' }
  | { readonly kind: 'prepared' }
  | { readonly kind: 'repair' }
  | { readonly kind: 'conclude' }
  | { readonly kind: 'accept-release' }
  | { readonly kind: 'redate' }
  | { readonly kind: 'publish' }
  | { readonly kind: 'queue-deliveries' }
  | { readonly kind: 'finish' };

/**
 * The one thing to do next for a run. Whoever brings news (a schedule, a chunk that is done, a completed delivery, a
 * person, the sweep) records it and asks this again: no order of arrival can leave a run without its next step.
 * @param today the calendar's local date now
 */
export function nextAct(run: Run, progress: RunProgress, today: string, now: Date): Act {
  if (run.brake?.kind === 'stop') return { kind: 'wait', for: 'resume' };
  return isPublished(run.stage) ? afterPublication(run, progress) : beforePublication(run, progress, today, now);
}

function beforePublication(run: Run, progress: RunProgress, today: string, now: Date): Act {
  switch (run.stage) {
    case 'waiting-for-input':
      return beforePreparation(run, progress, now);
    case 'planning':
      if (!progress.started) return { kind: 'send-plan' };
      return progress.planned ? { kind: 'prepared' } : { kind: 'wait', for: 'planning' };
    case 'preparing':
      if (progress.chunksLeft > 0) return { kind: 'wait', for: 'chunks' };
      return progress.changesWaiting ? { kind: 'repair' } : { kind: 'conclude' };
    case 'awaiting-release':
      if (progress.changesWaiting) return { kind: 'repair' };
      return run.released ? { kind: 'accept-release' } : { kind: 'wait', for: 'release' };
    case 'ready':
      return progress.changesWaiting ? { kind: 'repair' } : whenReady(run, today, now);
    case 'published':
    case 'delivering':
    case 'delivered':
      return afterPublication(run, progress);
  }
}

function beforePreparation(run: Run, { inputComplete, itsTurn }: RunProgress, now: Date): Act {
  if (!inputComplete) return { kind: 'wait', for: 'input' };
  if (!itsTurn) return { kind: 'wait', for: 'its turn' };
  return now >= new Date(run.prepareFrom) ? { kind: 'plan' } : { kind: 'wait', for: 'the day' };
}

function whenReady(run: Run, today: string, now: Date): Act {
  if (run.brake) return { kind: 'wait', for: 'release' };
  if (now < new Date(run.publishFrom)) return { kind: 'wait', for: 'the hour' };
  return run.issueDate === today ? { kind: 'publish' } : { kind: 'redate' };
}

function afterPublication(run: Run, progress: RunProgress): Act {
  if (run.stage === 'published') return { kind: 'queue-deliveries' };
  if (run.stage === 'delivered') return { kind: 'wait', for: 'nothing' };
  return progress.deliveriesLeft === 0 && progress.messagesLeft === 0 ? { kind: 'finish' } : { kind: 'wait', for: 'delivery' };
}
