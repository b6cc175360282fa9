import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { type CloudOptions, openLocalCloud } from './cloud.ts';
import { print, printJson } from './output.ts';

interface Listed {
  readonly number: number;
  readonly mail: { readonly id: string; readonly at: string };
}

const PAGE = 200;

/** `carrierpost mail export DIR`; the rest of `mail` is added by its own files, in any order. */
export function mailExportCommand(program: Command): void {
  mailOf(program)
    .command('export')
    .argument('<dir>', 'folder for the .eml files; made when it is missing')
    .description('local cloud only: every email as it was sent, one .eml each, named so that they sort by time')
    .action(async (directory: string, _, command: Command) => {
      const options = command.optsWithGlobals<CloudOptions & { json: boolean }>();
      const emails = await exportMail(options, directory);
      if (options.json) printJson({ emails, directory });
      else print(`${emails} emails in ${directory}`);
    });
}

/** Writes every email, a page at a time. Answers how many there were. */
export async function exportMail(options: CloudOptions, directory: string): Promise<number> {
  const { local } = await openLocalCloud(options);
  await mkdir(directory, { recursive: true });
  let written = 0;
  let after = 0;
  for (;;) {
    const page = await local.ask<Listed[]>(`/mail?after=${after}&limit=${PAGE}`);
    for (const { number, mail } of page) {
      const name = `${mail.at.replaceAll(':', '')}-${String(number).padStart(7, '0')}.eml`;
      await writeFile(
        join(directory, name),
        Buffer.from((await local.ask<{ raw: string }>(`/mail/${encodeURIComponent(mail.id)}`)).raw, 'base64'),
      );
      after = number;
      written += 1;
    }
    if (page.length < PAGE) return written;
  }
}

function mailOf(program: Command): Command {
  return (
    program.commands.find((command) => command.name() === 'mail') ??
    program.command('mail').description('emails: the brake on sending, and what was sent')
  );
}
