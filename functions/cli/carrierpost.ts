import { readdirSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { colors, Failed, note, UsageError } from './output.ts';

const ABOUT = 'The post room of a telecom carrier: bills in; invoices, call records and number lists out.';

const LESSON = `
A month-end on this machine:
  carrierpost up --empty --at 2026-11-01T00:00:00Z   start a local cloud (in a terminal of its own)
  carrierpost load samples                           a carrier's export goes into the intake
  carrierpost at 2026-11-04T12:00:00Z                time passes: what is due is prepared, published, mailed
  carrierpost runs 2026-10                           what happened, with every failure by name
  carrierpost documents B1001 2026-10                what this account can see now

On AWS, with credentials and region as the AWS command line takes them:
  carrierpost runs 2026-10 --stage production

Exit codes: 0 done; 1 the work failed, the reason is told; 2 the command was wrong, the usage is told.`;

const USAGE_ERROR = 2;

process.exitCode = await run(process.argv);

async function run(argv: readonly string[]): Promise<number> {
  const program = new Command('carrierpost')
    .description(ABOUT)
    .addHelpText('after', LESSON)
    .option('--json', 'machine-readable output', false)
    .option('--data <DIR>', 'where the local cloud keeps its state', '.carrierpost')
    .option('--stage <NAME>', 'work on this stage on AWS instead of the local cloud')
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError()
    .helpCommand(true)
    .exitOverride();
  let running = program;
  program.hook('preAction', (_, action) => {
    running = action;
  });
  await addCommands(program);
  try {
    await program.parseAsync(argv);
    return Number(process.exitCode ?? 0);
  } catch (error) {
    return exitCodeOf(error, running);
  }
}

function exitCodeOf(error: unknown, command: Command): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE_ERROR;
  if (error instanceof UsageError) {
    note(`error: ${error.message}\n\n${command.helpInformation()}`);
    return USAGE_ERROR;
  }
  note(colors.red(error instanceof Failed ? error.message : reasonOf(error)));
  return 1;
}

/** An unexpected error shows where it came from only when asked: DEBUG=1. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return process.env.DEBUG ? (error.stack ?? error.message) : `${error.name}: ${error.message}`;
}

async function addCommands(program: Command): Promise<void> {
  for (const name of readdirSync(import.meta.dirname).filter((file) => file.endsWith('.ts') && file !== 'carrierpost.ts')) {
    const module = (await import(`./${name}`)) as Record<string, unknown>;
    for (const [exported, add] of Object.entries(module)) {
      if (exported.endsWith('Command') && typeof add === 'function') (add as (to: Command) => void)(program);
    }
  }
}
