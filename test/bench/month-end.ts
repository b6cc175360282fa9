import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { BENCH_PERIOD, writeCarrierOf } from './carrier-of.ts';

/** What one month-end took, from the preparation to the last email, and the most memory the whole local cloud held while it ran. */
export interface MonthEnd {
  readonly accounts: number;
  readonly loadSeconds: number;
  readonly monthEndSeconds: number;
  readonly accountsPerMinute: number;
  readonly peakMegabytes: number;
}

const BIN = new URL('../../bin/carrierpost.mjs', import.meta.url).pathname;
const PUBLICATION = '2026-11-04T07:00:00.000Z';
/** By then the emails are out, at the sending rate. */
const DELIVERED = '2026-11-04T08:00:00Z';

/** Plays the month-end of a carrier with so many accounts through a local cloud of its own. */
export async function playMonthEnd(accounts: number): Promise<MonthEnd> {
  const folder = mkdtempSync(join(tmpdir(), 'carrierpost-bench-'));
  const data = join(folder, 'data');
  await writeCarrierOf(accounts, join(folder, 'export'));
  const cloud = spawn(process.execPath, [BIN, 'up', '--empty', '--data', data], { stdio: ['ignore', 'ignore', 'inherit'] });
  try {
    await ready(data, cloud);
    const { pid } = JSON.parse(readFileSync(join(data, 'local.json'), 'utf8')) as { pid: number };
    const loadSeconds = await timed(() => carrierpost('load', join(folder, 'export'), '--data', data));
    const monthEndSeconds = await timed(() => carrierpost('at', DELIVERED, '--data', data));
    await assertPublished(data, accounts);
    return {
      accounts,
      loadSeconds: Math.round(loadSeconds),
      monthEndSeconds: Math.round(monthEndSeconds),
      accountsPerMinute: Math.round((accounts / monthEndSeconds) * 60),
      peakMegabytes: peakMegabytesOf(pid),
    };
  } finally {
    cloud.kill('SIGTERM');
    await once(cloud, 'exit');
    rmSync(folder, { recursive: true, force: true });
  }
}

async function ready(data: string, cloud: ReturnType<typeof spawn>): Promise<void> {
  while (!existsSync(join(data, 'local.json'))) {
    if (cloud.exitCode !== null) throw new Error(`carrierpost up ended with ${cloud.exitCode}`);
    await delay(100);
  }
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await act();
  return (performance.now() - start) / 1000;
}

async function carrierpost(...args: string[]): Promise<string> {
  const child = spawn(process.execPath, [BIN, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error(`carrierpost ${args.join(' ')} ended with ${code}:\n${output}`);
  return output;
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

function peakMegabytesOf(pid: number): number {
  const peak = readFileSync(`/proc/${pid}/status`, 'utf8').match(/^VmHWM:\s+(\d+) kB/m)?.[1];
  return Math.round(Number(peak) / 1024);
}
