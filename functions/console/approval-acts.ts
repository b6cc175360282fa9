import { PermanentError } from '../events/failure.ts';
import type { FormFields } from '../pages/form-body.ts';
import { type Approval, objectionTo, type TwoPersonAct, type Who } from './approval.ts';
import { findApproval, keepOutcome, keepVerdict } from './approval-store.ts';
import type { ConsoleAct, ConsoleAnswer, ConsoleRequest } from './console-page.ts';
import { doerOf } from './doer.ts';
import { reasonIn } from './forms.ts';
import { rerunApproved } from './rerun-acts.ts';
import { releaseApproved } from './run-acts.ts';

/** How each act is done that two people have agreed on. Done twice it has to be done once: a death in between is finished by hand. */
const PERFORM: Readonly<Record<TwoPersonAct, (approved: Approval, doer: ReturnType<typeof doerOf>, now: Date) => Promise<string>>> = {
  'run.release': releaseApproved,
  rerun: rerunApproved,
};

/** Approves or declines what somebody else asked for, or finishes what was approved and then cut short. */
export const decideAct: ConsoleAct = async (request, form) => {
  const approval = await findApproval(request.parameters.id ?? '');
  if (!approval) throw new PermanentError('there is no such request');
  const verdict = form.get('act');
  if (verdict === 'finish' && approval.state === 'approved') return perform(approval, request.now);
  if (verdict === 'approve' || verdict === 'decline') return decide(approval, verdict, request, form);
  throw new PermanentError(`act is ${JSON.stringify(verdict)}: one of approve, decline is expected`, 'act');
};

async function decide(
  approval: Approval,
  verdict: 'approve' | 'decline',
  { person, now }: ConsoleRequest,
  form: FormFields,
): Promise<ConsoleAnswer> {
  const objection = objectionTo(approval, verdict, person.subject, now);
  if (objection) throw new PermanentError(objection);
  const by: Who = { subject: person.subject, name: person.name };
  const reason = verdict === 'approve' ? (form.get('reason')?.trim() ?? '') : reasonIn(form);
  const state = verdict === 'approve' ? 'approved' : 'declined';
  if (!(await keepVerdict(approval, state, by, reason, now))) throw new PermanentError('somebody else has decided it just now');
  if (verdict === 'decline') return { to: '/approvals', said: `Declined: ${approval.sentence}` };
  return perform({ ...approval, state, decided: { by, reason, at: now.toISOString() } }, now);
}

/** Does what was approved. What the rules do not allow any more is over, with the reason. */
async function perform(approval: Approval, now: Date): Promise<ConsoleAnswer> {
  const { id, what, askedBy, reason, decided } = approval;
  const to = `/approvals/${id}`;
  try {
    const outcome = await PERFORM[what](approval, doerOf(askedBy, reason, decided?.by), now);
    await keepOutcome(id, 'done', outcome);
    return { to, said: outcome };
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    await keepOutcome(id, 'refused', error.message);
    return { to, said: `It could not be done: ${error.message}` };
  }
}
