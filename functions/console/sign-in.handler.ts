import { now } from '../aws/clock.ts';
import { setting } from '../aws/environment.ts';
import { pageDoor } from '../aws/page-door.ts';
import { readForm } from '../pages/form-body.ts';
import { beginSignIn, finishSignIn, signOut } from './sign-in.ts';

/** The way into the console by the carrier's identity provider, and out of it. */
export const handler = pageDoor(async (request) => {
  if (request.path === '/sign-out') return signOut(request, (await readForm(request.body, request.headers['content-type']))?.get('csrf'));
  const settings = {
    issuer: setting('CONSOLE_ISSUER'),
    client: { id: setting('CONSOLE_CLIENT_ID'), redirectUri: `${setting('CONSOLE_ORIGIN')}/signed-in` },
    groups: { claim: setting('CONSOLE_GROUPS_CLAIM'), view: setting('CONSOLE_GROUP_VIEW'), act: setting('CONSOLE_GROUP_ACT') },
  };
  return request.path === '/sign-in' ? beginSignIn(request, settings) : finishSignIn(request, settings, now());
});
