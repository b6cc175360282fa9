import { continueImport, startImport } from '../../../functions/intake/run-import.ts';

/*
 * A process that imports what the announcement in its arguments names, or goes on with the import of that id, as the
 * function would; so that a test can kill it, or look at its memory. Prints the largest memory it had, in bytes.
 */
const shift = { now: new Date(), timeLeft: () => 900_000 };
const argument = process.argv[2] ?? '';
await (argument.startsWith('{') ? startImport(JSON.parse(argument), shift) : continueImport(argument, shift));
process.stdout.write(String(process.resourceUsage().maxRSS * 1024));
