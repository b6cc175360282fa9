import type { Command } from 'commander';
import { now } from '../aws/clock.ts';
import { secret } from '../aws/secrets.ts';
import { rotateKeys } from '../link-keys/rotate-keys.ts';
import { parseTokenKeys, type TokenKeys } from '../tokens/token-keys.ts';
import { type CloudOptions, openCloud, openLocalCloud } from './cloud.ts';
import { print, printJson, printTable, UsageError } from './output.ts';
import { type Act, mayGiveReason } from './people.ts';

type Options = CloudOptions & { readonly json: boolean };

interface TokenOptions {
  readonly audience?: string;
  readonly scope?: string;
  readonly seconds?: string;
}

const LESSON = `
Links in emails are signed. A key that was rotated out signs nothing more, but its links open for another 13 months.
Once a year is enough; functions sign with the new key within five minutes.

  carrierpost keys rotate
  carrierpost keys rotate --stage production

A token lets the carrier's portal ask for its customers' documents. The local cloud signs one, as
the carrier's login would:
  curl -H "Authorization: Bearer $(carrierpost keys token 100201)" http://127.0.0.1:PORT/accounts/100201/documents`;

/** `keys show|rotate|token`: the keys that sign customers' links. */
export function keysCommand(program: Command): void {
  const keys = program.command('keys').description("the keys that sign customers' links").addHelpText('after', LESSON);
  keys
    .command('show')
    .description('their names and ages, never the keys themselves')
    .action(async (_: unknown, command: Command) => show(command.optsWithGlobals<Options>()));
  mayGiveReason(keys.command('rotate'))
    .description('sign with a new key from now on')
    .action(async (_: unknown, command: Command) => rotate(command.optsWithGlobals<Options & Act>()));
  keys
    .command('token')
    .description("local cloud only: a token for the documents API, as the carrier's login signs it")
    .argument('<OCN...>', 'the customers whose documents its bearer may read')
    .option('--audience <NAME>', 'for whom it is, to see a wrong one refused')
    .option('--scope <WORDS>', 'what it is good for, to see too little refused')
    .option('--seconds <N>', 'how long it lives; below 0 it has expired')
    .action(async (ocns: string[], _: unknown, command: Command) => token(ocns, command.optsWithGlobals<Options & TokenOptions>()));
}

async function token(ocns: readonly string[], { json, audience, scope, seconds, ...options }: Options & TokenOptions): Promise<void> {
  const after = seconds === undefined ? undefined : Number(seconds);
  if (after !== undefined && !Number.isInteger(after)) throw new UsageError(`--seconds is ${seconds}: a whole number is expected`);
  const { local } = await openLocalCloud(options);
  const signed = await local.ask<{ token: string }>('/token', { ocn: ocns.join(' '), audience, scope, seconds: after });
  if (json) printJson(signed);
  else print(signed.token);
}

async function show({ json, ...options }: Options): Promise<void> {
  const { stage } = await openCloud(options);
  tell(parseTokenKeys(await secret(secretOf(stage)), now()), json);
}

async function rotate({ json, by, reason, ...options }: Options & Act): Promise<void> {
  const { stage } = await openCloud(options);
  tell(await rotateKeys(secretOf(stage), { by, reason }, now()), json);
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
