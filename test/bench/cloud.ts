import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const BIN = new URL('../../bin/carrierpost.mjs', import.meta.url).pathname;

/** An empty local cloud in a process of its own, and a folder for what is fed to it. */
interface BenchCloud {
  readonly folder: string;
  readonly data: string;
  /** The most memory that the whole cloud held so far. */
  readonly peakMegabytes: () => number;
}

/** Starts a local cloud, lets something be done with it, and ends it with all that it kept. */
export async function inCloud<Result>(act: (cloud: BenchCloud) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'carrierpost-bench-'));
  const data = join(folder, 'data');
  const cloud = spawn(process.execPath, [BIN, 'up', '--empty', '--data', data], { stdio: ['ignore', 'ignore', 'inherit'] });
  try {
    await ready(data, cloud);
    const { pid } = JSON.parse(readFileSync(join(data, 'local.json'), 'utf8')) as { pid: number };
    return await act({ folder, data, peakMegabytes: () => peakMegabytesOf(pid) });
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

/** How many seconds something takes. */
export async function timed(act: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await act();
  return (performance.now() - start) / 1000;
}

/** Runs a command that must succeed, and answers what it prints. */
export async function carrierpost(...args: string[]): Promise<string> {
  const child = spawn(process.execPath, [BIN, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error(`carrierpost ${args.join(' ')} ended with ${code}:\n${output}`);
  return output;
}

function peakMegabytesOf(pid: number): number {
  const peak = readFileSync(`/proc/${pid}/status`, 'utf8').match(/^VmHWM:\s+(\d+) kB/m)?.[1];
  return Math.round(Number(peak) / 1024);
}
