import type { RunBrakeName } from '../billing/brake-runs.ts';
import { isPublished, type Run, stateOf } from '../billing/run.ts';

/** Something a person may do to a run now. */
export interface PossibleBrake {
  readonly name: RunBrakeName;
  readonly label: string;
  /** What it leads to, in the words of somebody who is about to do it. */
  readonly about: string;
  /** It can be taken back at any time. */
  readonly isMild: boolean;
}

const ABOUT = {
  hold: { label: 'Hold', about: 'it goes on preparing, and is not published before somebody releases it.', isMild: true },
  stop: { label: 'Stop', about: 'it halts wherever it is: preparation, publication, emails that have not left.', isMild: true },
  release: {
    label: 'Release',
    about: 'it is published at its time, or at once when that has passed. What is issued stays issued.',
    isMild: false,
  },
  resume: { label: 'Resume', about: 'it goes on where it was stopped: nobody gets anything twice.', isMild: false },
} as const satisfies Record<RunBrakeName, Omit<PossibleBrake, 'name'>>;

/** What a person may do to a run; to one that has not begun, too. */
export function brakesOf(run: Run | undefined): PossibleBrake[] {
  return namesOf(run).map((name) => ({ name, ...ABOUT[name] }));
}

function namesOf(run: Run | undefined): RunBrakeName[] {
  if (!run) return ['hold', 'stop'];
  switch (stateOf(run)) {
    case 'delivered':
      return [];
    case 'stopped':
      return ['resume'];
    case 'held':
    case 'awaiting-release':
      return ['release', 'stop'];
    default:
      return isPublished(run.stage) ? ['stop'] : ['hold', 'stop'];
  }
}
