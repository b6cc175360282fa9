import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { createServer } from 'node:net';
import { Alarms } from './alarms.ts';
import { allocateClock, type ClockMemory, readClock } from './clock-memory.ts';
import { startControl } from './control.ts';
import { chaosFrom } from './emulators/chaos.ts';
import { type Emulators, endpointVariables, type Ports, PortTaken, startEmulators } from './emulators/emulators.ts';
import { closeServer, portOf } from './emulators/http.ts';
import { Mailbox } from './mailbox.ts';
import { build, localFile } from './resources.ts';
import { Activity } from './runtime/activity.ts';
import { EventSource } from './runtime/event-source.ts';
import { Functions } from './runtime/functions.ts';
import { startHttpApi } from './runtime/http-api.ts';
import { LocalIssuer } from './runtime/jwt.ts';
import { FunctionLogs } from './runtime/logs.ts';
import { Simulation } from './simulation.ts';
import { StateFolder } from './state.ts';
import { readBlueprint } from './template/blueprint.ts';
import type { Blueprint, FunctionPart } from './template/parts.ts';
import { queueAddress } from './template/physical.ts';
import { type Due, scheduleInput, TimeLine } from './time-line.ts';

export interface LocalCloudSettings {
  /** The synthesized assembly (`cdk.out`). */
  readonly assembly: string;
  /** Where everything is kept. */
  readonly data: string;
  /** The public pages' port; without one, or with 0, the last used, else any free one. */
  readonly port?: number | undefined;
  readonly chaosSeed?: number | undefined;
}

export interface LocalCloud {
  /** The data folder was empty before. */
  readonly fresh: boolean;
  readonly urls: { readonly public: string; readonly console: string; readonly mailbox: string };
  readonly simulation: Simulation;
  readonly activity: Activity;
  readonly alarms: Alarms;
  /** Says that everything is ready: `local.json` appears. Until then `starting.json` tells the same to who prepares the cloud. */
  announce(): void;
  stop(): Promise<void>;
}

interface AllPorts extends Ports {
  readonly public: number;
  readonly control: number;
  readonly mailbox: number;
  readonly smtp: number;
}

const PORTS_FILE = 'ports.json';
const LOCAL_FILE = 'local.json';
export const STARTING_FILE = 'starting.json';
const CONTROL_FILE = 'control.json';

/**
 * Starts the local cloud: emulators, the template's functions, schedules, pages, mailbox. `local.json` appears when the
 * caller announces it. Whatever it holds survives a kill of the process at any moment.
 * @throws FolderInUse, PortTaken, UnknownInTemplate
 */
export async function startLocalCloud({ assembly, data, port, chaosSeed }: LocalCloudSettings): Promise<LocalCloud> {
  const blueprint = readBlueprint(assembly);
  const state = new StateFolder(data);
  state.own();
  state.remove(LOCAL_FILE);
  state.remove(CONTROL_FILE);
  const clock = allocateClock();
  const fresh = state.read(PORTS_FILE) === undefined;
  const ports = await choosePorts(state, port);
  const emulators = await startEmulators(
    { directory: state.fileOf('state'), region: blueprint.region, checkExpiry: true, chaosSeed },
    clock,
    ports,
  );
  await build(blueprint, emulators);
  const parts = assemble(blueprint, emulators, { clock, state, ports, chaosSeed });
  const servers = await serve(parts, ports);
  await parts.mailbox.start();
  const urls = urlsOf(ports);
  state.write(CONTROL_FILE, { url: `http://127.0.0.1:${ports.control}` });
  state.write(STARTING_FILE, localFile(blueprint, ports, urls));
  parts.activity.wakeAll();
  return {
    fresh,
    urls,
    simulation: parts.simulation,
    activity: parts.activity,
    alarms: parts.alarms,
    announce: () => state.rename(STARTING_FILE, LOCAL_FILE),
    stop: () => stop(parts, servers, emulators, state),
  };
}

type Parts = ReturnType<typeof assemble>;

interface Ground {
  readonly clock: ClockMemory;
  readonly state: StateFolder;
  readonly ports: AllPorts;
  readonly chaosSeed: number | undefined;
}

