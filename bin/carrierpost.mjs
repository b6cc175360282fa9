#!/usr/bin/env node
// The command runs on the Node of the project (24, which reads TypeScript). Started by an older one it hands over.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { builtCommand, isBuilt } from './built-command.mjs';

const source = new URL('../functions/cli/carrierpost.ts', import.meta.url);

if (Number(process.versions.node.split('.')[0]) >= 24) {
  await keepCompiledCode();
  await import(isBuilt() ? pathToFileURL(builtCommand).href : source.href);
} else {
  handOver(fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url)));
}

// Every command, and every thread of the local cloud, starts faster and smaller with code that is compiled already.
async function keepCompiledCode() {
  const { enableCompileCache } = await import('node:module');
  process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('../build/compiled', import.meta.url));
  enableCompileCache(process.env.NODE_COMPILE_CACHE);
}

function handOver(node) {
  if (!existsSync(node)) {
    console.error('Node 24 is not installed here yet: run `npm start`, `npm test` or `npm ci` once.');
    process.exit(1);
  }
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : code));
}
