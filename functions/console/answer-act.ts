import type { PageAnswer, PageRequest } from '../aws/page-door.ts';
import { PermanentError } from '../events/failure.ts';
import { type FormFields, MAX_FORM_BYTES, readForm } from '../pages/form-body.ts';
import { html } from '../pages/html.ts';
import { orSorry, requestOf } from './answer-page.ts';
import type { ConsoleAnswer, ConsolePage } from './console-page.ts';
import { CONSOLE_HEADERS, framed, strangerPage } from './frame.ts';
import { SAID } from './live.ts';
import { entryAt } from './paths.ts';
import { ACTS } from './routes.ts';
import { keepSaid } from './session-store.ts';
import { isOwnForm, type SignedIn, signedInBy } from './signed-in.ts';

/** Answers a form. Nothing of it happens unless it is of somebody who is signed in, may do it, and sent it from a page of this session. */
export async function answerAct(request: PageRequest, now: Date): Promise<PageAnswer> {
  const signedIn = signedInBy(request.context);
  if (!signedIn) return signedOut();
  const form = await readForm(request.body, request.headers['content-type']);
  const answer = form ? await actAt(request, form, signedIn, now) : unreadable(request.body);
  if (!('to' in answer)) return framed(answer, signedIn, request);
  const said = await keepSaid(signedIn.session, answer.said);
  const location = `${answer.to}${answer.to.includes('?') ? '&' : '?'}${SAID}=${said}`;
  return { status: 303, headers: { ...CONSOLE_HEADERS, location } };
}

async function actAt(request: PageRequest, form: FormFields, signedIn: SignedIn, now: Date): Promise<ConsoleAnswer> {
  if (!isOwnForm(form.get('csrf'), signedIn)) return nothingDone(403, 'this form is not one of this session. Open its page again');
  const found = entryAt(ACTS, request.path);
  if (!found) return nothingDone(404, 'this address takes no forms');
  const { entry, parameters } = found;
  if (entry.needs === 'act' && signedIn.person.role !== 'act') return nothingDone(403, 'your role may look, and not act');
  return orSorry(orRefused(entry.act(requestOf(request, signedIn, parameters, now), form)));
}

/** What a rule does not allow is no failure: its reason is a sentence for people. */
async function orRefused(act: Promise<ConsoleAnswer>): Promise<ConsoleAnswer> {
  try {
    return await act;
  } catch (error) {
    if (error instanceof PermanentError) return nothingDone(409, error.message);
    throw error;
  }
}

function unreadable(body: Buffer): ConsolePage {
  return body.length > MAX_FORM_BYTES ? nothingDone(413, 'the form is too large') : nothingDone(400, 'this is no form');
}

function nothingDone(status: number, why: string): ConsolePage {
  return { status, title: 'Nothing was done', body: html`<p role="alert">Nothing was done: ${why}.</p>` };
}

function signedOut(): PageAnswer {
  const body = strangerPage(
    'Nothing was done',
    html`<p role="alert">Nothing was done: you are not signed in any more. A session ends after half an hour in which nothing was asked for.</p>
<p><a class="button" href="/sign-in">Sign in</a></p>`,
  );
  return { status: 401, headers: CONSOLE_HEADERS, body };
}
