import type { IssuedFacts } from '../documents/issued-facts.ts';
import type { Manifest } from '../documents/manifest.ts';
import type { DocumentFormat, DocumentKind, InvoiceKind } from '../documents/records.ts';
import type { AccountChecks } from '../invoice-checks/account-checks.ts';
import type { MailFacts } from '../messages/outbox.ts';
import type { AccountFigures } from './control-figures.ts';
import type { FoundDraft } from './draft.ts';
import type { Release } from './held-drafts.ts';

/**
 * What became of an account in a run. `drafted`: its bills were checked and laid out with a placeholder; `numbered`: each
 * has its number, and is issued when the run is published. `held`: its first invoice waits for an answer, and nothing of it is
 * shown. `without-bill` accounts may have call records and numbers.
 * Until publication any of them is prepared again when its bills change.
 */
const NEXT = {
  validating: ['parked', 'without-bill', 'held', 'drafted'],
  parked: ['parked', 'without-bill', 'held', 'drafted'],
  'without-bill': ['parked', 'without-bill', 'held', 'drafted'],
  held: ['parked', 'without-bill', 'held', 'drafted'],
  drafted: ['parked', 'without-bill', 'held', 'drafted', 'numbered'],
  numbered: ['parked', 'without-bill', 'held', 'drafted', 'numbered'],
} as const satisfies Record<string, readonly string[]>;

export type AccountState = keyof typeof NEXT;

/** What is kept of an account: validating is over when there is something to keep. */
export type KeptState = Exclude<AccountState, 'validating'>;

/** True when an account may go from one state to the other. A number only comes after a layout without error. */
export function mayBecome(from: AccountState, to: AccountState): boolean {
  return (NEXT[from] as readonly AccountState[]).includes(to);
}

/** True for an account whose documents the run's publication shows. */
export function isShown({ state }: Pick<AccountRecord, 'state'>): boolean {
  return state !== 'parked' && state !== 'held';
}

/** A document of an account in this run; the same version as before when its bytes did not change. */
export interface AccountDocument {
  readonly documentId: string;
  readonly version: number;
  readonly kind: DocumentKind | 'manifest';
  readonly format: DocumentFormat;
  readonly number?: string | undefined;
  readonly key: string;
  readonly sha256: string;
  readonly bytes: number;
  /** False when an earlier publication showed these bytes already. */
  readonly fresh: boolean;
}

/** Half of a correction: the credit note takes back what was issued, the replacement is issued in its place. */
export interface CorrectionPart {
  readonly part: 'credit-note' | 'replacement';
  /** The carrier's own id of the bill that is corrected. */
  readonly billId: string;
  /** 1 for the first correction of the bill. */
  readonly round: number;
  /** The document that is taken back. */
  readonly corrects: { readonly number: string; readonly issueDate: string };
  readonly reason: string;
}

/** A bill that becomes, or became, a numbered document. */
export interface AccountBill {
  /** The carrier's id; half of a correction has one of its own. */
  readonly billId: string;
  /** Missing on what the carrier delivered as it is. */
  readonly correction?: CorrectionPart | undefined;
  readonly revision: number;
  /** Where the delivered file lies. */
  readonly bucket: string;
  readonly key: string;
  /** Of the delivered file: tells whether what was issued is still what the carrier says. */
  readonly sha256: string;
  readonly kind: InvoiceKind;
  readonly number?: string | undefined;
  readonly documentId?: string | undefined;
  /** The figures as they stand on the document; register, record and email come from them. */
  readonly facts?: IssuedFacts | undefined;
  /** What its email says. */
  readonly mail?: MailFacts | undefined;
}

/** An account in a run. */
export interface AccountRecord {
  readonly bcn: string;
  readonly ocn: string;
  readonly legalEntityId: string;
  readonly chunk: number;
  readonly state: KeptState;
  /** Why it is parked, with field, value and what would be right. */
  readonly reason?: string | undefined;
  /** Its first invoice: what is held, or, of a parked account, why what was drafted stands no longer. */
  readonly draft?: FoundDraft | undefined;
  /** Somebody answered for its first invoice: it is issued as that version. */
  readonly release?: Release | undefined;
  /** It was drafted while it waited behind the account's first invoice, and comes now without a review of its own. */
  readonly waited?: Release | undefined;
  /** What a careful billing team would ask about its bills: of a first invoice for its review, of a later one as a warning. */
  readonly checks?: AccountChecks | undefined;
  /** Of the input that it was prepared from. */
  readonly fingerprint: string;
  readonly bills: readonly AccountBill[];
  readonly documents: readonly AccountDocument[];
  /** What its manifest says about call records and numbers; the documents are listed when all are rendered. */
  readonly manifest?: Manifest | undefined;
  /** What it contributes to the control report; next month compares with it. */
  readonly figures: AccountFigures;
  /** What became of its emails: how many addresses, or why nobody was written to. */
  readonly delivery?: { readonly messages: number; readonly skipped?: string | undefined } | undefined;
}
