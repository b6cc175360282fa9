import { queryItems } from '../aws/tables.ts';
import type { Message } from './message.ts';
import { type MessageState, STATES } from './states.ts';

/** How many messages of a group (a publication) are in each state. Reads an index: a change of the last moment may be missing. */
export async function countMessages(group: string): Promise<Record<MessageState, number>> {
  const counts = Object.fromEntries(STATES.map((state) => [state, 0])) as Record<MessageState, number>;
  for await (const { state } of messagesOf(group)) counts[state] += 1;
  return counts;
}

/** The messages of a group, a page at a time. Reads an index. */
export async function* messagesOf(group: string): AsyncGenerator<Message> {
  yield* queryItems<Message>('messages', { pk: `GROUP#${group}`, index: 'byGroup' });
}
