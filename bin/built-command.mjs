import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'build', 'command');

/** The command line in one piece, see infra/bundle.ts. */
export const builtCommand = join(folder, 'carrierpost.mjs');

/** True when the command was bundled after everything that it was made from had its last change. */
export function isBuilt() {
  try {
    const sources = join(folder, 'sources.json');
    const { mtimeMs } = statSync(sources);
    return ['package-lock.json', ...JSON.parse(readFileSync(sources, 'utf8'))].every(
      (file) => statSync(join(root, file)).mtimeMs <= mtimeMs,
    );
  } catch {
    return false;
  }
}
