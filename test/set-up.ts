import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** What the npm scripts do before they start, for whoever starts vitest alone. */
export function setup(): void {
  execFileSync(process.execPath, [join(import.meta.dirname, '../bin/set-up.mjs')], { stdio: 'inherit' });
}
