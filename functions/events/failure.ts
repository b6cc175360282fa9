/**
 * A failure that no retry will mend. The queue door sends the body to the dead-letter queue with this reason and acknowledges.
 * `reason` names the field, the value and what would be right, in words a person can act on.
 */
export class PermanentError extends Error {
  readonly field: string | undefined;

  constructor(reason: string, field?: string) {
    super(reason);
    this.name = 'PermanentError';
    this.field = field;
  }
}

/** A failure that passes by itself (throttling, a lock, a neighbour that is down): the message goes back to its queue. */
export class PassingError extends Error {
  /** When to look again at the earliest, in seconds; without it the door backs off by the receive count. */
  readonly retryAfterSeconds: number | undefined;

  constructor(reason: string, options: { retryAfterSeconds?: number; cause?: unknown } = {}) {
    super(reason, { cause: options.cause });
    this.name = 'PassingError';
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
