import { writeFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { now } from '../aws/clock.ts';
import { PermanentError } from '../events/failure.ts';
import { dropHeld, heldMessages, recheckHeld, releaseHeld } from '../messages/held.ts';
import { previewOf } from '../messages/hold.ts';
import { isAboutDocuments, isMessageKind, KINDS, type Message, type MessageKind } from '../messages/message.ts';
import { protectsOthers } from '../messages/quality/check.ts';
import { getMessage } from '../messages/store.ts';
import { type CloudOptions, openCloud, waitUntilIdle } from './cloud.ts';
import { colors, Failed, print, printJson, printParagraph, printTable } from './output.ts';
import { type Act, actOptions, loginName } from './people.ts';

type Options = CloudOptions & { readonly json: boolean };
type Waiting = { readonly wait: boolean };

/** So much of a content's hash is shown, and names it. */
const HASH_SHOWN = 12;

const LESSON = `
An email is held when a check finds something, or when SES refuses it. A person
looks, and decides:
  carrierpost held list
  carrierpost held show MESSAGE --html held.html
  carrierpost held release MESSAGE --content HASH --reason "it is meant so"
  carrierpost held drop MESSAGE --reason "sent by post instead"
After what was wrong is mended, all are checked again:
  carrierpost held recheck --kind invoice --reason "due date is back"

A release lets go exactly what was shown, and no email that may show one
customer's data to another.`;

/** `held list|show|release|drop|recheck`: emails that wait for a person. */
export function heldCommand(program: Command): void {
  const held = program.command('held').description('emails that a check, or SES, refused').addHelpText('after', LESSON);
  const kind = ['--kind <KIND>', `one of ${Object.keys(KINDS).join(', ')}`, parseKind] as const;
  held
    .command('list')
    .description('what is held, each with what is wrong with it')
    .option(...kind)
    .action(async (_, command: Command) => list(command.optsWithGlobals<Options & { kind?: MessageKind }>()));
  held
    .command('show')
    .description('an email as it would have left')
    .argument('<MESSAGE>', 'its id')
    .option('--html <FILE>', 'write its HTML there')
    .action(async (id: string, _: unknown, command: Command) => show(id, command.optsWithGlobals<Options & { html?: string }>()));
  actOptions(held.command('release').description('send an email as it was shown').argument('<MESSAGE>', 'its id'))
    .requiredOption('--content <HASH>', 'what `held show` calls its content')
    .option('--no-wait', 'do not wait until the queues are empty')
    .action(async (id: string, _: unknown, command: Command) =>
      release(id, command.optsWithGlobals<Options & Act & Waiting & { content: string }>()),
    );
  actOptions(held.command('drop').description('never send these emails').argument('<MESSAGE...>', 'their ids')).action(
    async (ids: string[], _: unknown, command: Command) => drop(ids, command.optsWithGlobals<Options & Act>()),
  );
  held
    .command('recheck')
    .description('check emails again after what was wrong was mended')
    .argument('[MESSAGE...]', 'their ids; without any: all that are held')
    .option(...kind)
    .option('--by <NAME>', 'who does this', loginName())
    .option('--reason <TEXT>', 'why; it is kept with the message', 'asked for')
    .option('--no-wait', 'do not wait until the queues are empty')
    .action(async (ids: string[], _: unknown, command: Command) =>
      recheck(ids, command.optsWithGlobals<Options & Act & Waiting & { kind?: MessageKind }>()),
    );
}

async function list({ kind, json, ...options }: Options & { kind?: MessageKind }): Promise<void> {
  await openCloud(options);
  const rows: ReturnType<typeof rowOf>[] = [];
  for await (const message of heldMessages(kind)) rows.push(rowOf(message));
  rows.sort((a, b) => (a.heldAt < b.heldAt ? -1 : 1));
  if (json) printJson(rows);
  else if (rows.length === 0) print('No email is held.');
  else
    printTable(
      ['message', 'kind', 'OCN', 'BCN', 'about', 'since', 'reason'],
      rows.map((row) => [row.messageId, row.kind, row.ocn, row.bcn, row.number, row.heldAt, row.reason]),
    );
}

async function show(messageId: string, { html, json, ...options }: Options & { html?: string }): Promise<void> {
  await openCloud(options);
  const message = await getMessage(messageId);
  if (message?.state !== 'held') throw new Failed(`No email ${messageId} is held.`);
  const preview = await previewOf(messageId);
  if (html !== undefined && preview) await writeFile(html, preview.html);
  if (json) return printJson({ ...rowOf(message), preview: preview ?? null });
  printParagraph(
    `${colors.bold(message.kind)} for ${message.contactId} of ${message.ocn}, ${message.bcn}, held since ${rowOf(message).heldAt}`,
    2,
  );
  printParagraph(message.reason ?? '', 2);
  if (!preview) return print('\nIt could not be composed, so there is nothing to look at.');
  const { subject, text, from, replyTo, files, content } = preview;
  print(`\nFrom: ${from}\nReply-To: ${replyTo}\nSubject: ${subject}\n${files.map((file) => `File: ${file}\n`).join('')}\n${text}`);
  const protecting = (message.held?.rules ?? []).filter(protectsOthers);
  printParagraph(
    protecting.length > 0
      ? 'Nobody can release it: it may show one customer what is another’s.'
      : `Content: ${content.slice(0, HASH_SHOWN)}. To send exactly this: carrierpost held release ${messageId} --content ${content.slice(0, HASH_SHOWN)} --reason TEXT`,
    2,
  );
}

async function release(
  id: string,
  { by, reason, content, json, wait, ...options }: Options & Act & Waiting & { content: string },
): Promise<void> {
  const cloud = await openCloud(options);
  await refusals([id], () => releaseHeld(id, { by, reason, content }, now()));
  if (wait) await waitUntilIdle(cloud);
  if (json) printJson({ released: id, content, by, reason });
  else print('The email is on its way as it was shown; `carrierpost held list` has it again if it says something else by now.');
}

async function drop(ids: readonly string[], { by, reason, json, ...options }: Options & Act): Promise<void> {
  await openCloud(options);
  await refusals(ids, (id) => dropHeld(id, { by, reason }, now()));
  if (json) printJson({ dropped: ids, by, reason });
  else print(`${counted(ids.length)} dropped: nobody gets ${ids.length === 1 ? 'it' : 'them'}.`);
}

async function recheck(
  ids: readonly string[],
  { by, reason, kind, json, wait, ...options }: Options & Act & Waiting & { kind?: MessageKind },
): Promise<void> {
  const cloud = await openCloud(options);
  const all = ids.length > 0 ? ids : (await Array.fromAsync(heldMessages(kind))).map(({ messageId }) => messageId);
  await refusals(all, (id) => recheckHeld(id, { by, reason }, now()));
  if (wait) await waitUntilIdle(cloud);
  if (json) printJson({ rechecked: all, by, reason });
  else print(`${counted(all.length)} checked again; \`carrierpost held list\` has what is still wrong.`);
}

/** Does what can be done, and says at the end what could not. */
async function refusals(ids: readonly string[], act: (id: string) => Promise<void>): Promise<void> {
  const refused: string[] = [];
  for (const id of ids) {
    try {
      await act(id);
    } catch (error) {
      if (!(error instanceof PermanentError)) throw error;
      refused.push(error.message);
    }
  }
  if (refused.length > 0) throw new Failed(refused.join('\n'));
}

function rowOf(message: Message) {
  const { messageId, kind, ocn, bcn, contactId, reason = '', history, held } = message;
  const number = isAboutDocuments(message) ? (message.facts.number ?? '') : message.subject;
  const heldAt = history.findLast(({ state }) => state === 'held')?.at ?? '';
  return { messageId, kind, ocn, bcn, contactId, number, heldAt, reason, rules: held?.rules ?? [], content: held?.content ?? null };
}

function counted(n: number): string {
  return n === 1 ? '1 email is' : `${n} emails are`;
}

function parseKind(text: string): MessageKind {
  if (isMessageKind(text)) return text;
  throw new InvalidArgumentError(`It must be one of ${Object.keys(KINDS).join(', ')}.`);
}
