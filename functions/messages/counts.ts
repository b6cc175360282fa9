import { queryItems } from '../aws/tables.ts';
import { isOwed, type Message } from './message.ts';
import { type MessageState, STATES } from './states.ts';

/** By state; `in doubt` are those of which nobody will ever know whether they left, `unknown` those that go once more. */
export type MessageCounts = Record<MessageState | 'in doubt', number>;

/** How many messages of a group (a publication) are in each state. Reads an index: a change of the last moment may be missing. */
export async function countMessages(group: string): Promise<MessageCounts> {
  const counts = Object.fromEntries([...STATES, 'in doubt'].map((state) => [state, 0])) as MessageCounts;
  for await (const message of messagesOf(group)) counts[staysInDoubt(message) ? 'in doubt' : message.state] += 1;
  return counts;
}

/** True when nobody will ever know whether the message left. */
export function staysInDoubt(message: Message): boolean {
  return message.state === 'unknown' && (message.triedAgain === true || !isOwed(message));
}

/** The messages of a group, a page at a time. Reads an index. */
export async function* messagesOf(group: string): AsyncGenerator<Message> {
  yield* queryItems<Message>('messages', { pk: `GROUP#${group}`, index: 'byGroup' });
}
