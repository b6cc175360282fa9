import { createHash } from 'node:crypto';
import { bucketNamed } from '../aws/environment.ts';
import { sesMessageIdHeader } from '../aws/mail.ts';
import { getObject } from '../aws/objects.ts';
import { localDate } from '../calendars/dates.ts';
import { getBillingAccounts, getCustomers, getLegalEntity } from '../directory/read.ts';
import type { LegalEntity } from '../directory/records.ts';
import { languageOf } from '../money/format.ts';
import { compose } from './compose.ts';
import type { Composed, Surroundings } from './composed.ts';
import { contentHash, toldBefore } from './content.ts';
import { isAboutWorks, KINDS, type Message } from './message.ts';
import { buildMime, type Envelope } from './mime.ts';
import type { PostSettings } from './post-settings.ts';
import type { Candidate } from './quality/candidate.ts';
import { type Finding, problemsOf, protectsOthers, sentenceOf, warningsOf } from './quality/check.ts';
import { headersOf } from './quality/headers.ts';
import { identifiersIn } from './quality/identifiers.ts';
import type { Recipient } from './recipient.ts';
import { type WorksFile, worksFileOf } from './works-file.ts';

/** An email that passed every check, or whose content a person let go. */
export interface Ready {
  readonly mail: Composed;
  readonly envelope: Envelope;
  readonly raw: Buffer;
  /** Hash of what it says. */
  readonly content: string;
  /** The rules that it breaks and may leave with. */
  readonly warnings: readonly string[];
}

/** An email that must not leave. */
export interface Unfit {
  readonly problems: readonly Finding[];
  /** As it would have left; missing when it could not even be composed. */
  readonly composed?: Omit<Ready, 'warnings'> | undefined;
}

const COMPOSES = 'it can be composed';

/** Composes a message for its recipient and checks it. */
export async function composeFor(message: Message, recipient: Recipient, settings: PostSettings, now: Date): Promise<Ready | Unfit> {
  const { legalEntityId } = message.facts;
  const legalEntity = await getLegalEntity(legalEntityId);
  if (!legalEntity) return unfit(`legalEntityId is ${JSON.stringify(legalEntityId)}: the directory has no such legal entity`);
  const file = isAboutWorks(message) ? await worksFileOf(message) : undefined;
  const surroundings = surroundingsOf(message, recipient, legalEntity, settings, now);
  const mail = attempted(() => compose(message, surroundings, file));
  if (typeof mail === 'string') return unfit(mail);
  const envelope = envelopeOf(message, mail, recipient, surroundings, settings, file);
  const files = await readFiles(mail);
  const raw = await buildMime(mail, envelope, files);
  const content = contentHash(mail);
  const candidate = await candidateOf(message, { mail, envelope, raw, content }, surroundings, { file, files, now });
  const problems = problemsOf(candidate);
  const composed = { mail, envelope, raw, content };
  if (!mayLeave(message, problems, content)) return { problems, composed };
  return { ...composed, warnings: [...problems, ...warningsOf(candidate)].map(sentenceOf) };
}

function unfit(reason: string): Unfit {
  return { problems: [{ rule: COMPOSES, found: [reason] }] };
}

/** Rules that protect others hold whatever a person said: they may be broken now although they were not when the content was released. */
function mayLeave({ released }: Message, problems: readonly Finding[], content: string): boolean {
  const isReleased = (rule: string) => released?.content === content && released.rules.includes(rule) && !protectsOthers(rule);
  return problems.every(({ rule }) => isReleased(rule));
}

/** What cannot be composed waits for a person like what fails a check. */
function attempted(act: () => Composed): Composed | string {
  try {
    return act();
  } catch (error) {
    return (error as Error).message;
  }
}

function surroundingsOf(
  { kind }: Message,
  { contact, preference, timeZone }: Recipient,
  legalEntity: LegalEntity,
  { publicOrigin, linkKeys, senders }: PostSettings,
  now: Date,
): Surroundings {
  return {
    contact,
    legalEntity,
    language: languageOf(preference.language ?? contact.language),
    timeZone,
    linksOnly: preference.format === 'links-only',
    feed: preference.feed,
    off: preference.off,
    publicOrigin,
    linkKeys,
    from: senders[KINDS[kind].sender],
    now,
  };
}

function envelopeOf(
  { messageId }: Message,
  mail: Composed,
  { address }: Recipient,
  { legalEntity, from }: Surroundings,
  { unsubscribe }: PostSettings,
  file: WorksFile | undefined,
): Envelope {
  const replyTo = mail.replyTo ?? { name: legalEntity.name, email: legalEntity.contact.email };
  const references = file?.firstSesMessageId && sesMessageIdHeader(file.firstSesMessageId);
  return { from, senderName: legalEntity.name, replyTo, to: address, unsubscribe, messageId, references };
}

/** Gathers what the checks compare the email with. */
async function candidateOf(
  message: Message,
  { mail, envelope, raw, content }: NonNullable<Unfit['composed']>,
  { contact, legalEntity, language, timeZone, publicOrigin, linkKeys }: Surroundings,
  { file, files, now }: { file: WorksFile | undefined; files: ReadonlyMap<string, Buffer>; now: Date },
): Promise<Candidate> {
  const invitation = file?.invitation;
  const { from, to, unsubscribe } = envelope;
  const told = {
    message,
    mail,
    headers: headersOf(raw),
    contact,
    to,
    language,
    timeZone,
    today: localDate(now, timeZone),
    invitation,
    legalEntity,
    publicOrigin,
    linkKeys,
    from,
    replyTo: invitation?.coordinator?.email ?? legalEntity.contact.email,
    unsubscribe,
    sha256: hashesOf(files),
  };
  const repeats = message.again ? undefined : await toldBefore(message.messageId, to, content, now);
  return { ...told, repeats, foreign: await knownElsewhere(identifiersIn(told)) };
}

/** Which of the words are somebody's customer or account number. */
async function knownElsewhere(words: readonly string[]): Promise<string[]> {
  if (words.length === 0) return [];
  const [accounts, customers] = await Promise.all([getBillingAccounts(words), getCustomers(words)]);
  return [...new Set([...accounts.map(({ bcn }) => bcn), ...customers.map(({ ocn }) => ocn)])];
}

async function readFiles({ attachments }: Composed): Promise<Map<string, Buffer>> {
  const bucket = bucketNamed('portal');
  const read = await Promise.all(attachments.map(async ({ key }) => [key, await getObject(bucket, key)] as const));
  return new Map(read.flatMap(([key, bytes]) => (bytes ? [[key, bytes] as const] : [])));
}

function hashesOf(files: ReadonlyMap<string, Buffer>): Map<string, string> {
  return new Map([...files].map(([key, bytes]) => [key, createHash('sha256').update(bytes).digest('hex')]));
}
