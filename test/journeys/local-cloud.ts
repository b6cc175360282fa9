import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CommandShell } from './command-shell.ts';

const COMMAND = resolve(import.meta.dirname, '../../bin/carrierpost.mjs');
const READY_WITHIN = 120_000;
const LOOK_EVERY = 50;
/** Commands that start a process each: a process keeps the keys that it has read for a while. */
const OWN_PROCESS: ReadonlySet<string> = new Set(['keys']);

/** `DIR/local.json`, as the contract has it. */
export interface LocalFile {
  readonly pid: number;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly endpoints: Readonly<Record<'sqs' | 's3' | 'dynamodb' | 'ses', string>>;
  readonly queues: Readonly<Record<string, string>>;
  readonly buckets: Readonly<Record<string, string>>;
  readonly tables: Readonly<Record<string, string>>;
  readonly urls: { readonly public: string; readonly console: string; readonly mailbox: string };
}

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A local cloud in a process of its own, driven by nothing but its contracts. */
export interface LocalCloud {
  readonly data: string;
  readonly file: LocalFile;
  /** Runs a command to its end, whatever the end is. */
  run(...args: string[]): Promise<Ran>;
  /** Runs a command that must succeed. */
  must(...args: string[]): Promise<Ran>;
  /** What a command that must succeed prints with `--json`. */
  json<T>(...args: string[]): Promise<T>;
  /** Kill -9: nothing gets to say goodbye. */
  kill(): Promise<void>;
  /** Ctrl-C. */
  stop(): Promise<void>;
  /** What it has printed so far. */
  said(): string;
}

/** Starts `carrierpost up --empty` on a data folder, new or left behind by a killed one, and waits until it is ready. */
export async function startLocalCloud(data: string, ...options: string[]): Promise<LocalCloud> {
  const port = existsSync(join(data, 'local.json')) ? [] : ['--port', String(await freePort())];
  const child = spawn(process.execPath, [COMMAND, 'up', '--empty', '--data', data, ...port, ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const file = await readiness(child, data, () => said);
  const shell = new CommandShell();
  const run = (...args: string[]) => {
    const words = [...args, '--data', data];
    return OWN_PROCESS.has(args[0] ?? '') ? carrierpost(...words) : shell.run(words);
  };
  const must = async (...args: string[]) => {
    const ran = await run(...args);
    if (ran.code !== 0)
      throw new Error(`carrierpost ${args.join(' ')} ended with ${ran.code}:\n${ran.stderr}${ran.stdout}\n${said.slice(-4000)}`);
    return ran;
  };
  const end = async (signal: NodeJS.Signals) => {
    shell.end();
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    process.kill(signal === 'SIGKILL' ? file.pid : (child.pid as number), signal);
    await gone;
  };
  return {
    data,
    file,
    run,
    must,
    json: async <T>(...args: string[]) => JSON.parse((await must(...args, '--json')).stdout) as T,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGINT'),
    said: () => said,
  };
}

/** Runs the command line once. */
export async function carrierpost(...args: string[]): Promise<Ran> {
  const child = spawn(process.execPath, [COMMAND, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

/** Ready is when local.json stands there with a process that lives; the one of a killed cloud names a dead process. */
async function readiness(child: ChildProcess, data: string, said: () => string): Promise<LocalFile> {
  const deadline = performance.now() + READY_WITHIN;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`carrierpost up ended with ${child.exitCode}:\n${said()}`);
    const file = readLocalFile(data);
    if (file && isAlive(file.pid)) return file;
    await pause(LOOK_EVERY);
  }
  child.kill('SIGKILL');
  throw new Error(`carrierpost up was not ready after ${READY_WITHIN / 1000} seconds:\n${said()}`);
}

function readLocalFile(data: string): LocalFile | undefined {
  try {
    return JSON.parse(readFileSync(join(data, 'local.json'), 'utf8')) as LocalFile;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port is free on this machine');
  return address.port;
}
