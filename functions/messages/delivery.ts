import { queryItems } from '../aws/tables.ts';
import { contactsOf } from '../directory/read.ts';
import { staysInDoubt } from './counts.ts';
import { type DocumentsMessage, isAboutDocuments, type Message, type Progress } from './message.ts';
import { contactKeyOf } from './store.ts';

/**
 * What became of the emails that tell an account of a document, the best of them: when one of two contacts was told, the account was.
 * `no email`: there is none, or its reader did not want it.
 */
export type Delivery = 'delivered' | 'sent' | 'waiting' | 'held' | 'in doubt' | 'not delivered' | 'no email';

/** A version of a document that a customer can see. */
interface Published {
  readonly documentId: string;
  readonly version: number;
  /** An instant: what was queued before it told of an earlier version. */
  readonly publishedAt: string;
}

type Told = DocumentsMessage & Progress;

/** The best first. */
const ORDER: readonly Delivery[] = ['delivered', 'sent', 'waiting', 'held', 'in doubt', 'not delivered', 'no email'];

/** What became of the emails about a document, from all those of its customer. */
export function deliveryOf(document: Published, messages: readonly Told[]): Delivery {
  const found = messages.filter((message) => tellsOf(message, document)).map(deliveryOfMessage);
  return ORDER.find((delivery) => found.includes(delivery)) ?? 'no email';
}

/** Every email about documents to the contacts of a customer. Reads an index; of contacts who were erased nothing is found. */
export async function documentMessagesOf(ocn: string): Promise<Told[]> {
  const found: Told[] = [];
  for (const contact of await contactsOf(ocn)) {
    for await (const message of queryItems<Message>('messages', { pk: contactKeyOf(contact), index: 'byContact' })) {
      if (isAboutDocuments(message)) found.push(message);
    }
  }
  return found;
}

/** An email is about one version of a numbered document; call records and number lists are links in it, to the newest there is. */
function tellsOf({ subject, links, queuedAt }: Told, { documentId, version, publishedAt }: Published): boolean {
  if (subject === `${documentId}#${version}`) return true;
  if (Date.parse(queuedAt) < Date.parse(publishedAt)) return false;
  return links.some((link) => link.documentId === documentId && (link.kind === 'cdr' || link.kind === 'unl'));
}

function deliveryOfMessage(message: Told): Delivery {
  switch (message.state) {
    case 'delivered':
    case 'complained':
      return 'delivered';
    case 'submitted':
    case 'delayed':
      return 'sent';
    case 'unknown':
      return staysInDoubt(message) ? 'in doubt' : 'waiting';
    case 'queued':
    case 'deferred':
    case 'claimed':
      return 'waiting';
    case 'held':
      return 'held';
    case 'bounced':
      return 'not delivered';
    case 'skipped':
      return message.reason?.startsWith('not delivered') ? 'not delivered' : 'no email';
  }
}
