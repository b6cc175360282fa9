import type { Invitation } from '../../../functions/messages/invitation.ts';
import { type CustomerView, planCustomer } from '../../../functions/planned-works/customer-plan.ts';
import type { Known } from '../../../functions/planned-works/decide.ts';
import type { Holder } from '../../../functions/planned-works/diary.ts';
import { tellingsOf } from '../../../functions/planned-works/letters.ts';
import { namedWindows } from '../../../functions/planned-works/take-works.ts';
import type { PlannedWorks } from '../../../functions/planned-works/works.ts';

/** An email as a diary program sees it. */
export interface Mail {
  readonly address: string;
  readonly uid: string;
  readonly method: 'REQUEST' | 'CANCEL' | 'DATA';
  readonly sequence: number;
  readonly leaves: boolean;
  readonly variant: string;
  readonly invitation: Invitation;
}

/** One customer's table, in memory: what was decided and told, and a worker that may die after any write. */
export class Post {
  readonly known = new Map<string, Known>();
  readonly mails: Mail[] = [];
  #contents = new Map<string, Invitation>();
  #names: Readonly<Record<string, string>> = {};

  /** Decides and tells; stops after `writes` writes, as if the worker died there. */
  tell(works: PlannedWorks, view: CustomerView, now: Date, writes = Number.POSITIVE_INFINITY): Mail[] {
    const before = this.mails.length;
    for (let round = 0; round < 3 && this.#tellOnce(works, view, now, writes) > 0; round += 1);
    return this.mails.slice(before);
  }

  #tellOnce(works: PlannedWorks, view: CustomerView, now: Date, writes: number): number {
    this.#names = namedWindows(works, this.#names);
    const before = this.mails.length;
    let left = writes;
    const decisions = planCustomer({ works, maintenanceIds: this.#names }, view, this.known, now);
    for (const decision of decisions) {
      if (!decision.changed) continue;
      if (left-- <= 0) return 0;
      const { diary, invitation } = decision;
      this.#contents.set(`${diary.uid}#${diary.said.sequence}`, invitation);
      this.known.set(diary.uid, { diary, invitation, holders: this.known.get(diary.uid)?.holders ?? [] });
    }
    for (const { holder, message } of decisions.flatMap((decision) => tellingsOf(decision, view, 'test', now))) {
      if (left-- <= 0) break;
      this.#note(holder);
      const { act, leaves = false, variant, content } = message.facts;
      const method = act === 'request' ? 'REQUEST' : act === 'cancel' ? 'CANCEL' : 'DATA';
      const invitation = this.#contents.get(`${holder.uid}#${content}`) as Invitation;
      this.mails.push({ address: holder.address, uid: holder.uid, method, sequence: holder.sequence, leaves, variant, invitation });
    }
    return left < 0 ? 0 : this.mails.length - before;
  }

  #note(holder: Holder): void {
    const known = this.known.get(holder.uid) as Known;
    const others = known.holders.filter(({ address }) => address !== holder.address);
    this.known.set(holder.uid, { ...known, holders: [...others, holder] });
  }
}

/** What diaries hold after these mails, in whatever order they arrived: by address and UID, the works' window and circuits. */
export function diariesAfter(mails: readonly Mail[]): Map<string, Invitation> {
  const highest = new Map<string, Mail>();
  for (const mail of mails.filter(({ method }) => method !== 'DATA')) {
    const key = `${mail.address} ${mail.uid}`;
    const known = highest.get(key);
    if (!known || known.sequence < mail.sequence) highest.set(key, mail);
  }
  return new Map([...highest].filter(([, { method }]) => method === 'REQUEST').map(([key, { invitation }]) => [key, invitation]));
}
