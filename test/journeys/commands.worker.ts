import { AsyncLocalStorage } from 'node:async_hooks';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import type { Ran } from './local-cloud.ts';

/*
 * Runs commands one after another or beside each other, each as if in a process of its own: starting one costs more than most
 * commands do. A line of JSON comes in for each, `{id, args}`, and one goes out, `{id, ran}`.
 */

const BUILT = pathToFileURL(resolve(import.meta.dirname, '../../build/command/command-line.mjs')).href;
const { run } = (await import(BUILT)) as { run: (argv: readonly string[]) => Promise<number> };
const said = new AsyncLocalStorage<{ stdout: string; stderr: string }>();
const answer = process.stdout.write.bind(process.stdout);

for (const name of ['stdout', 'stderr'] as const) {
  process[name].write = ((chunk: string | Uint8Array) => {
    const own = said.getStore();
    if (own) own[name] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    return true;
  }) as typeof process.stdout.write;
}

createInterface({ input: process.stdin }).on('line', async (line) => {
  const { id, args } = JSON.parse(line) as { id: number; args: string[] };
  const own = { stdout: '', stderr: '' };
  const code = await said.run(own, () => run([process.execPath, 'carrierpost', ...args]));
  answer(`${JSON.stringify({ id, ran: { code, ...own } satisfies Ran })}\n`);
});
