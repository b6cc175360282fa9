import { join } from 'node:path';
import { BENCH_PERIOD, writeCarrierOf } from './carrier-of.ts';
import { carrierpost, inCloud, timed } from './cloud.ts';

/** What one month-end took, from the preparation to the last email, and the most memory the whole local cloud held while it ran. */
export interface MonthEnd {
  readonly accounts: number;
  readonly loadSeconds: number;
  readonly monthEndSeconds: number;
  readonly accountsPerMinute: number;
  readonly peakMegabytes: number;
}

const PUBLICATION = '2026-11-04T07:00:00.000Z';
/** By then the emails are out, at the sending rate. */
const DELIVERED = '2026-11-04T08:00:00Z';

/** Plays the month-end of a carrier with so many accounts through a local cloud of its own. */
export async function playMonthEnd(accounts: number): Promise<MonthEnd> {
  return inCloud(async ({ folder, data, peakMegabytes }) => {
    await writeCarrierOf(accounts, join(folder, 'export'));
    const loadSeconds = await timed(() => carrierpost('load', join(folder, 'export'), '--data', data));
    const monthEndSeconds = await timed(() => carrierpost('at', DELIVERED, '--data', data));
    await assertPublished(data, accounts);
    return {
      accounts,
      loadSeconds: Math.round(loadSeconds),
      monthEndSeconds: Math.round(monthEndSeconds),
      accountsPerMinute: Math.round((accounts / monthEndSeconds) * 60),
      peakMegabytes: peakMegabytes(),
    };
  });
}

/** A fast month-end that mailed nobody would be worth nothing. */
async function assertPublished(data: string, accounts: number): Promise<void> {
  const runs = JSON.parse(await carrierpost('runs', BENCH_PERIOD, '--json', '--data', data)) as {
    state: string;
    publishedAt: string;
    counts: { emailsSent: number };
    failures: [];
  }[];
  const run = runs[0];
  const whole = run?.state === 'delivered' && run.publishedAt === PUBLICATION && run.counts.emailsSent === accounts;
  if (!whole || run.failures.length > 0) throw new Error(`The month-end of ${accounts} accounts did not go out: ${JSON.stringify(run)}`);
}
