import { spawnSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  folderOf,
  isJudgeThere,
  JUDGES,
  type Judge,
  LIBICAL,
  PACKAGES,
  PROGRAMS,
  type Program,
  PYTHON,
  type PythonJudge,
} from './judges.ts';

const LIBICAL_NEEDS = ['gcc', 'libc6-dev', 'libical-dev'];

/**
 * Installs the judges that are missing, where this machine lets it. What cannot be installed is named before the tests and once more
 * behind them, and its tests are skipped.
 * @throws Error when there is not a single judge
 */
export function setup(): () => void {
  const programs = Object.keys(PROGRAMS) as Program[];
  const pythonJudges = Object.keys(PYTHON) as PythonJudge[];
  const judges: Judge[] = [...programs, ...(Object.keys(PACKAGES) as (keyof typeof PACKAGES)[]), ...pythonJudges, 'libical'];
  installPackages();
  installPrograms(programs.filter((program) => !isJudgeThere(program)));
  for (const judge of pythonJudges) if (!isJudgeThere(judge)) installFromPyPI(judge);
  installLibical();
  const there = judges.filter(isJudgeThere);
  const absent = judges.filter((judge) => !there.includes(judge));
  if (there.length === 0) throw new Error('No judge is there and none can be installed: nothing can be judged');
  say(`Judges: ${there.join(', ')}`);
  const tellSkipped = (): void => absent.forEach(sayIsSkipped);
  tellSkipped();
  return tellSkipped;
}

function sayIsSkipped(judge: Judge): void {
  say(`!!! SKIPPED: ${judge} is not there and could not be installed (${howToInstall(judge)}); nothing that it judges was judged`);
}

function howToInstall(judge: Judge): string {
  if (judge in PROGRAMS) return `apt-get install ${PROGRAMS[judge as Program]}`;
  if (judge in PYTHON) return `pip install --target ${folderOf(judge as PythonJudge)} ${judge}`;
  return judge === 'libical' ? `apt-get install ${LIBICAL_NEEDS.join(' ')}` : `npm install ${judge} in ${JUDGES}`;
}

/** One by one: a package that this machine's list does not know keeps nobody else out. */
function installPrograms(missing: readonly Program[]): void {
  if (missing.length === 0) return;
  say('Reading the list of packages with apt-get update ...');
  apt(['update', '-q']);
  for (const name of new Set(missing.map((program) => PROGRAMS[program]))) installWithApt([name]);
}

function installWithApt(names: readonly string[]): void {
  say(`Installing ${names.join(', ')} with apt-get ...`);
  apt(['install', '-y', '-q', '--no-install-recommends', ...names]);
}

/** The folder appears when all is in it. */
function installFromPyPI(judge: PythonJudge): void {
  const folder = folderOf(judge);
  const wanted = `${judge}==${PYTHON[judge]}`;
  if (spawnSync('python3', ['-m', 'pip', '--version']).status !== 0) installWithApt(['python3', 'python3-pip']);
  say(`Installing ${wanted} with pip into ${folder} ...`);
  rmSync(`${folder}.new`, { recursive: true, force: true });
  const args = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', `${folder}.new`, wanted];
  const { status, error } = spawnSync('python3', args, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (error || status !== 0) say(`pip could not install ${wanted}${error ? `: ${error.message}` : ''}`);
  else renameSync(`${folder}.new`, folder);
}

/** Compiled each time: the program that asks may have changed. */
function installLibical(): void {
  mkdirSync(JUDGES, { recursive: true });
  rmSync(LIBICAL, { force: true });
  if (compileLibicalCheck()) return;
  installWithApt(LIBICAL_NEEDS);
  compileLibicalCheck();
}

function compileLibicalCheck(): boolean {
  const source = join(import.meta.dirname, 'libical-check.c');
  return spawnSync('cc', ['-O1', '-o', LIBICAL, source, '-lical'], { stdio: 'ignore' }).status === 0;
}

function apt(args: readonly string[]): void {
  const root = process.getuid?.() === 0;
  const [command, before] = root ? ['apt-get', []] : ['sudo', ['-n', 'apt-get']];
  const { status, error } = spawnSync(command, [...before, ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (error || status !== 0) say(`apt-get ${args.join(' ')} failed${error ? `: ${error.message}` : ` with exit code ${status}`}`);
}

function installPackages(): void {
  const names = Object.keys(PACKAGES) as (keyof typeof PACKAGES)[];
  if (names.every(isJudgeThere)) return;
  const wanted = names.map((name) => `${name}@${PACKAGES[name]}`);
  say(`Installing ${wanted.join(', ')} into ${JUDGES} ...`);
  mkdirSync(JUDGES, { recursive: true });
  writeFileSync(`${JUDGES}/package.json`, JSON.stringify({ private: true }));
  const { status, error } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...wanted], {
    cwd: JUDGES,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (error || status !== 0) say(`npm could not install ${wanted.join(' and ')}${error ? `: ${error.message}` : ''}`);
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
