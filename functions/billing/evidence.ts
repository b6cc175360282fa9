import { withoutAddresses } from '../audit/addresses.ts';
import type { PaymentStatus } from '../documents/payment-status.ts';
import { paymentsOf } from '../documents/payment-statuses.ts';
import { type Publication, publicationsOf } from '../documents/publications.ts';
import { type DocumentVersion, versionsOfPeriod } from '../documents/records.ts';
import { messagesOf } from '../messages/counts.ts';
import type { Message } from '../messages/message.ts';
import { accountsOfRun } from './chunk.ts';
import { type NumberRecord, numbersOfAccount } from './numbers.ts';
import { getRun, historyOf } from './run-store.ts';

/** Something that happened to a document, and the event, schedule or person that caused it. */
export interface DocumentStep {
  readonly at: string;
  readonly step: 'numbered' | 'number given up' | 'made' | 'withdrawn' | 'published' | 'corrected' | 'payment';
  readonly cause: string;
  /** What it came to: a number, a reason, a payment status. */
  readonly said?: string | undefined;
}

/** What is known of a document beside its own record. */
export interface KnownOfDocument {
  readonly number?: NumberRecord | undefined;
  readonly publications: ReadonlyMap<string, Publication>;
  /** The document that takes it back. */
  readonly correctedBy?: DocumentVersion | undefined;
  readonly payment?: PaymentStatus | undefined;
}

const UNKNOWN = 'not recorded then';

/**
 * The evidence of a run: its own history, then every document that it made, then every email of its publication, each with everything that
 * happened to it. By account and by message id, so that the same state always says the same.
 * @throws PermanentError when there is no such run
 */
export async function* evidenceOfRun(runId: string): AsyncGenerator<object> {
  const { period, calendar, sequence, request } = await getRun(runId);
  yield { about: 'run', runId, period, calendar, sequence, request, history: await Array.fromAsync(historyOf(runId)) };
  for await (const { bcn, state, reason } of accountsOfRun(runId)) {
    yield { about: 'account', bcn, state, reason };
    yield* documentsOf(bcn, period, runId);
  }
  for await (const message of messagesOf(runId)) yield mailOf(message);
}

/** Everything that happened to a version of a document, oldest first. */
export function stepsOf(version: DocumentVersion, { number, publications, correctedBy, payment }: KnownOfDocument): DocumentStep[] {
  const published = publications.get(version.publicationId);
  const corrected = correctedBy && publications.get(correctedBy.publicationId);
  const steps: (DocumentStep | undefined)[] = [
    number && { at: number.boundAt, step: 'numbered', cause: number.cause ?? `run ${number.runId}`, said: number.number },
    number?.voided && { at: number.voided.at, step: 'number given up', cause: number.voided.cause ?? UNKNOWN, said: number.voided.reason },
    { at: version.made?.at ?? '', step: 'made', cause: version.made?.cause ?? UNKNOWN },
    version.withdrawn === undefined
      ? undefined
      : { at: version.withdrawal?.at ?? '', step: 'withdrawn', cause: version.withdrawal?.cause ?? UNKNOWN, said: version.withdrawn },
    stepOfPublication('published', version.withdrawn === undefined ? published : undefined),
    stepOfPublication('corrected', corrected, correctedBy?.number),
    ...(payment?.history ?? []).map(({ asOf, importId, line, status, paid }): DocumentStep => {
      return { at: asOf, step: 'payment', cause: `event import ${importId}, line ${line}`, said: `${status}, ${paid} paid` };
    }),
  ];
  return steps.filter((step) => step !== undefined).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function stepOfPublication(step: 'published' | 'corrected', publication: Publication | undefined, said?: string): DocumentStep | undefined {
  const { publishedAt, cause = UNKNOWN } = publication ?? {};
  return publishedAt === undefined ? undefined : { at: publishedAt, step, cause, said };
}

async function* documentsOf(bcn: string, period: string, runId: string): AsyncGenerator<object> {
  const versions = await Array.fromAsync(versionsOfPeriod(bcn, period));
  const own = versions.filter(({ publicationId }) => publicationId === runId);
  if (own.length === 0) return;
  const [publications, numbers, paymentOf] = await Promise.all([
    publicationsOf(versions.map(({ publicationId }) => publicationId)),
    numbersOfAccount(bcn, period),
    paymentsOf([bcn]),
  ]);
  for (const version of own) {
    const { documentId, ocn, kind, number, version: n, key, sha256, bytes } = version;
    const known = {
      number: numbers.find((record) => record.number === number),
      publications,
      correctedBy: versions.find((other) => number !== undefined && takesBack(other, number)),
      payment: paymentOf({ bcn, number: number ?? '' }),
    };
    yield {
      about: 'document',
      documentId,
      version: n,
      ocn,
      bcn,
      period,
      kind,
      number,
      key,
      sha256,
      bytes,
      history: stepsOf(version, known),
    };
  }
}

function takesBack({ kind, facts }: DocumentVersion, number: string): boolean {
  const corrects = (facts?.corrects ?? []) as readonly { readonly number: string }[];
  return kind === 'credit-note' && corrects.some((each) => each.number === number);
}

/** Which document was mailed to whom, by contact id, and what became of it; without the address. */
function mailOf({ messageId, kind, ocn, bcn, contactId, subject, occasion, state, history }: Message): object {
  const told = history.map((line) => ({ ...line, reason: line.reason === undefined ? undefined : withoutAddresses(line.reason) }));
  return { about: 'email', messageId, kind, ocn, bcn, contactId, subject, occasion, state, history: told };
}
