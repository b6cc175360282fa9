import * as z from 'zod';
import { CALENDARS, isCalendar } from '../calendars/calendars.ts';
import { isPeriod } from '../calendars/dates.ts';
import { accountChecks } from '../invoice-checks/account-checks.ts';

const id = z.string().regex(/^(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'an id of letters, digits, dots, dashes is expected');
const period = z.string().refine(isPeriod, 'a month such as "2026-10" is expected');
const calendar = z.string().refine(isCalendar, `one of ${Object.keys(CALENDARS).join(', ')} is expected`);
const runId = z.string().regex(/^\d{4}-\d{2}\.[A-Z-]+\.\d+$/, 'a run id such as "2026-10.DE.1" is expected');
const words = z.string().min(1).max(2000);

/** Accounts that one request names. */
export const MOST_ACCOUNTS = 5000;

/** `billing.run.requested`: somebody asks for a rerun. */
export const runRequested = z.object({
  period,
  calendar: calendar.optional(),
  bcns: z.array(id).min(1).max(MOST_ACCOUNTS).optional(),
  ocns: z.array(id).min(1).max(MOST_ACCOUNTS).optional(),
  /** Of all these, the ones that are parked and that no later publication issued. */
  only: z.literal('parked', '"parked" is expected').optional(),
  reason: words,
  requestedBy: words,
  resend: z.enum(['never', 'changed', 'always'], 'one of never, changed, always is expected'),
});

/** `billing.correction.requested`: somebody asks for a credit note and a new document, where figures changed after issue. */
export const correctionRequested = z.object({ period, bcn: id, reason: words, requestedBy: words });

/** `billing.period.completed`: a calendar's period was delivered completely. */
export const periodCompleted = z.object({ period, calendar });

/** `billing.bills.changed`: bills or usage of these accounts came, or changed. */
export const billsChanged = z.object({ period, bcns: z.array(id).max(5000) });

/** `billing.issued.compare`: a late batch is published; its accounts' bills are compared with what is issued of them. */
export const issuedCompare = z.object({ period, calendar, bcns: z.array(id).max(5000) });

/** `billing.directory.changed`: an import may have changed what first invoices say that are held. */
export const directoryChanged = z.object({ importId: words });

/** `billing.run.plan`: one page of a run's accounts becomes chunks; continues itself. */
export const runPlan = z.object({
  runId,
  pass: z.int().min(1),
  /** Where the directory's paging goes on. */
  cursor: z.string().optional(),
  /** The number of the page's first chunk. */
  first: z.int().min(1),
});

/** `billing.run.settle`: something happened to a run; decide what comes next. */
export const runSettle = z.object({ runId, cause: words });

/** `billing.chunk.prepare`, `.number`, `.render`, `.deliver`: one stage of one chunk. */
export const chunkWork = z.object({ runId, chunk: z.int().min(1), pass: z.int().min(1) });

/** `billing.publication.record`: the register learns what a publication issued. */
export const publicationRecord = z.object({ runId });

/** `billing.publication.print`: what goes out by post of a publication is made ready, from this chunk on; continues itself. */
export const publicationPrint = z.object({ runId, from: z.int().min(1) });

/** `billing.series.record`: the auditor's file of a number series is written anew. */
export const seriesRecord = z.object({ legalEntityId: id, series: z.string().min(1).max(200) });

const draftBill = z.object({
  billId: words,
  revision: z.int().min(0),
  bucket: z.string().min(1).max(100),
  key: z.string().min(1).max(1024),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 is expected'),
});
const version = z.int().min(1);

/** `invoice.drafted`: a first invoice is drafted, or drafted anew, and billing holds it until somebody answers for this version. */
export const invoiceDrafted = z.object({
  schemaVersion: z.literal(1),
  bcn: id,
  ocn: id,
  legalEntityId: id,
  period,
  calendar,
  version,
  fingerprint: words,
  bills: z.array(draftBill).max(1000),
  intraEu: z.boolean(),
  /** Why the newest data make no draft. */
  fault: z.string().max(5000).optional(),
  /** What the checks of this draft came to. */
  checks: accountChecks.optional(),
});

/** `invoice.approved`: the answer; it stands here because billing, which reads it, is the lower floor. */
export const invoiceApproved = z.object({
  schemaVersion: z.literal(1),
  bcn: id,
  period,
  version,
  by: words,
  reason: words,
  approvedAt: z.iso.datetime(),
});

/** `invoice.rejected`: a person said that this version is not issued. */
export const invoiceRejected = z.object({ schemaVersion: z.literal(1), bcn: id, period, version, by: words, reason: words });

/** `invoice.issued`: a first invoice has its number and is published. */
export const invoiceIssued = z.object({
  schemaVersion: z.literal(1),
  bcn: id,
  period,
  version,
  numbers: z.array(z.string()),
  issueDate: z.iso.date(),
  dueDate: z.iso.date(),
});

export type InvoiceDrafted = z.output<typeof invoiceDrafted>;
export type InvoiceApproved = z.output<typeof invoiceApproved>;
export type InvoiceRejected = z.output<typeof invoiceRejected>;
export type InvoiceIssued = z.output<typeof invoiceIssued>;
export type CorrectionRequested = z.output<typeof correctionRequested>;
export type RunRequested = z.output<typeof runRequested>;
export type RunPlan = z.output<typeof runPlan>;
export type PublicationPrint = z.output<typeof publicationPrint>;
export type ChunkWork = z.output<typeof chunkWork>;
