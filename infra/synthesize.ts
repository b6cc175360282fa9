import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Everything a synthesized stage depends on. */
const INPUTS = [
  'functions/**/*',
  'infra/*.ts',
  'infra/{config,constructs,stacks}/**/*',
  'templates/**/*',
  'package-lock.json',
  'tsconfig.json',
];

/** An assembly that nobody asked for so long is removed; a local cloud that runs longer has read its code by then. */
const KEPT_MILLISECONDS = 7 * 24 * 3600 * 1000;

/**
 * Synthesizes a stage unless nothing has changed since the last time.
 * Callers at the same time do not disturb each other: each builds in a folder of its own and the first to finish wins.
 * @returns the folder of the cloud assembly: templates, asset manifests, bundled functions
 * @throws Error with what the CDK app said when it fails
 */
export async function ensureAssembly(stage: string): Promise<string> {
  const home = join(ROOT, 'build', stage);
  const assembly = join(home, await hashOfInputs());
  if (!existsSync(assembly)) await synthesize(stage, home, assembly);
  const now = Date.now() / 1000;
  await utimes(assembly, now, now);
  await removeOld(home, assembly);
  return assembly;
}

async function synthesize(stage: string, home: string, assembly: string): Promise<void> {
  await mkdir(home, { recursive: true });
  const fresh = `${assembly}.${process.pid}.${performance.now()}`;
  await runApp(stage, fresh);
  await rename(fresh, assembly).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    await rm(fresh, { recursive: true });
  });
}

/** In a process of its own: the CDK is large, and the local cloud that asks for this lives long. */
async function runApp(stage: string, output: string): Promise<void> {
  const child = spawn(process.execPath, ['infra/app.ts'], {
    cwd: ROOT,
    // CloudFormation's own rules are checked where a stage goes to CloudFormation, by `cdk synth` and the tests; they cost seconds.
    env: { ...process.env, CARRIERPOST_STAGE: stage, CDK_OUTDIR: output, CDK_VALIDATION: 'false' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = new PassThrough();
  child.stdout.pipe(said, { end: false });
  child.stderr.pipe(said, { end: false });
  const exit = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  const [code, report] = await Promise.all([exit.finally(() => said.end()), text(said)]);
  if (code !== 0) throw new Error(`Stage ${stage} cannot be synthesized:\n${report}`);
}

async function hashOfInputs(): Promise<string> {
  const hash = createHash('sha256').update(process.version);
  const files = globSync(INPUTS, { cwd: ROOT, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name)).sort();
  for (const path of paths)
    hash
      .update(`${path}\n`)
      .update(await readFile(path))
      .update('\n');
  return hash.digest('hex').slice(0, 16);
}

async function removeOld(home: string, current: string): Promise<void> {
  for (const name of await readdir(home)) {
    const folder = join(home, name);
    const { mtimeMs } = await stat(folder);
    if (folder !== current && Date.now() - mtimeMs > KEPT_MILLISECONDS) await rm(folder, { recursive: true, force: true });
  }
}
