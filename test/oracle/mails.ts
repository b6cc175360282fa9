import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ParsedMail, simpleParser } from 'mailparser';
import type { Account, Carrier } from './carrier.ts';
import { folded, recipientsOf } from './recipients.ts';
import type { IssuedLine } from './register.ts';
import { readable, saysAmount, saysDate } from './said.ts';

export interface Mail {
  readonly file: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Every web address in HTML, text and header, each once. */
  readonly links: readonly string[];
  /** Where the header's one-click way out leads; missing in mandatory mail. */
  readonly oneClick?: string | undefined;
  readonly attachments: readonly { readonly filename: string; readonly sha256: string }[];
}

/** Every .eml of a folder, parsed. */
export async function readMails(folder: string): Promise<Mail[]> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.eml'));
  return Promise.all(files.sort().map((file) => parseMail(file, readFileSync(join(folder, file)))));
}

/** An email as it left, parsed. */
export async function parseMail(file: string, raw: Buffer): Promise<Mail> {
  const parsed = await simpleParser(raw);
  const to = [parsed.to ?? []].flat().flatMap(({ value }) => value.map(({ address = '' }) => folded(address)));
  const source = [parsed.html || '', parsed.text ?? '', headerOf(parsed, 'list-unsubscribe')].join('\n');
  return {
    file,
    to,
    subject: parsed.subject ?? '',
    text: (parsed.text ?? '').replaceAll(/\s+/g, ' '),
    html: parsed.html ? readable(parsed.html) : '',
    links: [...new Set(source.replaceAll('&amp;', '&').match(/https?:\/\/[^\s"'<>)\]]+/g) ?? [])],
    oneClick: /<(https?:[^>]+)>/.exec(headerOf(parsed, 'list-unsubscribe'))?.[1],
    attachments: parsed.attachments.map(({ filename = '', content }) => ({
      filename,
      sha256: createHash('sha256').update(content).digest('hex'),
    })),
  };
}

/** A header as it stands, unfolded; empty when it is missing. */
function headerOf({ headerLines }: ParsedMail, name: string): string {
  return headerLines.find(({ key }) => key === name)?.line.replaceAll(/\r?\n\s+/g, ' ') ?? '';
}

/** `<number> <mailbox>` of every email that the issued documents ask for. */
export function expectedMails(carrier: Carrier, lines: readonly IssuedLine[]): string[] {
  return lines
    .flatMap(({ ocn, bcn, number, issueDate }) => recipientsOf(carrier, ocn, bcn, issueDate).map((address) => `${number} ${address}`))
    .sort();
}

/** `<number> <mailbox>` of the emails that were sent, by the number in the subject. */
export function sentMails(mails: readonly Mail[], lines: readonly IssuedLine[]): string[] {
  return mails
    .flatMap((mail) => {
      const line = lines.find(({ number }) => mail.subject.includes(number));
      return line ? mail.to.map((address) => `${line.number} ${address}`) : [];
    })
    .sort();
}

/** What an email says otherwise than the record: in its text, in its HTML, in what is attached. */
export function mailFaults(carrier: Carrier, mail: Mail, lines: readonly IssuedLine[]): string[] {
  const line = lines.find(({ number }) => mail.subject.includes(number));
  if (!line) return [`${mail.file}: no issued number is in "${mail.subject}"`];
  const account = carrier.accounts.find(({ bcn }) => bcn === line.bcn) as Account;
  const faults = mail.to.length === 1 ? [] : [`${mail.file} has ${mail.to.length} recipients`];
  for (const part of ['text', 'html'] as const) faults.push(...partFaults(part, mail[part], line));
  const attached = mail.attachments.filter(({ filename }) => filename.endsWith('.pdf'));
  const wanted = account.delivery.attach ? [line.sha256] : [];
  if (attached.map(({ sha256 }) => sha256).join() !== wanted.join())
    faults.push(`${line.number}: attached is ${attached.length} PDF, not the published one`);
  return faults.map((fault) => `${mail.file} (${line.number}): ${fault}`);
}

function partFaults(part: string, text: string, line: IssuedLine): string[] {
  const nothingToPay = Number(line.gross) === 0 || line.type !== 'invoice';
  return [
    ...(text.includes(line.ocn) ? [] : [`${part} lacks the OCN ${line.ocn}`]),
    ...(text.includes(line.number) ? [] : [`${part} lacks the number`]),
    ...(saysAmount(text, line.gross) ? [] : [`${part} lacks the total ${line.gross}`]),
    ...(nothingToPay || saysDate(text, line.dueDate) ? [] : [`${part} lacks the due date ${line.dueDate}`]),
  ];
}
