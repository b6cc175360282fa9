import { now } from '../aws/clock.ts';
import { setting } from '../aws/environment.ts';
import { type PageAnswer, type PageRequest, pageDoor } from '../aws/page-door.ts';
import { secret } from '../aws/secrets.ts';
import { preferencesGrant, unsubscribeGrant } from '../messages/links.ts';
import { MAX_FORM_BYTES, readForm } from '../pages/form-body.ts';
import { PAGE_HEADERS } from '../pages/frame.ts';
import { notFoundPage } from '../pages/not-found.ts';
import { parseTokenKeys, type TokenKeys } from '../tokens/token-keys.ts';
import { answerSettings, answerWayOut } from './answers.ts';

/** The one answer to every link that opens nothing. */
const NOT_FOUND: PageAnswer = { status: 404, headers: PAGE_HEADERS, body: notFoundPage() };
const TOO_LARGE: PageAnswer = {
  status: 413,
  headers: { ...PAGE_HEADERS, 'content-type': 'text/plain; charset=utf-8' },
  body: 'Too large.\n',
};

/** The pages on which contacts decide what reaches them. GET and HEAD only read, however often a link scanner comes by. */
export const handler = pageDoor(async (request): Promise<PageAnswer> => {
  const { method, body, headers } = request;
  if (body.length > MAX_FORM_BYTES) return TOO_LARGE;
  const keys = parseTokenKeys(await secret(setting('LINK_KEYS_SECRET')), now());
  const said = method === 'POST' ? { fields: await readForm(body, headers['content-type']) } : undefined;
  const page = await pageOf(request, said, keys);
  return page ? { status: page.status, headers: PAGE_HEADERS, body: page.html } : NOT_FOUND;
});

function pageOf({ parameters: { settings = '', leave = '' } }: PageRequest, said: Parameters<typeof answerSettings>[1], keys: TokenKeys) {
  if (leave !== '') {
    const grant = unsubscribeGrant(leave, keys);
    return grant && answerWayOut(grant, said, now());
  }
  const grant = preferencesGrant(settings, keys);
  return grant && answerSettings(grant, said, keys, now());
}
