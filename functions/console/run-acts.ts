import { brakeRuns, RUN_BRAKES, type RunBrakeName } from '../billing/brake-runs.ts';
import { type Run, stateOf } from '../billing/run.ts';
import { PermanentError } from '../events/failure.ts';
import type { ConsoleAct } from './console-page.ts';
import { reasonIn } from './forms.ts';
import { stateWords } from './run-words.ts';

const DONE: Readonly<Record<RunBrakeName, string>> = { hold: 'Held', stop: 'Stopped', release: 'Released', resume: 'Resumed' };

/** Holds, stops, releases or resumes the runs of a month and calendar, as the command line does. */
export const brakeAct: ConsoleAct = async ({ person, parameters, now }, form) => {
  const { period = '', calendar = '' } = parameters;
  const name = brakeIn(form.get('act'));
  const runs = await brakeRuns(period, calendar, name, { by: person.name, identity: person.subject, reason: reasonIn(form) }, now);
  return { to: `/runs/${period}/${calendar}`, said: `${DONE[name]}. ${runs.map(sentenceOf).join(' ')}` };
};

function brakeIn(text: string | undefined): RunBrakeName {
  if (text !== undefined && Object.hasOwn(RUN_BRAKES, text)) return text as RunBrakeName;
  throw new PermanentError(`act is ${JSON.stringify(text)}: one of ${Object.keys(RUN_BRAKES).join(', ')} is expected`, 'act');
}

function sentenceOf(run: Run): string {
  return `${run.sequence > 1 ? `Late batch ${run.sequence}` : 'The run'} is now: ${stateWords(stateOf(run))}.`;
}
