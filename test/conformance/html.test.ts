import { expect, test } from 'vitest';
import { invalidIn } from './judge-page.ts';
import { isJudgeThere } from './judges.ts';
import { MARKUP } from './markup.ts';

test.skipIf(!isJudgeThere('html-validate')).each(MARKUP)('$name is valid HTML', async (markup) => {
  expect(await invalidIn(markup)).toEqual([]);
});
