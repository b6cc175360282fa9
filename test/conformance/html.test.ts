import { expect, test } from 'vitest';
import { requireJudge } from './judges.ts';
import { MARKUP } from './markup.ts';

interface Report {
  readonly results: readonly { readonly messages: readonly { ruleId: string; message: string; line: number }[] }[];
}

interface Validator {
  validateString(html: string): Promise<Report>;
}

const { HtmlValidate } = requireJudge('html-validate') as { HtmlValidate: new (config: object) => Validator };

/** Mail programs know tables and their attributes rather than style sheets, and one of them needs its own comments and names. */
const EMAIL_LIVES_WITH = {
  'no-deprecated-attr': 'off',
  'no-conditional-comment': 'off',
  'no-inline-style': 'off',
  'attribute-boolean-style': 'off',
  'prefer-native-element': 'off',
};

const validators = {
  page: new HtmlValidate({ root: true, extends: ['html-validate:recommended'], rules: { 'doctype-style': 'off' } }),
  email: new HtmlValidate({ root: true, extends: ['html-validate:standard', 'html-validate:a11y'], rules: EMAIL_LIVES_WITH }),
};

test.each(MARKUP)('$name is valid HTML', async ({ html, medium }) => {
  const { results } = await validators[medium].validateString(html);
  const told = results.flatMap(({ messages }) => messages.map(({ ruleId, message, line }) => `line ${line}: ${message} (${ruleId})`));
  expect(told).toEqual([]);
});
