import { userInfo } from 'node:os';
import { type Command, InvalidArgumentError } from 'commander';

/** Who did something, and why: kept with what it changed. */
export interface Act {
  readonly by: string;
  readonly reason: string;
}

/** As many characters as events and the audit trail take. */
const MOST_WORDS = 2000;

/** Adds `--by` and `--reason` to a command that is an act of a person. */
export function actOptions(command: Command): Command {
  return command
    .option('--by <NAME>', 'who does this', said, loginName())
    .requiredOption('--reason <TEXT>', 'why; it is kept with everything that this changes', said);
}

/** The same for what needs no reason of its own, but keeps one that is given. */
export function mayGiveReason(command: Command): Command {
  return command
    .option('--by <NAME>', 'who does this', said, loginName())
    .option('--reason <TEXT>', 'why; it is kept in the audit trail', said, 'asked for');
}

/** Words that say something, and not too many: what reads them later would refuse the others, when nobody is there to say it again. */
function said(text: string): string {
  const words = text.trim();
  if (words === '') throw new InvalidArgumentError('It must say something.');
  if (words.length > MOST_WORDS) throw new InvalidArgumentError(`It has ${words.length} characters: at most ${MOST_WORDS} are kept.`);
  return words;
}

/** Who is logged in on this machine. */
export function loginName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
}
