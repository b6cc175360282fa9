import { describe, expect, test } from 'vitest';
import { warningsOf } from '../../../../functions/messages/quality/check.ts';
import { WORDING } from '../../../../functions/messages/quality/wording.ts';
import { candidateOf } from '../candidates.ts';
import { type Change, mail, text } from './changes.ts';
import { INVOICE } from './messages.ts';

const invoice = await candidateOf(INVOICE);

describe('what reads badly is told, and holds nothing', () => {
  test.each<[string, Change]>([
    ['the subject has at most 60 characters', mail(() => ({ subject: 'x'.repeat(61) }))],
    ['no sentence has more than 30 words', text((whole) => `${whole}\n${'word '.repeat(31)}.`)],
    ['no word is banned', text((whole) => `${whole}\nPlease click here.`)],
  ])('%s', (rule, change) => {
    const short = mail(() => ({ subject: 'Invoice DE26004711' }))(invoice);
    expect(warningsOf(short)).toEqual([]);
    expect(warningsOf(change(short)).map((warning) => warning.rule)).toEqual([rule]);
    expect(Object.keys(WORDING)).toContain(rule);
  });
});
