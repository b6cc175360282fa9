import { logger } from '../aws/log.ts';
import type { PageAnswer, PageRequest } from '../aws/page-door.ts';
import { html } from '../pages/html.ts';
import { cookieNamed, forgetCookie, SESSION_COOKIE, SIGN_IN_COOKIE, setCookie } from './cookies.ts';
import { CONSOLE_HEADERS, strangerPage } from './frame.ts';
import { identify, type RoleGroups } from './id-token.ts';
import { type Client, discover, redeem } from './provider.ts';
import { endSession, keyOfId, startSession } from './session-store.ts';
import { authorizationUrl, cookieOf, isOwnState, newSignIn, SIGN_IN_SECONDS, signInOf } from './sign-in-request.ts';
import { isOwnForm, signedInBy } from './signed-in.ts';

/** What a stage says about its sign-in. */
export interface SignInSettings {
  readonly issuer: string;
  readonly client: Client;
  readonly groups: RoleGroups;
}

/** Leads somebody to the identity provider. */
export async function beginSignIn({ query }: PageRequest, { issuer, client }: SignInSettings): Promise<PageAnswer> {
  const request = newSignIn(query.to);
  const { authorization } = await discover(issuer);
  return {
    status: 303,
    headers: { ...CONSOLE_HEADERS, location: authorizationUrl(authorization, request, client) },
    cookies: [setCookie(SIGN_IN_COOKIE, cookieOf(request), SIGN_IN_SECONDS)],
  };
}

/** Somebody comes back from the identity provider: with a code that is good once, or with the reason why not. */
export async function finishSignIn({ query, cookies }: PageRequest, settings: SignInSettings, now: Date): Promise<PageAnswer> {
  const request = signInOf(cookieNamed(SIGN_IN_COOKIE, cookies));
  if (!request || !isOwnState(query.state, request)) return notCompleted('it was not begun in this browser, or too long ago');
  if (query.code === undefined) return notCompleted('the identity provider did not allow it');
  const { issuer, client, groups } = settings;
  const provider = await discover(issuer);
  const token = await redeem(provider, query.code, request.verifier, client);
  if (token === undefined) return notCompleted('the identity provider did not accept it any more');
  const who = await identify(token, provider.keys, { issuer, clientId: client.id, nonce: request.nonce }, groups, now);
  if (who.is === 'not genuine') {
    logger.warn('An ID token was refused', { why: who.why });
    return notCompleted('what the identity provider sent could not be checked');
  }
  if (who.is === 'no role') return noRole(who.name);
  await endEarlier(cookies);
  const id = await startSession(who.person, now);
  return {
    status: 303,
    headers: { ...CONSOLE_HEADERS, location: request.to },
    cookies: [setCookie(SESSION_COOKIE, id), forgetCookie(SIGN_IN_COOKIE)],
  };
}

/** Ends the session, here and wherever else its cookie may be. */
export async function signOut({ context }: PageRequest, csrf: string | undefined): Promise<PageAnswer> {
  const signedIn = signedInBy(context);
  if (signedIn && !isOwnForm(csrf, signedIn)) {
    const title = 'This form is not one of yours';
    return {
      status: 403,
      headers: CONSOLE_HEADERS,
      body: strangerPage(title, html`<p>You are still signed in. <a href="/">Go to the month</a></p>`),
    };
  }
  if (signedIn) await endSession(signedIn.session);
  const body = strangerPage(
    'You are signed out',
    html`<p>Nobody can go on here in your name.</p><p><a class="button" href="/sign-in">Sign in</a></p>`,
  );
  return { status: 200, headers: CONSOLE_HEADERS, cookies: [forgetCookie(SESSION_COOKIE)], body };
}

/** A browser has one session: the one before it, perhaps of a colleague, is over. */
async function endEarlier(cookies: readonly string[]): Promise<void> {
  const earlier = cookieNamed(SESSION_COOKIE, cookies);
  if (earlier) await endSession(keyOfId(earlier));
}

function notCompleted(why: string): PageAnswer {
  const body = strangerPage(
    'The sign-in was not completed',
    html`<p>You are not signed in: ${why}.</p><p><a class="button" href="/sign-in">Try again</a></p>`,
  );
  return { status: 400, headers: CONSOLE_HEADERS, cookies: [forgetCookie(SIGN_IN_COOKIE)], body };
}

function noRole(name: string): PageAnswer {
  const body = strangerPage(
    'This console is for the billing team',
    html`<p>We know who you are, ${name}, but none of your groups may look at it. Ask whoever looks after the billing team to add you, and sign in again.</p>
<p><a class="button" href="/sign-in">Sign in again</a></p>`,
  );
  return { status: 403, headers: CONSOLE_HEADERS, cookies: [forgetCookie(SIGN_IN_COOKIE)], body };
}
