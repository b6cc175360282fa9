import { OWN_SOURCE } from '../events/cloud-event.ts';
import { PermanentError } from '../events/failure.ts';
import { billsChanged } from './changes.ts';
import type { InvoiceApproved, InvoiceRejected, RunRequested } from './events.ts';
import { draftsOf, heldDraft, heldDrafts, keepApproval, nextWaiting, noteRejected } from './held-drafts.ts';
import { askAgain, redraft } from './redraft.ts';
import { requestRerun } from './rerun.ts';

/**
 * Somebody answered for the draft of a first invoice: a late batch of its own issues it. An answer to an older version, or to
 * what is issued already, changes nothing.
 * @throws PermanentError when nothing was ever drafted
 */
export async function releaseFirst({ bcn, period, version, by, reason, approvedAt }: InvoiceApproved, now: Date): Promise<void> {
  const draft = await heldDraft(bcn, period);
  if (!draft) throw new PermanentError(`bcn is "${bcn}": no first invoice of ${period} is held for it`, 'bcn');
  if (!(await keepApproval(bcn, period, { version, by, reason, at: approvedAt }))) return;
  const words = `release of the first invoice, version ${version}: ${reason}`;
  const asked: RunRequested = { period, bcns: [bcn], reason: words, requestedBy: by, resend: 'never' };
  // The same answer asks once, however often it comes.
  await requestRerun(asked, `${OWN_SOURCE} release/${bcn}/${period}/${version}`, now);
}

/**
 * A person rejected the draft of a first invoice: it is not issued, and what waited behind it gets a review of its own. A word about an
 * older version, or about what is issued already, changes nothing.
 */
export async function rejectFirst({ bcn, period, version }: InvoiceRejected, now: Date): Promise<void> {
  if (!(await noteRejected(bcn, period, version))) return;
  const next = nextWaiting(await draftsOf(bcn));
  const reason = `the first invoice of ${bcn}, ${period}, was rejected: this one does not wait for it`;
  if (next) await askAgain(next, reason, `rejected/${bcn}/${period}/${version}/${next.period}/${next.version}`, now);
}

/** Bills came, or changed. What is held is drafted anew from them, where something is new. */
export async function takeChangedBills(period: string, bcns: readonly string[], cause: string, now: Date): Promise<void> {
  await billsChanged(period, bcns, cause, now);
  for (const draft of await heldDrafts(bcns, period)) if (draft.state !== 'issued') await redraft(draft, now);
}
