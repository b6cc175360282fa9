import { type AccountRecord, isShown } from './account.ts';
import { accountRecords } from './chunk.ts';
import { isPublished, type Run } from './run.ts';
import { listRuns } from './run-store.ts';

/** What earlier publications of the same period and calendar issued for these accounts, oldest first. */
export async function issuedBefore(
  run: Pick<Run, 'period' | 'calendar' | 'sequence'>,
  bcns: readonly string[],
): Promise<Map<string, AccountRecord[]>> {
  const byAccount = new Map<string, AccountRecord[]>();
  if (run.sequence === 1) return byAccount;
  for await (const earlier of listRuns(run.period, run.calendar)) {
    if (earlier.sequence >= run.sequence || !isPublished(earlier.stage)) continue;
    for (const record of (await accountRecords(earlier.runId, bcns)).values()) {
      if (isShown(record)) byAccount.set(record.bcn, [...(byAccount.get(record.bcn) ?? []), record]);
    }
  }
  return byAccount;
}
