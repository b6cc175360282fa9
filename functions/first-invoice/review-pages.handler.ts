import { now } from '../aws/clock.ts';
import { setting } from '../aws/environment.ts';
import { type PageAnswer, pageDoor } from '../aws/page-door.ts';
import { secret } from '../aws/secrets.ts';
import { MAX_FORM_BYTES, readForm } from '../pages/form-body.ts';
import { PAGE_HEADERS } from '../pages/frame.ts';
import { notFoundPage } from '../pages/not-found.ts';
import { parseTokenKeys } from '../tokens/token-keys.ts';
import { type Answer, answerPart, answerVisit } from './answer-visit.ts';
import { visitReview } from './visit-review.ts';

/** The one answer to every link that opens nothing. */
const NOT_FOUND: PageAnswer = { status: 404, headers: PAGE_HEADERS, body: notFoundPage() };
const TOO_LARGE: PageAnswer = {
  status: 413,
  headers: { ...PAGE_HEADERS, 'content-type': 'text/plain; charset=utf-8' },
  body: 'Too large.\n',
};

/** The page on which a customer checks the draft of its first invoice. GET and HEAD only read, however often a link scanner comes by. */
export const handler = pageDoor(async ({ method, body, headers, parameters }): Promise<PageAnswer> => {
  if (body.length > MAX_FORM_BYTES) return TOO_LARGE;
  const { review = '', part } = parameters;
  const keys = parseTokenKeys(await secret(setting('LINK_KEYS_SECRET')), now());
  const visit = await visitReview(review, keys, now());
  if (!visit) return NOT_FOUND;
  const path = `/r/${review}`;
  const said = method === 'POST' ? { fields: await readForm(body, headers['content-type']) } : undefined;
  const answer = part === undefined ? await answerVisit(visit, said, path, now()) : await answerPart(visit, part, path);
  return answer ? pageAnswer(answer) : NOT_FOUND;
});

function pageAnswer(answer: Answer): PageAnswer {
  if ('html' in answer) return { status: answer.status, headers: PAGE_HEADERS, body: answer.html };
  const disposition = `attachment; filename="${answer.filename}"`;
  return {
    status: answer.status,
    headers: { ...PAGE_HEADERS, 'content-type': 'application/pdf', 'content-disposition': disposition },
    body: answer.pdf,
  };
}
