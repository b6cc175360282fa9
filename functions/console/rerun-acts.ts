import type { Person } from '../audit/human-act.ts';
import { askForRerun } from '../billing/ask.ts';
import { type RunRequested, runRequested } from '../billing/events.ts';
import { previewPage, rerunExtent, TRIED_AT_ONCE } from '../billing/preview-page.ts';
import type { Approval, Extent } from './approval.ts';
import { ASKED_AT } from './awaited.ts';
import type { ConsoleAct } from './console-page.ts';
import { doerOf } from './doer.ts';
import { counted } from './figures.ts';
import { paths } from './links.ts';
import { rerunIn } from './rerun-form.ts';
import { rerunPreview } from './rerun-page.ts';
import { calendarName, monthName } from './run-words.ts';
import { orAskSecondPerson } from './second-person.ts';

const MAILED: Readonly<Record<RunRequested['resend'], string>> = {
  never: 'no email goes again',
  changed: 'emails about changed files go again',
  always: 'every email goes again',
};

/** Shows what a rerun would do, or asks billing for it. */
export const rerunAct: ConsoleAct = async (request, form) => {
  const { person, now, csrf } = request;
  const asked = rerunIn(form, person.name);
  const { accounts, meant } = await rerunExtent(asked);
  if (form.get('step') !== 'run') {
    const after = form.get('after');
    return rerunPreview(asked, accounts, await previewPage(asked, after, now), after === undefined, csrf);
  }
  const { period, calendar, bcns, reason } = meant;
  const place = `${calendar ? `${calendarName(calendar)}, ` : ''}${monthName(period)}`;
  const sentence = `Run again ${counted(accounts, 'account')}: ${place}; ${MAILED[meant.resend]}`;
  const intended = { what: 'rerun', input: meant, subject: { period, calendar, bcns }, sentence, reason } as const;
  return orAskSecondPerson({ ...intended, extent: await extentOf(meant, accounts, now) }, request, async () => {
    await askForRerun(meant, doerOf(person, reason), now);
    return { to: placeOf(meant, now), said: saidOf(accounts) };
  });
};

/**
 * Asks billing for what two people have agreed on; asked twice, it is done once.
 * @returns what it came to
 */
export async function rerunApproved({ id, input, extent }: Approval, doer: Person, now: Date): Promise<string> {
  await askForRerun(runRequested.parse(input), doer, now, `approval-${id}`);
  return saidOf(extent.accounts);
}

/** The emails are counted by trying, which only few accounts are quick enough for. */
async function extentOf(meant: RunRequested, accounts: number, now: Date): Promise<Extent> {
  if (accounts > TRIED_AT_ONCE) return { accounts, emails: 0, isUncounted: meant.resend === 'always' };
  const previews = [];
  let after: string | undefined;
  do {
    const page = await previewPage(meant, after, now);
    previews.push(...page.accounts);
    after = page.next;
  } while (after !== undefined);
  return { accounts, emails: previews.reduce((sum, { emails }) => sum + emails, 0) };
}

function placeOf({ period, calendar }: RunRequested, now: Date): string {
  const since = { [ASKED_AT]: now.toISOString() };
  return calendar ? paths.run(period, calendar, since) : paths.month({ period, ...since });
}

function saidOf(accounts: number): string {
  return `Asked for: ${counted(accounts, 'account')} will be run again. What becomes of it stands here in a moment.`;
}
