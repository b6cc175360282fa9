import type { Command } from 'commander';
import { mailArrives } from './receive-mail.ts';

const LESSON = `
Each file is an email with its headers, as a mail program saves it. What its subject (or its text) names by a token of ours is
ended, whoever sent it; a mail without one changes nothing.

  carrierpost preferences unsubscribe unsubscribe.eml`;

/** `preferences unsubscribe FILE...`: a subcommand of `preferences`. */
export function preferencesUnsubscribeCommand(preferences: Command): void {
  const command = preferences
    .command('unsubscribe')
    .description('local cloud: emails arrive at the unsubscribe mailbox')
    .addHelpText('after', LESSON);
  mailArrives(command, 'unsubscribe');
}
