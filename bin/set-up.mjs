// Makes a fresh clone ready: runs before every npm script, on whatever Node the machine has (20 or newer), so it is plain JavaScript.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isBuilt } from './built-command.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

if (!installed()) install();
linkCommand();
if (!templatesBuilt()) run('templates/build.ts');
if (!isBuilt()) run('infra/build-command.ts');

/** True when node_modules holds exactly what the lockfile names; optional packages of other platforms may be missing. */
function installed() {
  const hidden = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(hidden) || !existsSync(join(root, 'node_modules', '.bin', 'node'))) return false;
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const found = packagesOf(hidden);
  return Object.entries(wanted).every(([path, { version, optional, link }]) => {
    if (path === '' || link) return true;
    if (!found[path]) return optional === true;
    return found[path].version === version && existsSync(join(root, path, 'package.json'));
  });
}

function packagesOf(lockfile) {
  return JSON.parse(readFileSync(lockfile, 'utf8')).packages;
}

function install() {
  console.error('Installing what package-lock.json names (npm ci) ...');
  // Inside `npm run` npm itself is named by npm_execpath, which also works where only `npm.cmd` is on the path.
  const npm = process.env.npm_execpath;
  const [command, before] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const { status, error } = spawnSync(command, [...before, 'ci'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (error) console.error(`npm could not be started: ${error.message}`);
  if (status !== 0) process.exit(1);
}

/** npm links the commands of dependencies, never a project's own: with this `npx carrierpost` works in the repository. */
function linkCommand() {
  const command = join(root, 'node_modules', '.bin', 'carrierpost');
  if (existsSync(command)) return;
  chmodSync(join(root, 'bin', 'carrierpost.mjs'), 0o755);
  try {
    symlinkSync(join('..', '..', 'bin', 'carrierpost.mjs'), command);
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
}

/** The email templates are compiled before anything runs that sends mail, or tests it. */
function templatesBuilt() {
  const built = join(root, 'build', 'templates', 'templates.mjs');
  if (!existsSync(built)) return false;
  const { mtimeMs } = statSync(built);
  const sources = readdirSync(join(root, 'templates'), { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
  return sources.every((entry) => statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs <= mtimeMs);
}

function run(program) {
  const node = join(root, 'node_modules', '.bin', 'node');
  const { status } = spawnSync(node, [join(root, program)], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(1);
}
