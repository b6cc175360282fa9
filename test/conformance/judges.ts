import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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

export type Judge = Program | keyof typeof PACKAGES;

/** The versions are in its name: a newer judge gets a new folder. */
export const JUDGES = join(tmpdir(), ['carrierpost-judges', ...Object.values(PACKAGES)].join('-'));

/** Loads a judge that was installed from npm. */
export const requireJudge = createRequire(join(JUDGES, 'judges.cjs'));

/** Where a program lies on this machine; undefined when it is not installed. */
export function pathOf(program: Program): string | undefined {
  return (process.env.PATH ?? '')
    .split(':')
    .map((folder) => join(folder, program))
    .find(existsSync);
}

/** True when a judge is on this machine; tests of one that is not are skipped. */
export function isJudgeThere(judge: Judge): boolean {
  if (judge in PROGRAMS) return pathOf(judge as Program) !== undefined;
  return existsSync(join(JUDGES, 'node_modules', judge, 'package.json'));
}

/** Runs a judge that must be there and answers what it says, with its exit code. */
export function ask(program: Program, args: readonly string[], input?: Buffer): { status: number | null; said: string } {
  const { status, stdout, stderr, error } = spawnSync(program, args, { input, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
  if (error) throw new Error(`${program} could not be started (${error.message}): install the package ${PROGRAMS[program]}`);
  return { status, said: stdout + stderr };
}
