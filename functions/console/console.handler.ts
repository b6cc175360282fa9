import { now } from '../aws/clock.ts';
import { pageDoor } from '../aws/page-door.ts';
import { answerPage } from './answer-page.ts';

/** The pages of the console: GET and HEAD, which only read. */
export const handler = pageDoor((request) => answerPage(request, now()));
