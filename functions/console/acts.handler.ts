import { now } from '../aws/clock.ts';
import { pageDoor } from '../aws/page-door.ts';
import { answerAct } from './answer-act.ts';

/** The forms of the console: what people of the billing team do, and searches, whose words do not belong into an address. */
export const handler = pageDoor((request) => answerAct(request, now()));
