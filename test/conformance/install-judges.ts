import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { isJudgeThere, JUDGES, type Judge, PACKAGES, PROGRAMS, type Program } from './judges.ts';

/**
 * Installs the judges that are missing, where this machine lets it. What cannot be installed is named before the tests and once more
 * behind them, and its tests are skipped.
 * @throws Error when there is not a single judge
 */
export function setup(): () => void {
  const programs = Object.keys(PROGRAMS) as Program[];
  const judges: Judge[] = [...programs, ...(Object.keys(PACKAGES) as (keyof typeof PACKAGES)[])];
  installPackages();
  installPrograms(programs.filter((program) => !isJudgeThere(program)));
  const there = judges.filter(isJudgeThere);
  const absent = judges.filter((judge) => !there.includes(judge));
  if (there.length === 0) throw new Error('No judge is there and none can be installed: nothing can be judged');
  say(`Judges: ${there.join(', ')}`);
  const tellSkipped = (): void => absent.forEach(sayIsSkipped);
  tellSkipped();
  return tellSkipped;
}

function sayIsSkipped(judge: Judge): void {
  const how = judge in PROGRAMS ? `apt-get install ${PROGRAMS[judge as Program]}` : `npm install ${judge} in ${JUDGES}`;
  say(`!!! SKIPPED: ${judge} is not there and could not be installed (${how}); nothing that it judges was judged`);
}

/** One by one: a package that this machine's list does not know keeps nobody else out. */
function installPrograms(missing: readonly Program[]): void {
  if (missing.length === 0) return;
  say('Reading the list of packages with apt-get update ...');
  apt(['update', '-q']);
  for (const name of new Set(missing.map((program) => PROGRAMS[program]))) {
    say(`Installing ${name} with apt-get ...`);
    apt(['install', '-y', '-q', '--no-install-recommends', name]);
  }
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
