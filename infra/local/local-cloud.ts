import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { Alarms } from './alarms.ts';
import { startApis } from './apis.ts';
import { allocateClock, type ClockMemory, readClock } from './clock-memory.ts';
import { startControl } from './control.ts';
import { chaosFrom } from './emulators/chaos.ts';
import { type Emulators, endpointVariables, startEmulators } from './emulators/emulators.ts';
import { closeServer } from './emulators/http.ts';
import { Mailbox } from './mailbox.ts';
import { type AllPorts, choosePorts, hadPorts, originOf, taken } from './ports.ts';
import { build, localFile } from './resources.ts';
import { Activity } from './runtime/activity.ts';
import { EventSource } from './runtime/event-source.ts';
import { Functions } from './runtime/functions.ts';
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
  const fresh = !hadPorts(state);
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
  state.write(CONTROL_FILE, { url: originOf(ports.control) });
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
  const [theirs, ours] = [queueAddress(region, account, ''), `${originOf(ports.messaging)}/${account}/`];
  const variables = Object.entries(part.environment).map(([name, value]) => [
    name,
    value.startsWith(theirs) ? ours + value.slice(theirs.length) : value,
  ]);
  const addresses = {
    PUBLIC_ORIGIN: originOf(ports.public),
    CONSOLE_ORIGIN: originOf(ports.console),
    CONSOLE_ISSUER: originOf(ports.identity),
  };
  return { ...part, environment: { ...Object.fromEntries(variables), ...addresses } };
}

async function fire({ part, at }: Due, { account, region }: Blueprint, functions: Functions): Promise<void> {
  if (!functions.has(part.targetArn))
    throw new Error(`The schedule ${part.name} calls ${part.targetArn}, which is no function of the template`);
  await functions.invoke(part.targetArn, scheduleInput(part, at, account, region, randomUUID()));
}

async function serve(parts: Parts, ports: AllPorts): Promise<Server[]> {
  const { blueprint, issuer, functions, simulation, activity, alarms, emulators, now } = parts;
  const apis = await startApis(blueprint, functions, ports, { now, issuer });
  const jwt = blueprint.apis.flatMap(({ routes }) => routes).find((route) => route.jwt)?.jwt;
  const control = { simulation, activity, alarms, queues: emulators.messaging, mail: emulators.mail, issuer, jwt };
  return [...apis, await startControl(control, ports.control).catch(taken('control', ports.control))];
}

function urlsOf(ports: AllPorts): LocalCloud['urls'] {
  return { public: originOf(ports.public), console: originOf(ports.console), mailbox: originOf(ports.mailbox) };
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
