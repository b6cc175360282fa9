import type { Server } from 'node:http';
import { createServer } from 'node:net';
import { type Ports, PortTaken } from './emulators/emulators.ts';
import { portOf } from './emulators/http.ts';
import type { StateFolder } from './state.ts';

/** Every loopback port of a local cloud. */
export interface AllPorts extends Ports {
  readonly public: number;
  readonly console: number;
  readonly identity: number;
  readonly control: number;
  readonly mailbox: number;
  readonly smtp: number;
}

const PORTS_FILE = 'ports.json';
const NAMES = ['messaging', 'dynamodb', 'ses', 'secrets', 'public', 'console', 'identity', 'control', 'mailbox', 'smtp'] as const;

/** True when a cloud ran on this folder before. */
export function hadPorts(state: StateFolder): boolean {
  return state.read(PORTS_FILE) !== undefined;
}

/**
 * The ports of the last run, or free ones; written down so that they stay.
 * @param asked the public pages' port, when it matters
 * @throws PortTaken
 */
export async function choosePorts(state: StateFolder, asked: number | undefined): Promise<AllPorts> {
  const kept = state.read<Partial<AllPorts>>(PORTS_FILE) ?? {};
  const free = await freePorts(NAMES.filter((name) => kept[name] === undefined).length);
  const ports = Object.fromEntries(NAMES.map((name) => [name, kept[name] ?? free.pop() ?? 0])) as unknown as AllPorts;
  const chosen = asked ? { ...ports, public: asked } : ports;
  for (const name of NAMES) await assertFree(name, chosen[name]);
  state.write(PORTS_FILE, chosen);
  return chosen;
}

export function originOf(port: number): string {
  return `http://127.0.0.1:${port}`;
}

/** Turns "address in use" into a sentence that names the port. */
export function taken(what: string, port: number): (error: NodeJS.ErrnoException) => never {
  return (error) => {
    throw error.code === 'EADDRINUSE' ? new PortTaken(what, port) : error;
  };
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => bind(0)));
  const ports = servers.map((server) => portOf(server as Server));
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

async function assertFree(name: string, port: number): Promise<void> {
  const server = await bind(port).catch(taken(name, port));
  await new Promise((resolve) => server.close(resolve));
}

function bind(port: number): Promise<ReturnType<typeof createServer>> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
