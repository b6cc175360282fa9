import { staysInDoubt } from '../messages/counts.ts';
import { isInstant, type Message } from '../messages/message.ts';
import { isShown } from './account.ts';
import type { AccountMonth, AccountRun } from './account-month.ts';
import { isPublished, type Run } from './run.ts';

/** How it stands: the customer was told; it goes on by itself; somebody has to do something; or there is nothing to tell. */
type Standing = 'told' | 'goes-on' | 'needs-a-person' | 'nothing';

/** What a person looks at to go on. */
type Concerns = 'run' | 'parked' | 'review' | 'held' | 'people' | 'tasks' | 'message';

/** The answer to "why did the customer not get the invoice?". */
export interface MonthAnswer {
  readonly standing: Standing;
  readonly sentence: string;
  /** What helps. */
  readonly advice?: string | undefined;
  readonly concerns?: Concerns | undefined;
  /** The message that it is about. */
  readonly messageId?: string | undefined;
}

/** What is asked of a month; see account-month.ts. */
export type Asked = Pick<AccountMonth, 'bcn' | 'period' | 'calendar' | 'month'> & {
  readonly runs: readonly {
    readonly run: AccountRun['run'];
    readonly record: Pick<AccountRun['record'], 'state' | 'reason' | 'delivery'>;
  }[];
  readonly messages: readonly Message[];
};

type AskedRun = Asked['runs'][number];

/** Says in one sentence what became of an account's month, from the run that counts to the last email. */
export function monthAnswer(asked: Asked): MonthAnswer {
  const counts = runThatCounts(asked.runs);
  if (!counts) return unknownToRun(asked);
  const { run, record } = counts;
  if (record.state === 'parked')
    return needs(
      `It is parked: ${record.reason ?? 'no reason is known'}`,
      'parked',
      'have the bill corrected and delivered again, then try again',
    );
  if (record.state === 'held')
    return needs('It is the account’s first invoice, and its review is not over.', 'review', 'look at the review');
  if (!isPublished(run.stage)) return unpublished(run);
  return asked.messages.length > 0 ? told(run, asked.messages) : untold(run, record);
}

/** The newest run that shows something of the account; else the newest that knows it. */
function runThatCounts(runs: readonly AskedRun[]): AskedRun | undefined {
  return runs.findLast(({ run, record }) => isPublished(run.stage) && isShown(record)) ?? runs.at(-1);
}

function unknownToRun({ bcn, period, calendar, month }: Asked): MonthAnswer {
  if (!month) return { standing: 'goes-on', sentence: `The bill run of ${period} for calendar ${calendar} is not opened yet.` };
  if (month.stage === 'waiting-for-input')
    return {
      standing: 'goes-on',
      sentence: `The carrier’s systems have not said that ${period} is complete; it is prepared from ${minute(month.prepareFrom)} on.`,
      concerns: 'run',
    };
  if (month.stage === 'planning' || month.stage === 'preparing')
    return {
      standing: 'goes-on',
      sentence: `The bill run of ${period} is being prepared and has not come to this account.`,
      concerns: 'run',
    };
  return needs(
    `The bill run of ${period} for calendar ${calendar} does not know ${bcn}: the account was closed, new or of another calendar then.`,
    'run',
    'a rerun for this account bills it',
  );
}

function unpublished(run: Run): MonthAnswer {
  if (run.brake) {
    const { kind, by, at, reason } = run.brake;
    return needs(
      `The bill run is ${kind === 'hold' ? 'held' : 'stopped'} by ${by} since ${minute(at)}: ${reason}`,
      'run',
      'somebody has to let it go on',
    );
  }
  if (run.stage === 'awaiting-release')
    return needs('The control report of the bill run is beyond its thresholds.', 'run', 'a named person has to release the run');
  return { standing: 'goes-on', sentence: `It is prepared, and published at ${minute(run.publishFrom)} at the earliest.`, concerns: 'run' };
}

