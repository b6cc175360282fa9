import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { type Act, actOptions } from '../../../functions/cli/people.ts';

function parsed(...words: readonly string[]): Act {
  const command = actOptions(new Command().exitOverride().configureOutput({ writeErr: () => {} }));
  return command.parse(words, { from: 'user' }).opts<Act>();
}

describe('an act of a person', () => {
  test('says who and why, without the spaces around it', () => {
    expect(parsed('--by', ' Jane Clerk', '--reason', 'confirmed by phone ')).toEqual({ by: 'Jane Clerk', reason: 'confirmed by phone' });
    expect(parsed('--reason', 'x'.repeat(2000)).by).not.toBe('');
  });

  test.each([
    ['no reason', [], "required option '--reason <TEXT>' not specified"],
    ['an empty reason', ['--reason', ''], 'It must say something'],
    ['a reason of spaces', ['--reason', ' \t '], 'It must say something'],
    ['nobody', ['--by', '', '--reason', 'x'], 'It must say something'],
    ['a reason that no event takes', ['--reason', 'x'.repeat(2001)], 'at most 2000 are kept'],
  ])('%s is refused before anything is done', (_, words, message) => {
    expect(() => parsed(...words)).toThrow(message);
  });
});
