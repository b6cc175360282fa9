import type { Command } from 'commander';
import { now } from '../aws/clock.ts';
import { PermanentError } from '../events/failure.ts';
import { releaseWorks } from '../planned-works/reconsider.ts';
import { type WorksSummary, worksSummary } from '../planned-works/summary.ts';
import { type CloudOptions, openCloud, waitUntilIdle } from './cloud.ts';
import { colors, Failed, print, printJson, printTable } from './output.ts';
import { type Act, actOptions } from './people.ts';

type Options = CloudOptions & { readonly json: boolean };

/** `works status WORKS`: who was invited, who got it, who accepted and declined. */
export function worksStatusCommand(works: Command): void {
  works
    .command('status')
    .description('who was invited to works, got it, accepted, declined; what waits, what became a ticket')
    .argument('<WORKS>', 'a works id')
    .action(async (worksId: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      await openCloud(options);
      const summary = await worksSummary(worksId, now());
      if (!summary) throw new Failed(`No works ${worksId} have come.`);
      if (options.json) printJson(summary);
      else show(summary);
    });
}

/** `works release WORKS`: what was held goes out, by a named person. */
export function worksReleaseCommand(works: Command): void {
  actOptions(works.command('release').description('let works go out that wait for a named person').argument('<WORKS>', 'a works id'))
    .option('--no-wait', 'do not wait until the queues are empty')
    .action(async (worksId: string, _: unknown, command: Command) => {
      const { by, reason, json, wait, ...options } = command.optsWithGlobals<Options & Act & { wait: boolean }>();
      const cloud = await openCloud(options);
      await releaseWorks(worksId, { by, reason }, now()).catch((error: Error) => {
        throw error instanceof PermanentError ? new Failed(error.message) : error;
      });
      if (wait) await waitUntilIdle(cloud);
      if (json) printJson({ released: worksId, by, reason });
      else print(`Works ${worksId} go out; \`carrierpost works status ${worksId}\` shows to whom.`);
    });
}

function show(summary: WorksSummary): void {
  const { worksId, revision, status, class: worksClass, title, windows, hold, unknownServices, invitations, tickets, notes } = summary;
  print(colors.bold(`${worksId}, revision ${revision}: ${worksClass}, ${status}`));
  print(`  ${title}`);
  for (const window of windows) {
    const over = window.over ? ', over: nobody is newly told of it' : '';
    print(`  window ${window.windowId}: ${window.start} to ${window.end}, ${window.status}${over}`);
  }
  if (hold) {
    print(colors.yellow(`  waits for a named person since ${hold.since}: ${hold.reason}`));
    print(
      colors.yellow(`  ${hold.customers} customers, ${hold.recipients} recipients; \`carrierpost works release ${worksId} --reason TEXT\``),
    );
  }
  if (unknownServices.length > 0) print(colors.yellow(`  services that the directory does not know: ${unknownServices.join(', ')}`));
  if (invitations.length === 0) print('  Nobody was invited.');
  else
    printTable(
      ['customer', 'account', 'window', 'begins', 'contact', 'address', 'told', 'sequence', 'email', 'answer'],
      invitations.flatMap(({ ocn, account, windowId, start, recipients }) =>
        recipients.map(({ contactId, address, method, sequence, state, reason, answer }) => {
          const email = reason ? `${state}: ${reason}` : state;
          return [ocn, account, windowId, start, contactId, address, method, sequence, email, answer ?? ''];
        }),
      ),
    );
  for (const { ticketId, kind, ocn = '', address = '', at, reason } of tickets)
    print(`  ticket   ${ticketId} ${at} ${kind} ${ocn} ${address}: ${reason}`);
  for (const { address, at, partstat = 'no answer', reason } of notes) print(`  noted    ${at} ${address} ${partstat}: ${reason}`);
}
