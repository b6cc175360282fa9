import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CONSOLE_HEADERS, framed } from '../../functions/console/frame.ts';
import { ACTOR } from '../functions/console/asked.ts';
import { type SamplePage, samplePages } from '../functions/console/story.ts';
import { useDesk } from '../functions/planned-works/desk.ts';
import { invalidIn, judgedInBrowser } from './judge-page.ts';
import { isJudgeThere, pathOf } from './judges.ts';

useDesk();

const ARGUMENTS = ['--no-sandbox', '--headless', '--disable-gpu', '--disable-background-networking'];
const hasBrowser = isJudgeThere('chromium');
const SAID = { id: 's1', text: 'Works CRQ-1 go out.' };

let browser: Browser | undefined;
afterAll(() => browser?.close());

/** A page as it is served to somebody who may act. */
function served({ page }: SamplePage): string {
  const { body = '' } = framed(
    page,
    { person: ACTOR, csrf: 'csrf', session: 'session', said: SAID },
    { path: '/tasks', query: { said: 's1' } },
  );
  return String(body);
}

/** One story for all: its pages are named only when it was played. */
describe('the pages of the console', () => {
  let pages: readonly SamplePage[];
  beforeAll(async () => {
    if (hasBrowser) browser = await chromium.launch({ executablePath: pathOf('chromium'), args: ARGUMENTS });
  });

  test('are played', async () => {
    pages = await samplePages();
    expect(pages.length).toBeGreaterThan(20);
    expect(pages.filter(({ page: { status = 200 } }) => status !== 200).map(({ name }) => name)).toEqual(['not found']);
  });

  test('have no name and no address in any of their links', () => {
    const links = pages.flatMap((page) =>
      [...served(page).matchAll(/(?:href|action)="([^"]*)"/g)].map(([, link = '']) => decodeURIComponent(link)),
    );
    expect(links.length).toBeGreaterThan(200);
    expect(links.filter((link) => /@|anna|beispiel|muster|müller/i.test(link))).toEqual([]);
  });

  test.skipIf(!isJudgeThere('html-validate'))('are valid HTML', async () => {
    const found = await Promise.all(
      pages.map(async (page) => [page.name, await invalidIn({ html: served(page), medium: 'page' })] as const),
    );
    expect(found.filter(([, wrong]) => wrong.length > 0)).toEqual([]);
  });

  describe.skipIf(!hasBrowser || !isJudgeThere('axe-core')).each([375, 1200])('at %i px', (width) => {
    test.each(['light', 'dark'] as const)('are readable for everybody, %s', async (colorScheme) => {
      const wrong: unknown[] = [];
      for (const page of pages) {
        const found = await judgedInBrowser(browser as Browser, { html: served(page), medium: 'page' }, width, colorScheme);
        if (found.length > 0) wrong.push([page.name, found]);
      }
      expect(wrong).toEqual([]);
    });
  });

  test.skipIf(!hasBrowser)(
    'show an email in a frame that asks nobody for anything, under the headers that they are served with',
    async () => {
      const held = pages.find(({ name }) => name === 'held email') as SamplePage;
      const context = await (browser as Browser).newContext();
      const page = await context.newPage();
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.route('**/*', (route) => route.fulfill({ headers: { ...CONSOLE_HEADERS }, body: served(held) }));
      await page.goto('https://billing.carrier.example/holds/1');
      await page.locator('summary', { hasText: 'HTML' }).click();
      await expect.poll(() => page.frameLocator('iframe').locator('body').innerText()).toContain('1.234,56');
      expect(asked).toEqual(['https://billing.carrier.example/holds/1']);
      await context.close();
    },
  );
});
