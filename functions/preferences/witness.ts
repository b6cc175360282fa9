import type { Doer, Values } from '../audit/human-act.ts';
import { witnessed } from '../audit/trail.ts';
import type { Witness } from './decision.ts';

/** Settings whose value is the number in a secret link: that it changed is all there is to tell. */
const LINKS: readonly string[] = ['feed', 'documentsLink'];

/**
 * Has the audit trail told of a decision that a person took, in the transaction that makes it so.
 * @param of whose setting it is; without a contact it is the default of all contacts of the customer
 */
export function witnessOf(doer: Doer, of: { readonly ocn: string; readonly contactId?: string }, now: Date): Witness {
  return ({ setting, value, changeId, at }, was) => {
    // After the decision before it, also within the same millisecond; never back in a day that may be exported.
    const recordedAt = new Date(Math.max(now.getTime(), Date.parse(at)));
    const isLink = LINKS.includes(setting);
    const what = isLink ? 'link.revoke' : of.contactId === undefined ? 'default.set' : 'preference.set';
    const account = setting.includes('#') ? setting.slice(setting.lastIndexOf('#') + 1) : '*';
    const subject = { ...of, bcn: account === '*' ? undefined : account };
    const before: Values = isLink ? { link: setting } : { [setting]: was };
    const after: Values = isLink ? { link: setting, revoked: true } : { [setting]: value };
    return witnessed({ actId: `preferences/${changeId}`, what, doer, subject, before, after }, recordedAt);
  };
}
