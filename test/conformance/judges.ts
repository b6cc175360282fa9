import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** No judge says more. */
const MOST_BYTES = 256 * 1024 * 1024;

/** Programs that judge, with the Debian package that brings each. */
export const PROGRAMS = {
  qpdf: 'qpdf',
  pdffonts: 'poppler-utils',
  pdftotext: 'poppler-utils',
  chromium: 'chromium',
  spamassassin: 'spamassassin',
} as const;

export type Program = keyof typeof PROGRAMS;

/** Judges from npm are installed into a folder of their own: they do not belong to the product's tree. */
export const PACKAGES = { 'html-validate': '11.18.0', 'axe-core': '4.14.1' } as const;

/** Judges from PyPI. Each has a folder of its own: one of them wants an older version of another. */
export const PYTHON = { icalendar: '7.3.2', vobject: '0.9.9', 'circuit-maintenance-parser': '2.12.0' } as const;

export type PythonJudge = keyof typeof PYTHON;

/** libical is a library: a small program asks it, which is compiled where the judge is installed. */
export type Judge = Program | keyof typeof PACKAGES | PythonJudge | 'libical';

/** The versions are in its name: a newer judge gets a new folder. */
export const JUDGES = join(tmpdir(), ['carrierpost-judges', ...Object.values(PACKAGES)].join('-'));

/** The program that asks libical. */
export const LIBICAL = join(JUDGES, 'libical-check');

/** Loads a judge that was installed from npm. */
export const requireJudge = createRequire(join(JUDGES, 'judges.cjs'));

/** Where a program lies on this machine; undefined when it is not installed. */
export function pathOf(program: Program): string | undefined {
  return (process.env.PATH ?? '')
    .split(':')
    .map((folder) => join(folder, program))
    .find(existsSync);
}

/** The folder of a judge from PyPI; it is there when all of it is installed. */
export function folderOf(judge: PythonJudge): string {
  return join(JUDGES, `${judge}-${PYTHON[judge]}`);
}

/** True when a judge is on this machine; tests of one that is not are skipped. */
export function isJudgeThere(judge: Judge): boolean {
  if (judge in PROGRAMS) return pathOf(judge as Program) !== undefined;
  if (judge in PYTHON) return existsSync(folderOf(judge as PythonJudge));
  if (judge === 'libical') return existsSync(LIBICAL);
  return existsSync(join(JUDGES, 'node_modules', judge, 'package.json'));
}

/** A judge that says nothing for so long has lost its way. */
const LONGEST_SECONDS = 100;

/** Runs a judge that must be there and answers what it says, with its exit code. */
export function ask(program: Program, args: readonly string[], input?: Buffer): { status: number | null; said: string } {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    input,
    encoding: 'utf8',
    maxBuffer: MOST_BYTES,
    timeout: LONGEST_SECONDS * 1000,
  });
  if ((error as NodeJS.ErrnoException | undefined)?.code === 'ETIMEDOUT')
    throw new Error(`${program} was asked ${args.join(' ')} and said nothing for ${LONGEST_SECONDS} seconds`);
  if (error) throw new Error(`${program} could not be started (${error.message}): install the package ${PROGRAMS[program]}`);
  return { status, said: stdout + stderr };
}

/** What a judge from PyPI makes of some files, through a script that lies beside this one and prints JSON. */
export function askPython<T>(judge: PythonJudge, script: string, args: readonly string[]): T {
  const path = join(import.meta.dirname, script);
  const env = { ...process.env, PYTHONPATH: folderOf(judge), PYTHONDONTWRITEBYTECODE: '1' };
  return JSON.parse(printed(script, spawnSync('python3', [path, ...args], { env, encoding: 'utf8', maxBuffer: MOST_BYTES }))) as T;
}

/** What libical has against calendar files: lines of file, tab and fault. It leaves each file as it would write it, as `FILE.again`. */
export function askLibical(files: readonly string[]): string[] {
  const said = printed('libical-check', spawnSync(LIBICAL, files, { encoding: 'utf8', maxBuffer: MOST_BYTES }));
  return said.split('\n').filter((line) => line !== '');
}

function printed(name: string, { status, stdout, stderr, error }: SpawnSyncReturns<string>): string {
  if (error || status !== 0) throw new Error(`${name} failed: ${error?.message ?? stderr}`);
  return stdout;
}
