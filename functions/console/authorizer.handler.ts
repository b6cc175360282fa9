import { authorizerDoor } from '../aws/authorizer-door.ts';
import { now } from '../aws/clock.ts';
import { setting } from '../aws/environment.ts';
import { cookieNamed, SESSION_COOKIE } from './cookies.ts';
import { LIVE } from './live.ts';
import { isFromOurPages } from './same-origin.ts';
import { openSession } from './session-store.ts';
import { contextOf } from './signed-in.ts';

/**
 * Asked before every page and act of the console. What none of our pages sends ends here. Who is not signed in goes on as nobody: the pages
 * lead there to the sign-in and the acts refuse in words, which the gateway cannot.
 */
export const handler = authorizerDoor(async (request) => {
  if (!isFromOurPages(request, setting('CONSOLE_ORIGIN'))) return { isAuthorized: false };
  const session = await openSession(cookieNamed(SESSION_COOKIE, request.cookies), request.query[LIVE] === undefined, now());
  return { isAuthorized: true, context: session ? contextOf(session) : {} };
});
