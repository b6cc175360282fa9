import type { FormFields } from '../pages/form-body.ts';
import type { AskedLine } from './draft-lines.ts';
import type { LineQuery } from './review.ts';

/** The field for a word about the whole draft. */
export const WHOLE = 'whole';

/** Longer words are cut: a page of text says it. */
export const MAX_REASON = 2000;
export const MAX_NAME = 100;

/** The field that says which questions stood on the page when it was loaded. */
export const SEEN = 'seen';

/** Why nothing is done: without a name, a question, or one clear wish, or because a colleague asked meanwhile. */
export type Incomplete = 'no-name' | 'no-question' | 'both' | 'changed';

/** What a form of the review page asks for. */
export type Wish =
  | { readonly is: 'approve'; readonly name: string }
  | { readonly is: 'query'; readonly name: string; readonly lines: readonly LineQuery[] }
  /** Nothing is done; the page says why, with what was typed still in it. */
  | {
      readonly is: 'incomplete';
      readonly why: Incomplete;
      readonly name: string;
      readonly lines: readonly LineQuery[];
    }
  | { readonly is: 'mail-link' };

/**
 * What a form says. An approval with questions that nobody has seen yet is neither: the page asks which is meant.
 * @param standing the questions that stand already: an approval may leave them in the form, and whoever did not see them adds to them
 * @returns undefined for a form that is none of ours
 */
export function wishOf(
  fields: FormFields,
  asked: readonly AskedLine[],
  bills: readonly { readonly billId: string }[],
  standing: Standing,
): Wish | undefined {
  if (fields.get('link') === 'mail') return { is: 'mail-link' };
  const decision = fields.get('decision');
  if (decision !== 'approve' && decision !== 'query') return undefined;
  const name = [...oneLine(fields.get('name'))].slice(0, MAX_NAME).join('').trimEnd();
  const typed = queriesIn(fields, asked, bills);
  const isUnseen = (fields.get(SEEN) ?? '') !== standing.at;
  const lines = isUnseen ? added(standing.lines, typed) : typed;
  const why = reasonAgainst(decision, name, { typed, lines, isUnseen }, standing);
  if (why) return { is: 'incomplete', why, name, lines };
  return decision === 'approve' ? { is: 'approve', name } : { is: 'query', name, lines };
}

/** The questions that stand, and when they were asked; empty where there are none. */
export interface Standing {
  readonly at: string;
  readonly lines: readonly LineQuery[];
}

/** True when two lists ask the same. */
export function isSameQuery(a: readonly LineQuery[], b: readonly LineQuery[]): boolean {
  const wordsOf = (lines: readonly LineQuery[]) =>
    JSON.stringify(lines.map(({ billId, lineId, reason }) => [billId, lineId ?? '', reason]).sort());
  return wordsOf(a) === wordsOf(b);
}

/** What two people ask, each on a page that did not show the other's questions. */
function added(standing: readonly LineQuery[], typed: readonly LineQuery[]): LineQuery[] {
  const isSame = (a: LineQuery, b: LineQuery) => a.billId === b.billId && a.lineId === b.lineId;
  const others = standing.filter((query) => !typed.some((own) => isSame(own, query)));
  const own = typed.map((query) => {
    const before = standing.find((other) => isSame(other, query))?.reason;
    return before === undefined || before === query.reason ? query : { ...query, reason: `${before}\n\n${query.reason}` };
  });
  return [...others, ...own];
}

function reasonAgainst(
  decision: 'approve' | 'query',
  name: string,
  { typed, lines, isUnseen }: { typed: readonly LineQuery[]; lines: readonly LineQuery[]; isUnseen: boolean },
  standing: Standing,
): Incomplete | undefined {
  if (decision === 'query' && typed.length === 0) return 'no-question';
  if (decision === 'approve' && isUnseen && standing.lines.length > 0) return 'changed';
  if (decision === 'approve' && lines.length > 0 && !isSameQuery(lines, standing.lines)) return 'both';
  return name === '' ? 'no-name' : undefined;
}

function queriesIn(fields: FormFields, asked: readonly AskedLine[], [first]: readonly { readonly billId: string }[]): LineQuery[] {
  const ofLines = asked.flatMap(({ field, billId, line }): LineQuery[] => {
    const reason = words(fields.get(field));
    return reason === '' ? [] : [{ billId, lineId: line.id, reason }];
  });
  const whole = words(fields.get(WHOLE));
  return first && whole !== '' ? [...ofLines, { billId: first.billId, reason: whole }] : ofLines;
}

/** As a person typed it: line breaks stay, other control characters and marks that turn the reading direction go. */
function words(text = ''): string {
  const plain = text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .replace(/\p{Cs}/gu, '\ufffd');
  return [...plain.trim()].slice(0, MAX_REASON).join('').trimEnd();
}

function oneLine(text = ''): string {
  return words(text).replace(/\s+/g, ' ');
}
