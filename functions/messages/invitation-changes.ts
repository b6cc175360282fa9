import type { WorksFacts } from '../../templates/works/facts.ts';
import { worstOf } from '../icalendar/maintenance.ts';
import type { Language } from '../money/format.ts';
import type { Invitation } from './invitation.ts';
import { durationWords, windowWords } from './window-words.ts';
import { oneLine, shortened } from './words.ts';

type Change = WorksFacts['changes'][number];

/** A text that changed is shown so far. */
const MAX_TEXT = 300;
/** Of circuits that came or went so many are named. */
const MAX_NAMED = 8;

/** What a reader's invitation says otherwise than before, old and new side by side, in the reader's formats. */
export function changesBetween(before: Invitation, after: Invitation, timeZone: string, language: Language): Change[] {
  const window = ({ start, end }: Invitation) => windowWords(new Date(start), new Date(end), timeZone, language).local;
  const downtime = ({ expectedDowntimeMinutes: minutes }: Invitation) =>
    minutes === undefined ? undefined : durationWords(minutes, language);
  const impact = ({ circuits }: Invitation) => worstOf(circuits.map((circuit) => circuit.impact));
  return [
    ...change('window', window(before), window(after)),
    ...change('status', before.status, after.status),
    ...change('impact', impact(before), impact(after)),
    ...change('circuits', ...circuits(before, after)),
    ...change('downtime', downtime(before), downtime(after)),
    ...change('title', text(before.title), text(after.title)),
    ...change('description', text(before.description), text(after.description)),
    ...change('location', text(before.location), text(after.location)),
  ];
}

function change(what: Change['what'], before: string | undefined, after: string | undefined): Change[] {
  return before === after ? [] : [{ what, before, after }];
}

/** The circuits that went and those that came; each with its impact where only that is new. */
function circuits(before: Invitation, after: Invitation): [string | undefined, string | undefined] {
  const [had, has] = [namesOf(before), namesOf(after)];
  return [named(had.filter((name) => !has.includes(name))), named(has.filter((name) => !had.includes(name)))];
}

function namesOf({ circuits: all }: Invitation): string[] {
  return all.map(({ serviceId }) => serviceId);
}

function named(ids: readonly string[]): string | undefined {
  if (ids.length === 0) return undefined;
  const rest = ids.length > MAX_NAMED ? `, … (${ids.length})` : '';
  return `${ids.slice(0, MAX_NAMED).join(', ')}${rest}`;
}

function text(value: string | undefined): string | undefined {
  const line = value === undefined ? '' : oneLine(value);
  return line === '' ? undefined : shortened(line, MAX_TEXT);
}
