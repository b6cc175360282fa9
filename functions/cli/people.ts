import { userInfo } from 'node:os';
import type { Command } from 'commander';

/** Who did something, and why: kept with what it changed. */
export interface Act {
  readonly by: string;
  readonly reason: string;
}

/** Adds `--by` and `--reason` to a command that is an act of a person. */
export function actOptions(command: Command): Command {
  return command
    .option('--by <NAME>', 'who does this', loginName())
    .requiredOption('--reason <TEXT>', 'why; it is kept with everything that this changes');
}

/** The same for what needs no reason of its own, but keeps one that is given. */
export function mayGiveReason(command: Command): Command {
  return command
    .option('--by <NAME>', 'who does this', loginName())
    .option('--reason <TEXT>', 'why; it is kept in the audit trail', 'asked for');
}

/** Who is logged in on this machine. */
export function loginName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
}
