import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PAGE_HEADERS } from '../../functions/pages/frame.ts';
import { judgedInBrowser } from './judge-page.ts';
import { isJudgeThere, pathOf } from './judges.ts';
import { MARKUP } from './markup.ts';

const ARGUMENTS = ['--no-sandbox', '--headless', '--disable-gpu', '--disable-background-networking'];

const hasBrowser = isJudgeThere('chromium');

let browser: Browser | undefined;
beforeAll(async () => {
  if (!hasBrowser) return;
  browser = await chromium.launch({ executablePath: pathOf('chromium'), args: ARGUMENTS });
});
afterAll(() => browser?.close());

function opened(): Browser {
  if (!browser) throw new Error('There is no browser');
  return browser;
}

describe.skipIf(!hasBrowser || !isJudgeThere('axe-core')).each([375, 1200])('at %i px', (width) => {
  describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
    test.each(MARKUP)('$name', async (markup) => {
      expect(await judgedInBrowser(opened(), markup, width, colorScheme)).toEqual([]);
    });
  });
});

test.skipIf(!hasBrowser).each(MARKUP)('$name says the same with JavaScript off, and asks nobody for anything', async ({ html }) => {
  const texts: string[] = [];
  const asked: string[] = [];
  for (const javaScriptEnabled of [true, false]) {
    const context = await opened().newContext({ javaScriptEnabled });
    const page = await context.newPage();
    page.on('request', (request) => asked.push(request.url()));
    await page.setContent(html, { waitUntil: 'load' });
    texts.push(await page.locator('body').innerText());
    await context.close();
  }
  expect(texts[1]).toBe(texts[0]);
  expect(texts[0]?.length).toBeGreaterThan(40);
  expect(asked).toEqual([]);
});

test.skipIf(!hasBrowser).each(MARKUP.filter(({ medium }) => medium === 'page'))(
  '$name looks the same under the headers that it is served with',
  async ({ html }) => {
    const looks: Buffer[] = [];
    for (const headers of [{ 'content-type': PAGE_HEADERS['content-type'] }, PAGE_HEADERS]) {
      const context = await opened().newContext({ viewport: { width: 375, height: 900 }, javaScriptEnabled: false });
      const page = await context.newPage();
      await page.route('**/*', (route) => route.fulfill({ headers: { ...headers }, body: html }));
      await page.goto('https://post.carrier.example/');
      looks.push(await page.screenshot({ fullPage: true }));
      await context.close();
    }
    expect(looks[1]?.equals(looks[0] as Buffer)).toBe(true);
  },
);
