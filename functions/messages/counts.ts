import { queryItems } from '../aws/tables.ts';
import { taskIdOf } from '../tasks/task.ts';
import { getTasks } from '../tasks/tasks.ts';
import { isOwed, type Message } from './message.ts';
import { type MessageState, STATES } from './states.ts';
import { bounceCause, delayCause } from './undelivered.ts';

/** By state; `in doubt` are those of which nobody will ever know whether they left, `unknown` those that go once more. */
export type MessageCounts = Record<MessageState | 'in doubt', number>;

/** An account that nobody could be told of, until a person has done the task. */
export interface Untold {
  readonly bcn: string;
  readonly reason: string;
}

/** How many messages of a group (a publication) are in each state. Reads an index: a change of the last moment may be missing. */
export async function countMessages(group: string): Promise<MessageCounts> {
  return countAll(group, () => undefined);
}

/** The same, and which accounts have an open task because nobody of them could be told. */
export async function surveyMessages(group: string): Promise<{ counts: MessageCounts; untold: Untold[] }> {
  const taskIds: string[] = [];
  const counts = await countAll(group, (message) => taskIds.push(...tasksThatSayUntold(message)));
  const open = (await getTasks(taskIds)).filter(({ state, alone }) => state === 'open' && alone);
  const untold = open.map(({ bcn, reason, taskId }) => ({ bcn, reason: `${reason}; task ${taskId}` }));
  return { counts, untold: untold.sort((a, b) => (a.bcn < b.bcn ? -1 : 1)) };
}

async function countAll(group: string, look: (message: Message) => void): Promise<MessageCounts> {
  const counts = Object.fromEntries([...STATES, 'in doubt'].map((state) => [state, 0])) as MessageCounts;
  for await (const message of messagesOf(group)) {
    counts[staysInDoubt(message) ? 'in doubt' : message.state] += 1;
    look(message);
  }
  return counts;
}

/** The ids that its tasks would have; most messages are in a state in which they can have none. */
function tasksThatSayUntold(message: Message): string[] {
  const { state, reason = '', messageId, ocn, contactId } = message;
  const isUntold = state === 'bounced' || state === 'delayed' || (state === 'skipped' && reason.startsWith('not delivered'));
  if (!isUntold || !isOwed(message)) return [];
  const causes = [
    ['not-delivered', messageId],
    ['delayed', delayCause(message)],
    ['delayed', bounceCause(message)],
  ] as const;
  return causes.map(([kind, cause]) => taskIdOf({ kind, cause, ocn, contactId }));
}

/** True when nobody will ever know whether the message left. */
export function staysInDoubt(message: Message): boolean {
  return message.state === 'unknown' && (message.triedAgain === true || !isOwed(message));
}

/** The messages of a group, a page at a time. Reads an index. */
export async function* messagesOf(group: string): AsyncGenerator<Message> {
  yield* queryItems<Message>('messages', { pk: `GROUP#${group}`, index: 'byGroup' });
}
