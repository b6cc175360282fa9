import { getInvitation, type Invitation } from './invitation.ts';
import type { WorksMessage } from './message.ts';
import { getMessage } from './store.ts';

/** What an email about works is made from: kept once for all readers of an invitation. */
export interface WorksFile {
  readonly invitation: Invitation;
  /** What this reader was told before. */
  readonly before?: Invitation | undefined;
  /** SES's id of the first message to this reader: this one is shown below it. */
  readonly firstSesMessageId?: string | undefined;
}

/** Reads what an email about works tells; undefined when its content is gone. */
export async function worksFileOf({ facts: { uid, content, before, thread } }: WorksMessage): Promise<WorksFile | undefined> {
  const invitation = await getInvitation(uid, content);
  if (!invitation) return undefined;
  const earlier = before === undefined ? undefined : await getInvitation(uid, before);
  const first = thread === undefined ? undefined : await getMessage(thread);
  return { invitation, before: earlier, firstSesMessageId: first?.sesMessageId };
}