function assemble(blueprint: Blueprint, emulators: Emulators, { clock, state, ports, chaosSeed }: Ground) {
  const logs = new FunctionLogs(state.fileOf('log'));
  const now = () => readClock(clock);
  const alarms = new Alarms(blueprint.alarms, now);
  logs.onMetric = (point) => alarms.record(point);
  const functions = new Functions({
    parts: blueprint.functions.map((part) => localize(part, blueprint, ports)),
    variables: endpointVariables(ports, blueprint.region),
    clock,
    logs,
    hasty: chaosSeed !== undefined,
  });
  const chaos = chaosFrom(chaosSeed);
  const sources = blueprint.mappings.map((mapping) => new EventSource(mapping, emulators.messaging, functions, chaos));
  const activity = new Activity(emulators.messaging, emulators.mail, functions, sources);
  const timeLine = new TimeLine(blueprint.schedules);
  const simulation = new Simulation({ clock, state, timeLine, activity, fire: (due) => fire(due, blueprint, functions) });
  const isBusy = () => functions.busy() > 0;
  const mailbox = new Mailbox({ directory: state.path, smtpPort: ports.smtp, webPort: ports.mailbox, mail: emulators.mail, isBusy });
  const issuer = new LocalIssuer(state, now);
  return { blueprint, issuer, logs, alarms, functions, sources, activity, simulation, mailbox, emulators, now };
}

/** The template's addresses of AWS become those of this machine. */
function localize(part: FunctionPart, { region, account }: Blueprint, ports: AllPorts): FunctionPart {
  const [theirs, ours] = [queueAddress(region, account, ''), `http://127.0.0.1:${ports.messaging}/${account}/`];
  const variables = Object.entries(part.environment).map(([name, value]) => [
    name,
    value.startsWith(theirs) ? ours + value.slice(theirs.length) : value,
  ]);
  return { ...part, environment: { ...Object.fromEntries(variables), PUBLIC_ORIGIN: `http://127.0.0.1:${ports.public}` } };
}

async function fire({ part, at }: Due, { account, region }: Blueprint, functions: Functions): Promise<void> {
  if (!functions.has(part.targetArn))
    throw new Error(`The schedule ${part.name} calls ${part.targetArn}, which is no function of the template`);
  await functions.invoke(part.targetArn, scheduleInput(part, at, account, region, randomUUID()));
}

async function serve(parts: Parts, ports: AllPorts): Promise<Server[]> {
  const { blueprint, issuer, functions, simulation, activity, alarms, emulators, now } = parts;
  const api = await startHttpApi(blueprint.routes, functions, ports.public, { now, issuer }).catch(taken('public pages', ports.public));
  const jwt = blueprint.routes.find((route) => route.jwt)?.jwt;
  const control = { simulation, activity, alarms, queues: emulators.messaging, mail: emulators.mail, issuer, jwt };
  return [api, await startControl(control, ports.control).catch(taken('control', ports.control))];
}

function urlsOf(ports: AllPorts): LocalCloud['urls'] {
  const pages = `http://127.0.0.1:${ports.public}`;
  return { public: pages, console: `${pages}/console`, mailbox: `http://127.0.0.1:${ports.mailbox}` };
}

/** The ports of the last run, or free ones; written down so that they stay. */
async function choosePorts(state: StateFolder, asked: number | undefined): Promise<AllPorts> {
  const kept = state.read<AllPorts>(PORTS_FILE);
  const names = ['messaging', 'dynamodb', 'ses', 'secrets', 'public', 'control', 'mailbox', 'smtp'] as const;
  const free = kept ? [] : await freePorts(names.length);
  const ports = Object.fromEntries(names.map((name, index) => [name, kept?.[name] ?? free[index] ?? 0])) as unknown as AllPorts;
  const chosen = asked ? { ...ports, public: asked } : ports;
  for (const name of names) await assertFree(name, chosen[name]);
  state.write(PORTS_FILE, chosen);
  return chosen;
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

function taken(what: string, port: number): (error: NodeJS.ErrnoException) => never {
  return (error) => {
    throw error.code === 'EADDRINUSE' ? new PortTaken(what, port) : error;
  };
}

async function stop(parts: Parts, servers: readonly Server[], emulators: Emulators, state: StateFolder): Promise<void> {
  state.remove(LOCAL_FILE);
  state.remove(STARTING_FILE);
  state.remove(CONTROL_FILE);
  parts.simulation.stop();
  for (const source of parts.sources) source.stop();
  await Promise.all(servers.map(closeServer));
  parts.functions.stop();
  await parts.mailbox.stop();
  await emulators.stop();
  await parts.logs.close();
  state.remove('owner.json');
}
