import type { FormFields } from '../pages/form-body.ts';
import type { AskedLine } from './draft-lines.ts';
import type { LineQuery } from './review.ts';

/** The field for a word about the whole draft. */
export const WHOLE = 'whole';

/** Longer words are cut: a page of text says it. */
export const MAX_REASON = 2000;
export const MAX_NAME = 100;

/** What a form of the review page asks for. */
export type Wish =
  | { readonly is: 'approve'; readonly name: string }
  | { readonly is: 'query'; readonly name: string; readonly lines: readonly LineQuery[] }
  /** Nothing is done; the page says why, with what was typed still in it. */
  | {
      readonly is: 'incomplete';
      readonly why: 'no-name' | 'no-question' | 'both';
      readonly name: string;
      readonly lines: readonly LineQuery[];
    }
  | { readonly is: 'mail-link' };

/**
 * What a form says. An approval with questions that nobody has seen yet is neither: the page asks which is meant.
 * @param standing the questions that stand already, which an approval may leave in the form
 * @returns undefined for a form that is none of ours
 */
export function wishOf(
  fields: FormFields,
  asked: readonly AskedLine[],
  bills: readonly { readonly billId: string }[],
  standing: readonly LineQuery[],
): Wish | undefined {
  if (fields.get('link') === 'mail') return { is: 'mail-link' };
  const decision = fields.get('decision');
  if (decision !== 'approve' && decision !== 'query') return undefined;
  const name = [...oneLine(fields.get('name'))].slice(0, MAX_NAME).join('').trimEnd();
  const lines = queriesIn(fields, asked, bills);
  const why = reasonAgainst(decision, name, lines, standing);
  if (why) return { is: 'incomplete', why, name, lines };
  return decision === 'approve' ? { is: 'approve', name } : { is: 'query', name, lines };
}

/** True when two lists ask the same. */
export function isSameQuery(a: readonly LineQuery[], b: readonly LineQuery[]): boolean {
  const wordsOf = (lines: readonly LineQuery[]) =>
    JSON.stringify(lines.map(({ billId, lineId, reason }) => [billId, lineId ?? '', reason]).sort());
  return wordsOf(a) === wordsOf(b);
}

function reasonAgainst(
  decision: 'approve' | 'query',
  name: string,
  lines: readonly LineQuery[],
  standing: readonly LineQuery[],
): 'no-name' | 'no-question' | 'both' | undefined {
  if (decision === 'query' && lines.length === 0) return 'no-question';
  if (decision === 'approve' && lines.length > 0 && !isSameQuery(lines, standing)) return 'both';
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
