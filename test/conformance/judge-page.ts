import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { requireJudge } from './judges.ts';

/** Rules of WCAG 2.2 AA and what axe holds for good practice. */
const axe = () => readFileSync(requireJudge.resolve('axe-core/axe.min.js'), 'utf8');

/** A mail program shows an email inside a page of its own, which has the landmarks and the first heading. */
const OPTIONS = {
  page: {},
  email: { rules: Object.fromEntries(['region', 'landmark-one-main', 'page-has-heading-one'].map((rule) => [rule, { enabled: false }])) },
};

/** What is looked at. */
export interface Markup {
  readonly html: string;
  readonly medium: 'email' | 'page';
}

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What axe finds wrong, and how far the content is wider than the window. */
export async function judgedInBrowser(
  browser: Browser,
  { html, medium }: Markup,
  width: number,
  colorScheme: 'light' | 'dark',
): Promise<string[]> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true, javaScriptEnabled: true });
  try {
    const page = await context.newPage();
    await page.setContent(html);
    await page.evaluate(axe());
    const violations = (await page.evaluate(
      `axe.run(${JSON.stringify(OPTIONS[medium])}).then(({ violations }) => violations)`,
    )) as Violation[];
    const wider = (await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')) as number;
    return [
      ...violations.flatMap(({ id, help, nodes }) =>
        nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 200)} ${node.failureSummary}`),
      ),
      ...(wider > 0 ? [`${wider} px wider than the window`] : []),
    ];
  } finally {
    await context.close();
  }
}

interface Report {
  readonly results: readonly { readonly messages: readonly { ruleId: string; message: string; line: number }[] }[];
}

interface Validator {
  validateString(html: string): Promise<Report>;
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

/** What is no valid HTML, line by line. */
export async function invalidIn({ html, medium }: Markup): Promise<string[]> {
  const { HtmlValidate } = requireJudge('html-validate') as { HtmlValidate: new (config: object) => Validator };
  const { results } = await new HtmlValidate(CONFIGS[medium]).validateString(html);
  return results.flatMap(({ messages }) => messages.map(({ ruleId, message, line }) => `line ${line}: ${message} (${ruleId})`));
}
