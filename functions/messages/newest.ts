import { expression } from '../aws/expression.ts';
import { expiresAfterMonths, LOG_MONTHS } from '../aws/retention.ts';
import { getItem, removeItem, type Write } from '../aws/tables.ts';
import type { Message } from './message.ts';
import { getMessage } from './store.ts';

// NEWEST#<subject>#<address> / NEWEST: the message that counts for a diary entry and its reader, and the one that was claimed last.

interface Newest {
  readonly messageId: string;
  readonly claimed?: string | undefined;
}

/** How a message that later ones replace stands. */
export type Standing =
  /** Nothing is in its way; `claimed` is what the claim has to find. */
  | { readonly is: 'next'; readonly claimed?: string | undefined }
  | { readonly is: 'superseded' }
  /** An earlier one is between the claim and SES's answer: two at once could arrive in the wrong order. */
  | { readonly is: 'behind'; readonly messageId: string };

type Named = Pick<Message, 'subject' | 'address' | 'messageId'> & { readonly while?: 'newest' | { readonly newest: string } | undefined };

/** Makes a message the newest of its subject and address; for the transaction that writes it. */
export function newestWrite({ subject, address, messageId, queuedAt }: Named & Pick<Message, 'queuedAt'>): Write {
  const expiresAt = expiresAfterMonths(queuedAt, LOG_MONTHS);
  const change = expression`SET #messageId = ${messageId}, #expiresAt = ${expiresAt}`;
  return { update: keyOf(subject, address), table: 'messages', change };
}

/** Forgets which message counts for a reader who is erased: the key holds its address. */
export async function forgetNewest({ subject, address }: Pick<Message, 'subject' | 'address'>): Promise<void> {
  await removeItem('messages', keyOf(subject, address));
}

/** Whether a message may leave now; undefined for one that no other replaces. */
export async function standingOf(message: Named): Promise<Standing | undefined> {
  const wanted = newestIdOf(message);
  if (wanted === undefined) return undefined;
  const newest = await getItem<Newest>('messages', keyOf(message.subject, message.address));
  if (newest?.messageId !== wanted) return { is: 'superseded' };
  const { claimed } = newest;
  if (claimed !== undefined && claimed !== message.messageId && (await getMessage(claimed))?.state === 'claimed') {
    return { is: 'behind', messageId: claimed };
  }
  return { is: 'next', claimed };
}

/** The claim's condition: it is still the newest, and nobody claimed since its standing was read. */
export function newestClaim(message: Named, standing: Standing | undefined): Write[] {
  const wanted = newestIdOf(message);
  if (wanted === undefined || standing?.is !== 'next') return [];
  const unclaimed =
    standing.claimed === undefined ? expression`attribute_not_exists(#claimed)` : expression`#claimed = ${standing.claimed}`;
  return [
    {
      update: keyOf(message.subject, message.address),
      table: 'messages',
      change: expression`SET #claimed = ${message.messageId}`,
      when: expression`#messageId = ${wanted} AND ${unclaimed}`,
    },
  ];
}

function newestIdOf(message: Named): string | undefined {
  if (message.while === undefined) return undefined;
  return message.while === 'newest' ? message.messageId : message.while.newest;
}

function keyOf(subject: string, address: string) {
  return { pk: `NEWEST#${subject}#${address}`, sk: 'NEWEST' };
}
