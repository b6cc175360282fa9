import { draftsOf } from '../billing/held-drafts.ts';
import { getBillingAccount } from '../directory/read.ts';
import { type CheckReport, reportOf } from '../invoice-checks/report.ts';
import { oneLine } from '../messages/words.ts';
import { type Due, nextDue } from './deadlines.ts';
import { nameOf, type Review, type ReviewHistoryLine } from './review.ts';
import { askedOf } from './review-tasks.ts';
import { TRIGGERS } from './states.ts';

/** What the checks of the draft came to, as a billing person reads it. */
export async function checkReportOf({ bcn, period, version, checks, checkResults = [] }: Review): Promise<CheckReport> {
  const account = await getBillingAccount(bcn);
  return reportOf({ bcn, accountName: account?.name ?? '', period, version }, { counts: checks, results: checkResults });
}

/** Periods that wait for a first invoice to be issued, without a review of their own. */
export async function waitingBehind({ bcn, period }: Review): Promise<string[]> {
  const drafts = await draftsOf(bcn);
  return drafts.filter((draft) => draft.period > period && draft.state !== 'issued' && !draft.told).map((draft) => draft.period);
}

/** What happened, by whom, and in which words; without its instant. */
export function historyText({ version, trigger, to, actor, reason, lines = [] }: ReviewHistoryLine): string {
  const why = [reason && oneLine(reason), ...lines.map(askedOf)].filter(Boolean).join('; ');
  const who = actor.kind === 'customer' || actor.kind === 'person' ? ` by ${nameOf(actor)}` : '';
  const what = trigger === 'issue' ? nameOf(actor) : `${TRIGGERS[trigger].words}${who}`;
  return `draft ${version}, ${to}: ${what}${why ? `: ${why}` : ''}`;
}

/** What is due next, and when; empty where nothing happens by itself. */
export function dueText(review: Review): string {
  const due = nextDue(review);
  return due ? `${DUE_WORDS[due.what]} ${minute(due.at)}` : '';
}

/** What happens by itself, in the words of who waits for it. */
export const DUE_WORDS: Readonly<Record<Due['what'], string>> = {
  remind: 'reminder',
  deadline: 'deadline',
  warn: 'warning of the limit',
  'say-again': 'billing is told again',
};

/** A moment to the minute, in UTC. */
export function minute(instant: string): string {
  return `${instant.slice(0, 'yyyy-mm-ddThh:mm'.length)}Z`;
}
