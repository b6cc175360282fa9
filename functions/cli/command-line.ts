import { Command, CommanderError } from 'commander';
import { colors, Failed, note, UsageError } from './output.ts';

const ABOUT = 'The post room of a telecom carrier: bills in; invoices, call records and number lists out.';

const LESSON = `
A month-end on this machine:
  carrierpost up --empty --at 2026-11-01T00:00:00Z   in a terminal of its own
  carrierpost load samples                           a carrier's export goes in
  carrierpost at 2026-11-04T12:00:00Z                what is due then is done
  carrierpost runs 2026-10                           what came of it
  carrierpost documents B10020101 2026-10            what this account sees now

On AWS, with credentials and region as the AWS command line takes them:
  carrierpost runs 2026-10 --stage production

Exit codes: 0 done; 1 the work failed, and why; 2 the command was wrong.`;

/** In the order of a month. Each is loaded only when it is meant: the local cloud is large, and `documents` should answer at once. */
const COMMANDS: Readonly<Record<string, (program: Command) => Promise<void>>> = {
  start: async (program) => (await import('./start.ts')).startCommand(program),
  up: async (program) => (await import('./up.ts')).upCommand(program),
  load: async (program) => (await import('./load.ts')).loadCommand(program),
  works: async (program) => (await import('./works.ts')).worksCommand(program),
  at: async (program) => (await import('./at.ts')).atCommand(program),
  runs: async (program) => (await import('./runs.ts')).runsCommand(program),
  rerun: async (program) => (await import('./rerun.ts')).rerunCommand(program),
  correct: async (program) => (await import('./correct.ts')).correctCommand(program),
  review: async (program) => (await import('./review.ts')).reviewCommand(program),
  documents: async (program) => (await import('./documents.ts')).documentsCommand(program),
  print: async (program) => (await import('./print.ts')).printCommand(program),
  mail: async (program) => {
    (await import('./mail.ts')).mailCommand(program);
    (await import('./mail-export.ts')).mailExportCommand(program);
  },
  tasks: async (program) => (await import('./tasks.ts')).tasksCommand(program),
  suppression: async (program) => (await import('./suppression.ts')).suppressionCommand(program),
  held: async (program) => (await import('./held.ts')).heldCommand(program),
  preferences: async (program) => (await import('./preferences.ts')).preferencesCommand(program),
  keys: async (program) => (await import('./keys.ts')).keysCommand(program),
  privacy: async (program) => (await import('./privacy.ts')).privacyCommand(program),
  audit: async (program) => (await import('./audit.ts')).auditCommand(program),
  dlq: async (program) => (await import('./dlq.ts')).dlqCommand(program),
};

const USAGE_ERROR = 2;

/**
 * Runs the words of a command line, as `process.argv` has them.
 * @returns the exit code: 0 done, 1 the work failed, 2 the command was wrong; why stands on standard error
 */
export async function run(argv: readonly string[]): Promise<number> {
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
  await addCommands(program, argv.slice(2));
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

/** Loads the commands that the words name, or all of them when help has to list them. */
async function addCommands(program: Command, words: readonly string[]): Promise<void> {
  const named = words.flatMap((word) => (Object.hasOwn(COMMANDS, word) ? [COMMANDS[word]] : []));
  for (const add of named.length > 0 && words[0] !== 'help' ? named : Object.values(COMMANDS)) await add?.(program);
}
