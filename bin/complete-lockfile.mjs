// Run after `npm install`: `node bin/complete-lockfile.mjs`. A registry that mirrors one platform answers 404 for the optional packages of the
// others, and npm leaves them out of the lockfile; then `npm ci` refuses to install from it. This names them again.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'win32', 'netbsd', 'openbsd', 'openharmony', 'aix', 'sunos'];
const PROCESSORS = ['arm64', 'arm', 'x64', 'ia32', 'riscv64', 's390x', 'ppc64', 'loong64', 'mips64el', 'wasm32'];

const path = fileURLToPath(new URL('../package-lock.json', import.meta.url));
const lockfile = JSON.parse(readFileSync(path, 'utf8'));
const packages = lockfile.packages;

let added = 0;
for (const [parent, { optionalDependencies = {}, dev }] of Object.entries({ ...packages })) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    if (placeOf(name, parent)) continue;
    packages[`node_modules/${name}`] = entryOf(name, version, dev);
    added += 1;
  }
}
lockfile.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(path, `${JSON.stringify(lockfile, null, 2)}\n`);
console.log(`${added} packages of other platforms added to package-lock.json`);

/** Where npm would find a package from its dependent: the nearest node_modules upwards. */
function placeOf(name, from) {
  const place = `${from ? `${from}/` : ''}node_modules/${name}`;
  if (packages[place]) return place;
  return from === '' ? undefined : placeOf(name, from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/'))));
}

/** Packages of a platform are named after it: `@rolldown/binding-linux-arm-gnueabihf`. */
function entryOf(name, version, dev) {
  const words = name.split(/[-/@.]/);
  const cpu = PROCESSORS.filter((processor) => words.includes(processor));
  const os = name === 'fsevents' ? ['darwin'] : SYSTEMS.filter((system) => words.includes(system));
  return {
    version: version.replace(/^[~^]/, ''),
    ...(cpu.length > 0 ? { cpu } : {}),
    ...(dev ? { dev } : {}),
    optional: true,
    ...(os.length > 0 ? { os } : {}),
  };
}
