import type { LegalEntity } from '../../directory/records.ts';
import type { Language } from '../../money/format.ts';
import type { TokenKeys } from '../../tokens/token-keys.ts';
import type { Composed } from '../composed.ts';
import type { Invitation } from '../invitation.ts';
import type { NewMessage } from '../message.ts';
import type { Reader } from '../recipient.ts';

/** What the checks look at: the email as it would leave, and what it must agree with. */
export interface Candidate {
  readonly message: NewMessage;
  readonly mail: Composed;
  /** The header of the bytes that SES would get: names in lower case, values unfolded; one that is there twice has a line break in it. */
  readonly headers: ReadonlyMap<string, string>;
  /** Who reads it, as the directory knows the contact now. */
  readonly contact: Reader;
  /** The address that SES would be given. */
  readonly to: string;
  /** What the reader asked for. */
  readonly language: Language;
  readonly timeZone: string;
  /** The reader's local date. */
  readonly today: string;
  /** What an email about works is told from. */
  readonly invitation?: Invitation | undefined;
  readonly legalEntity: LegalEntity;
  readonly publicOrigin: string;
  readonly linkKeys: TokenKeys;
  /** The sender of the message's category, its desk for answers, and the mailbox that ends an optional one. */
  readonly from: string;
  readonly replyTo: string;
  readonly unsubscribe: string;
  /** SHA-256 of each attachment's bytes as they were read, by key; missing when there is no such object. */
  readonly sha256: ReadonlyMap<string, string>;
  /** Those of the words that `identifiersIn` finds: the directory knows them as a customer or an account of somebody else. */
  readonly foreign: readonly string[];
  /** The message that told this address the very same within 24 hours, where nobody asked for a repetition. */
  readonly repeats?: string | undefined;
}

/** Rules by their sentence: what in the email breaks it. The sentence is the reason that a person reads, and the name of the test. */
export type Rules = Readonly<Record<string, (candidate: Candidate) => readonly string[]>>;
