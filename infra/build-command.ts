import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleCommand } from './bundle.ts';

/** `bin/` imports it from here, when nothing that it was made from is newer. */
const FOLDER = fileURLToPath(new URL('../build/command', import.meta.url));

// Built aside and put in place at once: a command that runs meanwhile has the old one or the new one.
const fresh = `${FOLDER}.${process.pid}`;
await mkdir(fresh, { recursive: true });
const sources = await bundleCommand(fresh);
await writeFile(join(fresh, 'sources.json'), JSON.stringify(sources));
await rm(FOLDER, { recursive: true, force: true });
await rename(fresh, FOLDER).catch(async (error: NodeJS.ErrnoException) => {
  // Somebody else has put the same there meanwhile.
  if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  await rm(fresh, { recursive: true });
});
