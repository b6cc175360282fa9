import { fileURLToPath } from 'node:url';
import { type Command, InvalidArgumentError } from 'commander';
import { type LocalCloud, STARTING_FILE, startLocalCloud } from '../../infra/local/local-cloud.ts';
import { ensureAssembly } from '../../infra/synthesize.ts';
import { checkedInstant, moveClock } from './at.ts';
import { openCloud } from './cloud.ts';
import { loadExport } from './load.ts';
import { colors, note, print } from './output.ts';
import { loginName } from './people.ts';

/** The sample carrier of the working tree, wherever the command is called from. */
export const SAMPLES = fileURLToPath(new URL('../../samples', import.meta.url));

export interface UpOptions {
  readonly data: string;
  readonly port?: number;
  readonly empty?: boolean;
  readonly at?: string;
  readonly chaos?: number;
}

/** `carrierpost up`: the local cloud, until Ctrl-C. */
export function upCommand(program: Command): void {
  program
    .command('up')
    .description('start the local cloud here: the same template and functions as on AWS, on emulators of this machine')
    .option('--port <N>', 'port of the public pages; 0 is any free one', portNumber)
    .option('--empty', 'do not load the sample carrier into a new data folder')
    .option('--at <INSTANT>', 'let the clock stand at this instant (RFC 3339)', checkedInstant)
    .option('--chaos <SEED>', 'duplicate and reorder deliveries, fail now and then; the same seed, the same mischief', wholeNumber)
    .addHelpText('after', '\nIt stays in the terminal and ends with Ctrl-C. DIR/local.json appears when it is\nready.')
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<UpOptions>();
      const cloud = await openUp(options);
      await prepare(cloud, options);
      cloud.announce();
      showAddresses(cloud);
      cloud.alarms.onRing = ({ name, description }) => note(colors.yellow(`Alarm ${name}: ${description}`));
      await untilStopped(cloud);
    });
}

/** Starts the local cloud of the working tree; it is announced by who has prepared it. */
export async function openUp({ data, port, chaos }: UpOptions): Promise<LocalCloud> {
  process.env.TZ = 'UTC';
  const assembly = await ensureAssembly('local');
  return startLocalCloud({ assembly, data, port, chaosSeed: chaos });
}

/** Waits for Ctrl-C, then stops everything; the exit code is 0. */
export async function untilStopped(cloud: LocalCloud): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
  await cloud.stop();
  process.exit(0);
}

export function showAddresses({ urls }: LocalCloud): void {
  print(`${colors.green('The local cloud is up.')} Ctrl-C stops it.`);
  print(`  console    ${urls.console}  (sign in as one of the invented people)`);
  print(`  mailbox    ${urls.mailbox}`);
  print(`  documents  ${urls.public}/d/...  (the links in the emails lead there)`);
}

async function prepare(cloud: LocalCloud, { data, empty, at }: UpOptions): Promise<void> {
  if (!empty && cloud.fresh) {
    note('Loading the sample carrier (samples/) ...');
    await loadExport(await openCloud({ data, stateFile: STARTING_FILE }), SAMPLES, { wait: true, by: loginName() });
  }
  if (at !== undefined) await moveClock({ data, stateFile: STARTING_FILE }, at);
}

function portNumber(text: string): number {
  const port = wholeNumber(text);
  if (port > 65_535) throw new InvalidArgumentError('It must be a port: 0 to 65535.');
  return port;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}
