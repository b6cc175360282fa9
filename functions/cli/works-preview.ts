import type { DryRun } from '../planned-works/take-works.ts';
import { colors, print, printTable } from './output.ts';

/** Prints what works would set off: who would hear what, and what stands in the way. */
export function showPreview({ worksId, revision, customers, recipients, unknownServices, lines, hold, overtakenBy }: DryRun): void {
  print(colors.bold(`${worksId}, revision ${revision}: ${customers.length} customers, ${recipients} recipients, ${lines.length} emails`));
  if (overtakenBy !== null) print(colors.yellow(`  nothing would happen: revision ${overtakenBy} is known`));
  if (hold !== null) print(colors.yellow(`  would wait for a named person: ${hold}`));
  if (unknownServices.length > 0) print(colors.yellow(`  services that the directory does not know: ${unknownServices.join(', ')}`));
  if (lines.length === 0) return;
  printTable(
    ['customer', 'account', 'contact', 'address', 'window', 'email', 'calendar', 'sequence'],
    lines.map(({ ocn, account, contactId, address, windowId, variant, act, sequence }) => [
      ocn,
      account,
      contactId,
      address,
      windowId,
      variant,
      act,
      sequence,
    ]),
  );
}
