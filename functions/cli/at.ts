import type { Command } from 'commander';
import { type CloudOptions, openLocalCloud } from './cloud.ts';
import { Failed, print, printJson, progressBar, UsageError } from './output.ts';

interface Started {
  readonly started: boolean;
  readonly refused?: string;
}

/** How far the clock is on its way. */
export interface Journey {
  readonly target: string;
  readonly now: string;
  readonly running: boolean;
  readonly fired: number;
  readonly waiting: number;
  readonly error?: string;
}

const WAIT_SECONDS = 1;

/** `carrierpost at INSTANT`: time passes in the local cloud. */
export function atCommand(program: Command): void {
  program
    .command('at')
    .argument('<instant>', 'RFC 3339, for example 2026-11-04T07:00:00+01:00', checkedInstant)
    .description('local cloud only: move the clock, fire every schedule due until then, wait until queues are empty')
    .addHelpText('after', '\nThe first one may go anywhere and plays the 24 hours before it; later ones only go forward.')
    .action(async (instant: string, _, command: Command) => {
      const options = command.optsWithGlobals<CloudOptions & { json: boolean }>();
      const journey = await moveClock(options, instant);
      if (options.json) printJson({ now: journey.now, fired: journey.fired });
      else print(`It is ${journey.now}; ${journey.fired} schedules fired.`);
    });
}

/**
 * Moves the local cloud's clock and waits until everything that this sets off is done.
 * @throws UsageError when the instant lies in the past; Failed when something broke on the way
 */
export async function moveClock(options: CloudOptions, instant: string): Promise<Journey> {
  const { local } = await openLocalCloud(options);
  // Somebody else's journey (`up --at`) is waited for.
  while ((await local.ask<Journey>(`/at?wait=${WAIT_SECONDS}`)).running);
  const { started, refused = '' } = await local.ask<Started>('/at', { instant });
  if (!started) throw new UsageError(refused);
  const bar = progressBar('messages', 1);
  let most = 1;
  for (;;) {
    const journey = await local.ask<Journey>(`/at?wait=${WAIT_SECONDS}`);
    most = Math.max(most, journey.waiting);
    bar.update(most - journey.waiting, most);
    if (journey.running) continue;
    bar.stop();
    if (journey.error !== undefined) throw new Failed(`The clock stopped at ${journey.now}: ${journey.error}`);
    return journey;
  }
}

/**
 * An instant as the user writes it, judged before anything starts.
 * @throws UsageError when it is none
 */
export function checkedInstant(text: string): string {
  if (isInstant(text)) return text;
  throw new UsageError(`The instant ${text} is not RFC 3339, or its day does not exist: write it like 2026-11-04T07:00:00+01:00`);
}

/** RFC 3339, of a day that exists: Date.parse would make 2 March of 30 February, and the clock cannot go back. */
function isInstant(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text) || Number.isNaN(Date.parse(text))) return false;
  const day = text.slice(0, 10);
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}
