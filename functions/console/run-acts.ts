import * as z from 'zod';
import type { Person } from '../audit/human-act.ts';
import { brakeRuns, openExtent, RUN_BRAKES, type RunBrakeName } from '../billing/brake-runs.ts';
import { type Run, stateOf } from '../billing/run.ts';
import { PermanentError } from '../events/failure.ts';
import type { Approval } from './approval.ts';
import type { ConsoleAct, ConsoleAnswer } from './console-page.ts';
import { doerOf } from './doer.ts';
import { counted } from './figures.ts';
import { reasonIn } from './forms.ts';
import { calendarName, monthName, stateWords } from './run-words.ts';
import { orAskSecondPerson } from './second-person.ts';

const DONE: Readonly<Record<RunBrakeName, string>> = { hold: 'Held', stop: 'Stopped', release: 'Released', resume: 'Resumed' };

/** What a release is done with: the runs that were open when it was asked for, and no later one. */
const releaseInput = z.object({
  period: z.string(),
  calendar: z.string(),
  name: z.enum(['release', 'resume']),
  runIds: z.array(z.string()),
});

/** Holds, stops, releases or resumes the runs of a month and calendar, as the command line does. What goes on for many accounts takes two people. */
export const brakeAct: ConsoleAct = async (request, form) => {
  const { person, parameters, now } = request;
  const { period = '', calendar = '' } = parameters;
  const name = brakeIn(form.get('act'));
  const reason = reasonIn(form);
  const doer = doerOf(person, reason);
  const act = async (): Promise<ConsoleAnswer> => ({
    to: `/runs/${period}/${calendar}`,
    said: saidOf(name, await brakeRuns({ period, calendar }, name, doer, now)),
  });
  if (name === 'hold' || name === 'stop') return act();
  const { runIds, accounts } = await openExtent(period, calendar);
  const sentence = `${name === 'release' ? 'Release' : 'Resume'} ${calendarName(calendar)}, ${monthName(period)}: ${counted(accounts, 'account')}`;
  const intended = {
    what: 'run.release',
    input: { period, calendar, name, runIds },
    subject: { period, calendar },
    sentence,
    reason,
  } as const;
  return orAskSecondPerson({ ...intended, extent: { accounts, emails: 0 } }, request, act);
};

/**
 * Releases what two people have agreed on.
 * @returns what it came to
 */
export async function releaseApproved({ input }: Approval, doer: Person, now: Date): Promise<string> {
  const { period, calendar, name, runIds } = releaseInput.parse(input);
  return saidOf(name, await brakeRuns({ period, calendar, runIds }, name, doer, now));
}

function brakeIn(text: string | undefined): RunBrakeName {
  if (text !== undefined && Object.hasOwn(RUN_BRAKES, text)) return text as RunBrakeName;
  throw new PermanentError(`act is ${JSON.stringify(text)}: one of ${Object.keys(RUN_BRAKES).join(', ')} is expected`, 'act');
}

function saidOf(name: RunBrakeName, runs: readonly Run[]): string {
  return `${DONE[name]}. ${runs.map(sentenceOf).join(' ')}`;
}

function sentenceOf(run: Run): string {
  return `${run.sequence > 1 ? `Late batch ${run.sequence}` : 'The run'} is now: ${stateWords(stateOf(run))}.`;
}
