import { expiresAfterMonths, INVOICE_MONTHS } from '../aws/retention.ts';
import type { InvoiceDrafted, InvoiceIssued } from '../billing/events.ts';
import type { ExtraHoliday } from '../calendars/extra-holidays.ts';
import { getLegalEntity } from '../directory/read.ts';
import type { AccountChecks } from '../invoice-checks/account-checks.ts';
import { act, type Outcome, settled } from './act.ts';
import { deadlinesOf } from './deadlines.ts';
import { decideDraft } from './decide.ts';
import type { Review } from './review.ts';
import { getReview, keepUntil } from './review-store.ts';

/** What a draft is checked by, and how its customer hears of it; both may be called again for the same draft. */
export interface Reviewing {
  readonly check: (draft: InvoiceDrafted, now: Date) => Promise<AccountChecks>;
  /** Writes to the contacts of the account: about a version that waits for them, or the n-th reminder of it. */
  readonly tell?: ((review: Review, occasion: 'draft' | 'reminder', now: Date) => Promise<void>) | undefined;
  /** Holidays that are not deployed yet. */
  readonly extra: readonly ExtraHoliday[];
}

/** Data that make no draft cannot be compared with anything. */
const FAULTY: AccountChecks = { counts: { blocks: 1, asks: 0, notes: 0 }, results: [] };

/**
 * Billing drafted a first invoice, or drafted it anew: it is checked, and goes to the customer unless a check blocks it.
 * Delivered again, it only sees to it that the customer was told.
 */
export async function takeDraft(draft: InvoiceDrafted, { check, tell, extra }: Reviewing, now: Date): Promise<Outcome | undefined> {
  const known = await getReview(draft.bcn, draft.period);
  if (known && draft.version < known.version) return undefined;
  const checks = draft.fault ? FAULTY : await check(draft, now);
  const entity = await getLegalEntity(draft.legalEntityId);
  const deadlines = deadlinesOf(draft, entity?.issueLimit, now, extra);
  const { schemaVersion: _, checks: __, ...plain } = draft;
  const outcome = await settled(draft.bcn, draft.period, (review) => decideDraft(review, plain, checks, deadlines, now), now);
  if (outcome.review.state === 'awaiting-customer' && outcome.review.version === draft.version) await tell?.(outcome.review, 'draft', now);
  return outcome;
}

/**
 * Billing issued it: the review is over. From here on it shows on whose word an invoice was issued, and is kept as long as the log of the
 * invoice's emails.
 */
export async function takeIssue({ bcn, period, version, numbers, issueDate }: InvoiceIssued, now: Date): Promise<void> {
  const review = await getReview(bcn, period);
  if (!review) return;
  await act(bcn, period, { trigger: 'issue', version, numbers, actor: { kind: 'billing', cause: `issued as ${numbers.join(', ')}` } }, now);
  const entity = await getLegalEntity(review.legalEntityId);
  await keepUntil(bcn, period, expiresAfterMonths(issueDate, entity?.retentionMonths?.invoice ?? INVOICE_MONTHS));
}
