import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { now } from '../aws/clock.ts';
import { putSecret, secret } from '../aws/secrets.ts';
import { parseTokenKeys, rotated, type TokenKeys } from '../tokens/token-keys.ts';
import { type CloudOptions, openCloud } from './cloud.ts';
import { printJson, printTable } from './output.ts';

type Options = CloudOptions & { readonly json: boolean };

const KEY_BYTES = 32;

const LESSON = `
Links in emails are signed. A key that was rotated out signs nothing more, but its links open for another 13 months.
Once a year is enough; functions sign with the new key within five minutes.

  carrierpost keys rotate
  carrierpost keys rotate --stage production`;

/** `keys show|rotate`: the keys that sign customers' links. */
export function keysCommand(program: Command): void {
  const keys = program.command('keys').description("the keys that sign customers' links").addHelpText('after', LESSON);
  keys
    .command('show')
    .description('their names and ages, never the keys themselves')
    .action(async (_: unknown, command: Command) => show(command.optsWithGlobals<Options>()));
  keys
    .command('rotate')
    .description('sign with a new key from now on')
    .action(async (_: unknown, command: Command) => rotate(command.optsWithGlobals<Options>()));
}

async function show({ json, ...options }: Options): Promise<void> {
  const { stage } = await openCloud(options);
  tell(parseTokenKeys(await secret(secretOf(stage)), now()), json);
}

async function rotate({ json, ...options }: Options): Promise<void> {
  const { stage } = await openCloud(options);
  const ring = rotated(parseTokenKeys(await secret(secretOf(stage)), now()), randomBytes(KEY_BYTES).toString('base64'), now());
  await putSecret(secretOf(stage), JSON.stringify(ring));
  tell(ring, json);
}

function tell({ current, keys, retired = {} }: TokenKeys, json: boolean): void {
  const rows = Object.keys(keys).map((id) => ({ id, state: id === current ? 'signs' : 'verifies', retiredOn: retired[id] ?? null }));
  if (json) printJson(rows);
  else
    printTable(
      ['key', 'state', 'retired on'],
      rows.map(({ id, state, retiredOn }) => [id, state, retiredOn ?? '']),
    );
}

function secretOf(stage: string): string {
  return `carrierpost-${stage}-link-keys`;
}
