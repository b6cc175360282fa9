import type { ActName, Doer } from '../audit/human-act.ts';
import { witnessed } from '../audit/trail.ts';
import type { Witness } from './decide.ts';

/** Has the audit trail told of what a person did to a review, in the transaction that changes it. */
export function witnessOf(what: ActName, doer: Doer, now: Date): Witness {
  return (before, { bcn, ocn, period, revision, version, state, deadlines, answer }) => {
    const asked = what === 'review.query' ? { questions: answer?.lines?.length } : {};
    const time = what === 'review.extend' ? { deadline: deadlines.deadlineAt } : {};
    const was = before && { state: before.state, version: before.version, ...(time.deadline && { deadline: before.deadlines.deadlineAt }) };
    const actId = `reviews/${bcn}/${period}/${revision}`;
    return witnessed({ actId, what, doer, subject: { ocn, bcn, period }, before: was, after: { state, version, ...asked, ...time } }, now);
  };
}
