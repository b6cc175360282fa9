import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { JUDGES, OPTIONAL, PACKAGES, PROGRAMS, type Program, pathOf } from './judges.ts';

/** Installs the judges that are missing, where this machine lets it, and says what it did and what stays missing. */
export function setup(): void {
  installPackages();
  const programs = Object.keys(PROGRAMS) as Program[];
  const missing = programs.filter((program) => pathOf(program) === undefined);
  if (missing.length > 0) installPrograms(missing);
  const absent = programs.filter((program) => pathOf(program) === undefined);
  const skipped = absent.filter((program) => OPTIONAL.includes(program));
  const needed = absent.filter((program) => !OPTIONAL.includes(program));
  say(`Judges: ${[...programs.filter((program) => !absent.includes(program)), ...Object.keys(PACKAGES)].join(', ')}`);
  for (const program of skipped)
    say(`SKIPPED: ${program} is not installed (apt-get install ${PROGRAMS[program]}); nothing it judges is judged`);
  if (needed.length > 0) {
    const packages = [...new Set(needed.map((program) => PROGRAMS[program]))].join(' ');
    throw new Error(
      `${needed.join(', ')} cannot be found, and nothing can be judged without: install ${packages} (apt-get install ${packages})`,
    );
  }
}

function installPrograms(missing: readonly Program[]): void {
  const packages = [...new Set(missing.map((program) => PROGRAMS[program]))];
  say(`Installing ${packages.join(', ')} with apt-get ...`);
  const root = process.getuid?.() === 0;
  const [command, before] = root ? ['apt-get', []] : ['sudo', ['-n', 'apt-get']];
  const { status, error } = spawnSync(command, [...before, 'install', '-y', '-q', '--no-install-recommends', ...packages], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (error || status !== 0) say(`apt-get could not install them${error ? `: ${error.message}` : ''}`);
}

function installPackages(): void {
  const names = Object.entries(PACKAGES);
  if (names.every(([name]) => existsSync(join(JUDGES, 'node_modules', name, 'package.json')))) return;
  say(`Installing ${names.map(([name, version]) => `${name} ${version}`).join(', ')} into ${JUDGES} ...`);
  mkdirSync(JUDGES, { recursive: true });
  writeFileSync(join(JUDGES, 'package.json'), JSON.stringify({ private: true }));
  const wanted = names.map(([name, version]) => `${name}@${version}`);
  const { status, error } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...wanted], {
    cwd: JUDGES,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (error || status !== 0) throw new Error(`npm could not install ${wanted.join(' and ')}${error ? `: ${error.message}` : ''}`);
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
