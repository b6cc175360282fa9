import type { Command } from 'commander';
import { mailArrives } from './receive-mail.ts';

const LESSON = `
Each file is an email with its headers, as a mail program saves it. Whether its sender is proven is what DMARC says in the
file's topmost Authentication-Results header; without such a header it is.

  carrierpost works reply accepted.eml
  carrierpost works reply forged.eml            with "Authentication-Results: mx.example; dmarc=fail"`;

/** `works reply FILE...`: a subcommand of `works`. */
export function worksReplyCommand(works: Command): void {
  const command = works
    .command('reply')
    .description('local cloud: emails arrive at the planned-works mailbox')
    .addHelpText('after', LESSON);
  mailArrives(command, 'works');
}
