import { count, logger } from '../aws/log.ts';
import type { PageAnswer, PageRequest } from '../aws/page-door.ts';
import { html } from '../pages/html.ts';
import type { ConsolePage, ConsoleRequest } from './console-page.ts';
import { CONSOLE_HEADERS, framed } from './frame.ts';
import { addressOf } from './live.ts';
import { entryAt } from './paths.ts';
import { PAGES } from './routes.ts';
import { type SignedIn, signedInBy } from './signed-in.ts';

const NOT_FOUND: ConsolePage = {
  status: 404,
  title: 'There is nothing here',
  body: html`<p>This address leads to no page. What was there may have been erased, or the address is cut.</p>`,
};

const FAILED: ConsolePage = {
  status: 500,
  title: 'This page failed',
  body: html`<p>It is our fault, and somebody has been told. Try again in a minute.</p>`,
};

/** Answers a GET or HEAD. Who is not signed in is led to the sign-in, and from there to the page that was asked for. */
export async function answerPage(request: PageRequest, now: Date): Promise<PageAnswer> {
  const signedIn = signedInBy(request.context);
  if (!signedIn) {
    const to = new URLSearchParams({ to: addressOf(request.path, request.query) });
    return { status: 303, headers: { ...CONSOLE_HEADERS, location: `/sign-in?${to}` } };
  }
  return framed(await pageAt(request, signedIn, now), signedIn, request);
}

/** What the console's pages and acts are told. */
export function requestOf(
  { query }: PageRequest,
  { person, csrf }: SignedIn,
  parameters: ConsoleRequest['parameters'],
  now: Date,
): ConsoleRequest {
  return { person, csrf, query, parameters, now };
}

/** Answers with a page that says sorry, and rings: what failed stands in the log, without what was asked. */
export async function orSorry<Answer>(act: Promise<Answer>): Promise<Answer | ConsolePage> {
  try {
    return await act;
  } catch (error) {
    logger.error('A page of the console failed', error as Error);
    count('ConsoleFailed');
    return FAILED;
  }
}

async function pageAt(request: PageRequest, signedIn: SignedIn, now: Date): Promise<ConsolePage> {
  const found = entryAt(PAGES, request.path);
  return found ? orSorry(found.entry.page(requestOf(request, signedIn, found.parameters, now))) : NOT_FOUND;
}
