import { describe, expect, test } from 'vitest';
import { askedOn } from '../../../functions/messages/answer-day.ts';
import type { ReviewOccasion } from '../../../functions/messages/message-content.ts';
import { problemsOf, sentenceOf } from '../../../functions/messages/quality/check.ts';
import { formatDate, LANGUAGE_CODES } from '../../../functions/money/format.ts';
import { candidateOf } from './candidates.ts';
import { draftToCheck } from './quality/messages.ts';

describe('an email about a draft', () => {
  test.each<[string, ReviewOccasion, string | undefined, string]>([
    ['2026-11-10', 'first', '2026-11-11', 'first by 2026-11-11'],
    ['2026-11-11', 'first', '2026-11-11', 'first by 2026-11-11'],
    ['2026-11-12', 'first', '2026-11-11', 'first-soon'],
    ['2026-11-12', 'changed', '2026-11-11', 'changed-soon'],
    ['2026-11-12', 'reminder', '2026-11-11', 'reminder-soon'],
    ['2026-11-12', 'extended', '2026-11-11', 'reminder-soon'],
    ['2026-11-12', 'link', undefined, 'link'],
    ['2026-11-12', 'first-soon', undefined, 'first-soon'],
  ])('that leaves on %s, %s to be answered by %s: %s', (today, about, answerBy, expected) => {
    const asked = askedOn(today, { about, answerBy });
    expect(`${asked.about}${asked.answerBy === undefined ? '' : ` by ${asked.answerBy}`}`).toBe(expected);
  });

  test.each(['first', 'changed', 'reminder', 'extended'] as const)(
    'that sending kept until after its day does not name it: %s',
    async (about) => {
      for (const language of LANGUAGE_CODES) {
        const now = new Date('2026-11-12T09:00:00Z');
        const candidate = await candidateOf(draftToCheck(about), { language, now });
        expect(candidate.mail.text).not.toContain(formatDate('2026-11-11', language));
        expect(problemsOf(candidate).map(sentenceOf)).toEqual([]);
      }
    },
  );
});
