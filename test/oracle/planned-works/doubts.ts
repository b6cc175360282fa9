import { folded } from '../recipients.ts';
import type { DiaryEntry } from './diary.ts';
import type { WantedEntry } from './wanted-diaries.ts';

/*
 * After a crash nobody may know whether an email left. What is owed goes once more, what a contact could have switched off never does:
 * a diary may then rightly be behind, and the status of the works says so.
 */

/** Of `carrierpost works status --json` what is needed here. */
export interface Status {
  readonly invitations: readonly {
    readonly uid: string;
    readonly account: string;
    readonly start: string;
    readonly recipients: readonly {
      readonly address: string;
      readonly method: string;
      readonly state: string;
      readonly triedAgain: boolean;
    }[];
  }[];
}

/** The last email about an invitation to an address of which nobody knows whether it left. */
export interface Doubt {
  readonly address: string;
  readonly uid: string;
  readonly account: string;
  readonly start: number;
  /** It went twice. */
  readonly tried: boolean;
  readonly clears: boolean;
}

export function doubtsOf({ invitations }: Status): Doubt[] {
  return invitations.flatMap(({ uid, account, start, recipients }) =>
    recipients
      .filter(({ state }) => state === 'unknown')
      .map(({ address, method, triedAgain }) => {
        return { address: folded(address), uid, account, start: Date.parse(start), tried: triedAgain, clears: method === 'CANCEL' };
      }),
  );
}

/** What is wanted and found where no doubt excuses a difference. */
export function withoutDoubt(
  doubts: readonly Doubt[],
  wanted: readonly WantedEntry[],
  found: readonly DiaryEntry[],
): { wanted: WantedEntry[]; found: DiaryEntry[] } {
  const excused = doubts.filter((doubt) => doubt.tried || (!doubt.clears && wanted.every((entry) => !isOf(doubt, entry) || isMild(entry))));
  return {
    wanted: wanted.filter((entry) => !excused.some((doubt) => isOf(doubt, entry))),
    found: found.filter(({ uid }) => !excused.some((doubt) => doubt.uid === uid)),
  };
}

function isOf({ account, start }: Doubt, entry: WantedEntry): boolean {
  return entry.account === account && entry.start === start;
}

function isMild({ objects }: WantedEntry): boolean {
  return Object.values(objects).every((impact) => impact === 'NO-IMPACT');
}
