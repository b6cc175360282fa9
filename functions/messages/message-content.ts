import type { WorksNotice } from './works-notice.ts';

export const DOCUMENT_KINDS = ['invoice', 'credit-note', 'self-billed-invoice', 'outpayment-statement'] as const;

/** What an email says. Amounts are decimal strings, dates `YYYY-MM-DD`, the period `YYYY-MM`. */
export interface MailFacts {
  /** Missing when no numbered document belongs to it (call records or number lists alone). */
  readonly documentKind?: (typeof DOCUMENT_KINDS)[number] | undefined;
  readonly number?: string | undefined;
  readonly customerName: string;
  readonly accountName: string;
  readonly legalEntityId: string;
  readonly sellerName: string;
  readonly period: string;
  readonly gross?: string | undefined;
  /** What is to be paid (or, on a credit note, what comes back); differs from gross by what was paid before. */
  readonly payable?: string | undefined;
  readonly currency?: string | undefined;
  readonly issueDate?: string | undefined;
  readonly dueDate?: string | undefined;
  /** Direct debit: nothing for the reader to do. */
  readonly collection?: { readonly on: string; readonly mandate: string } | undefined;
  readonly nothingToPay?: boolean | undefined;
  /** What the document replaces, and the credit note that takes that back and comes along. */
  readonly correction?: { readonly corrected: string; readonly creditNote: string } | undefined;
}

export interface Attachment {
  /** In the portal bucket. */
  readonly key: string;
  readonly sha256: string;
  readonly filename: string;
  readonly contentType: string;
  readonly bytes: number;
}

export interface DocumentLink {
  readonly documentId: string;
  /** `invoice`, `cdr`, `unl`, ...: names the link in the reader's language. */
  readonly kind: string;
}

/** An email about billing documents. */
export interface DocumentsContent {
  readonly kind: 'invoice' | 'documents-ready';
  readonly facts: MailFacts;
  readonly attachments: readonly Attachment[];
  readonly links: readonly DocumentLink[];
}

/** An email about planned works. */
export interface WorksContent {
  readonly kind: 'works' | 'works-emergency' | 'works-reminder' | 'works-answer';
  readonly facts: WorksNotice;
  /** The message that must still be the newest of its subject and address when this one leaves; its own id when later ones replace it. */
  readonly while?: 'newest' | { readonly newest: string } | undefined;
}

/** An email with a new link to a contact's settings. */
export interface SettingsLinkContent {
  readonly kind: 'settings-link';
  readonly facts: Pick<MailFacts, 'legalEntityId' | 'customerName'>;
}

/** Why a customer is written to about the draft of a first invoice. */
export type ReviewOccasion = 'first' | 'changed' | 'reminder' | 'first-soon' | 'changed-soon' | 'reminder-soon' | 'extended' | 'link';

/** What an email about the draft of a first invoice says. */
export interface ReviewFacts {
  readonly legalEntityId: string;
  readonly customerName: string;
  readonly accountName: string;
  readonly period: string;
  /** Of the draft; its link opens this one alone. */
  readonly version: number;
  /** What the draft comes to, tax included. */
  readonly gross: string;
  readonly currency: string;
}

/** An email that asks a customer to check the draft of its first invoice. */
export interface ReviewContent {
  readonly kind: 'first-invoice-review';
  readonly facts: ReviewFacts & {
    readonly about: ReviewOccasion;
    /** The last day to answer; missing once it has passed, and where the law leaves no time for one. */
    readonly answerBy?: string | undefined;
  };
}

/** An email that says that questions about the draft have arrived. Their words stay on the page: they may name anything. */
export interface QueryReceivedContent {
  readonly kind: 'first-invoice-query-received';
  readonly facts: ReviewFacts;
}