/** Published, and nobody was written to. */
function untold(run: Run, { state, delivery }: AskedRun['record']): MonthAnswer {
  const published = `Published at ${minute(run.publishedAt ?? '')}`;
  if (delivery?.skipped?.startsWith('no reachable'))
    return needs(
      `${published}, and nobody was written to: the account has no reachable billing contact.`,
      'people',
      'have a contact with a working address delivered, then send it again by a rerun',
    );
  if (delivery?.skipped)
    return { standing: 'nothing', sentence: `${published}, and nobody was written to: ${delivery.skipped}.`, concerns: 'people' };
  if (delivery) return { standing: 'nothing', sentence: `${published}; no email about it is known (any more).` };
  if (run.brake?.kind === 'stop')
    return needs(
      `${published}, and stopped by ${run.brake.by} before the emails were written: ${run.brake.reason}`,
      'run',
      'somebody has to resume the run',
    );
  const what = state === 'without-bill' ? 'without an invoice: no bill came; ' : '';
  return { standing: 'goes-on', sentence: `${published}; ${what}the emails are being written.`, concerns: 'run' };
}

/** The best of the emails counts: what came to one reader, the customer has. */
function told(run: Run, messages: readonly Message[]): MonthAnswer {
  const arrived = messages.filter(({ state }) => state === 'delivered' || state === 'complained');
  const rest = messages.filter((message) => !arrived.includes(message));
  const [first] = arrived;
  if (first) {
    const at = first.history.findLast(({ state }) => state === first.state)?.at ?? '';
    const others = rest.map(({ state, reason }) => `one more is ${state}${reason ? ` (${reason})` : ''}`).join(', ');
    const sentence = `Delivered: ${arrived.length} of ${messages.length} ${messages.length === 1 ? 'email' : 'emails'}, the first at ${minute(at)}${others ? `; ${others}` : ''}.`;
    return { standing: 'told', sentence, concerns: 'message', messageId: first.messageId };
  }
  const answers = messages.map((message) => ofOne(run, message));
  return answers.reduce((best, next) => (WORTH[next.standing] > WORTH[best.standing] ? next : best));
}

/** Of several emails that did not arrive: one that goes on may still arrive, and one that a person can help comes before one that is over. */
const WORTH: Readonly<Record<Standing, number>> = { told: 3, 'goes-on': 2, 'needs-a-person': 1, nothing: 0 };

function ofOne({ publishedAt = '' }: Run, message: Message): MonthAnswer {
  const { messageId, state, reason = '', waitsFor, history } = message;
  const since = minute(history.at(-1)?.at ?? '');
  const published = `Published at ${minute(publishedAt)}`;
  const about = { concerns: 'message', messageId } as const;
  switch (state) {
    case 'queued':
    case 'claimed':
      return { standing: 'goes-on', sentence: `${published}; the email is in the queue.`, ...about };
    case 'deferred':
      return isInstant(waitsFor)
        ? { standing: 'goes-on', sentence: `${published}; the email waits: ${reason}.`, ...about }
        : {
            ...needs(`${published}; the email waits behind a brake, ${reason}.`, 'message', 'somebody has to let sending go on'),
            messageId,
          };
    case 'held':
      return {
        ...needs(
          `${published}; the email is held since ${since}: ${reason}`,
          'held',
          'look at it, then release it, drop it, or mend what is wrong',
        ),
        messageId,
      };
    case 'unknown':
      return staysInDoubt(message)
        ? {
            ...needs(`${published}; nobody knows whether the email left at ${since}.`, 'message', 'ask the customer whether it came'),
            messageId,
          }
        : { standing: 'goes-on', sentence: `${published}; nobody knows whether the email left, so it goes once more.`, ...about };
    case 'submitted':
      return {
        standing: 'goes-on',
        sentence: `Sent at ${since}; the reader’s mail server has not said yet that it took the email.`,
        ...about,
      };
    case 'delayed':
      return {
        standing: 'goes-on',
        sentence: `Sent; the reader’s mail server has not taken the email since ${since}: ${reason || 'no reason given'}`,
        ...about,
      };
    case 'bounced':
      return { ...needs(`The email came back at ${since}: ${reason}`, 'tasks', 'ask the customer for a working address'), messageId };
    case 'skipped':
      return reason.startsWith('not delivered')
        ? { ...needs(`The email did not leave: ${reason}.`, 'tasks', 'ask the customer for a working address'), messageId }
        : { standing: 'nothing', sentence: `The email did not leave: ${reason}.`, ...about };
    case 'delivered':
    case 'complained':
      return { standing: 'told', sentence: `Delivered at ${since}.`, ...about };
  }
}

function needs(sentence: string, concerns: Concerns, advice: string): MonthAnswer {
  return { standing: 'needs-a-person', sentence, concerns, advice };
}

/** `2026-11-04 06:00 UTC` */
function minute(instant: string): string {
  return `${instant.slice(0, 'yyyy-mm-ddThh:mm'.length).replace('T', ' ')} UTC`;
}
