import { expect, test } from 'vitest';
import { isJudgeThere, requireJudge } from './judges.ts';
import { MARKUP } from './markup.ts';

interface Report {
  readonly results: readonly { readonly messages: readonly { ruleId: string; message: string; line: number }[] }[];
}

interface Validator {
  validateString(html: string): Promise<Report>;
}

function validator(config: object): Validator {
  const { HtmlValidate } = requireJudge('html-validate') as { HtmlValidate: new (config: object) => Validator };
  return new HtmlValidate(config);
}

/** Mail programs know tables and their attributes rather than style sheets, and one of them needs its own comments and names. */
const EMAIL_LIVES_WITH = {
  'no-deprecated-attr': 'off',
  'no-conditional-comment': 'off',
  'no-inline-style': 'off',
  'attribute-boolean-style': 'off',
  'prefer-native-element': 'off',
};

const CONFIGS = {
  page: { root: true, extends: ['html-validate:recommended'], rules: { 'doctype-style': 'off' } },
  email: { root: true, extends: ['html-validate:standard', 'html-validate:a11y'], rules: EMAIL_LIVES_WITH },
};

test.skipIf(!isJudgeThere('html-validate')).each(MARKUP)('$name is valid HTML', async ({ html, medium }) => {
  const { results } = await validator(CONFIGS[medium]).validateString(html);
  const told = results.flatMap(({ messages }) => messages.map(({ ruleId, message, line }) => `line ${line}: ${message} (${ruleId})`));
  expect(told).toEqual([]);
});
