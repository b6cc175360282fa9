import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { judgedInBrowser } from './judge-page.ts';
import { isJudgeThere } from './judges.ts';

export const WIDTHS = [375, 1200] as const;
/** `CONSOLE_PICTURES=DIR` keeps a picture of every step, for people. */
const PICTURES = process.env.CONSOLE_PICTURES;

/** Somebody before a browser with scripts off, as wide as a phone or a desk. */
export class Desk {
  readonly page: Page;
  readonly #context: BrowserContext;
  readonly #origin: string;

  private constructor(context: BrowserContext, page: Page, origin: string) {
    this.#context = context;
    this.page = page;
    this.#origin = origin;
  }

  /** Opens a browser of one's own and signs in: by the console's address, and a name at the identity provider. */
  static async of(browser: Browser, name: string, width: (typeof WIDTHS)[number], origin: string): Promise<Desk> {
    const context = await browser.newContext({ viewport: { width, height: 900 }, javaScriptEnabled: false });
    const desk = new Desk(context, await context.newPage(), origin);
    await desk.page.goto(origin);
    await desk.press(name);
    await desk.page.getByText(`${name}, may`).waitFor();
    return desk;
  }

  /** Presses the button whose name begins so. */
  async press(name: string): Promise<void> {
    await this.page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
  }

  /** Follows the first link of the page with exactly these words. */
  async follow(words: string): Promise<void> {
    await this.page.locator('main').getByRole('link', { name: words, exact: true }).first().click();
  }

  /** Goes by the menu. */
  async menu(words: string): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: words, exact: true }).click();
  }

  /** Fills a field that is found by its label. */
  async fill(label: string | RegExp, text: string): Promise<void> {
    await this.page.getByLabel(label).first().fill(text);
  }

  /** Looks for something in the console's one field. */
  async search(text: string): Promise<void> {
    await this.menu('Search');
    await this.fill(/^A customer number/, text);
    await this.press('Find');
  }

  /** Waits until the page says this, however often it looks again by itself; nobody presses anything. */
  async reads(text: string | RegExp): Promise<void> {
    await this.page.locator('main').getByText(text).first().waitFor();
  }

  /** Waits until a table has a row with all of these words, in the same way. */
  async readsRow(...words: readonly string[]): Promise<void> {
    const rows = this.page.locator('main tbody tr');
    await words
      .reduce((row, hasText) => row.filter({ hasText }), rows)
      .first()
      .waitFor();
  }

  /** What stands on the page. */
  text(): Promise<string> {
    return this.page.locator('main').innerText();
  }

  /** Buttons beside the way out. */
  async buttons(): Promise<string[]> {
    const names = await this.page.getByRole('button').allInnerTexts();
    return names.filter((name) => name !== 'Sign out');
  }

  /** Sends a form of this session by hand, as somebody would whose page has no button for it. */
  async forge(path: string, form: Readonly<Record<string, string>>): Promise<number> {
    const csrf = (await this.page.locator('input[name=csrf]').first().getAttribute('value')) ?? '';
    const headers = { origin: new URL(this.#origin).origin };
    const answer = await this.#context.request.post(new URL(path, this.#origin).href, {
      form: { ...form, csrf },
      headers,
      maxRedirects: 0,
    });
    return answer.status();
  }

  close(): Promise<void> {
    return this.#context.close();
  }
}

/** A phone by night, or a desk by day: steps take turns, so that a journey sees both. */
const LOOKS = [
  { width: 375, colorScheme: 'dark' },
  { width: 1200, colorScheme: 'light' },
] as const;

/** What the judges have against a page as it stands there; pictures of it for people who want some. */
export async function faultsOf(browser: Browser, { page }: Desk, step: number, name: string): Promise<string[]> {
  const html = await page.content();
  if (PICTURES !== undefined) for (const look of LOOKS) await keepPicture(browser, html, look, `${String(step).padStart(2, '0')} ${name}`);
  if (!isJudgeThere('axe-core')) return [];
  const { width, colorScheme } = LOOKS[step % LOOKS.length] as (typeof LOOKS)[number];
  return (await judgedInBrowser(browser, { html, medium: 'page' }, width, colorScheme)).map((fault) => `${name}: ${fault}`);
}

async function keepPicture(browser: Browser, html: string, { width, colorScheme }: (typeof LOOKS)[number], step: string): Promise<void> {
  mkdirSync(PICTURES ?? '', { recursive: true });
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme, javaScriptEnabled: false });
  await page.setContent(html);
  await page.screenshot({ path: join(PICTURES ?? '', `${step.replaceAll(/\W+/g, '-')}-${width}-${colorScheme}.png`), fullPage: true });
  await page.close();
}
