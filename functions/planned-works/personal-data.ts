import { queryItems, removeItem } from '../aws/tables.ts';
import { isAboutWorks, type Message } from '../messages/message.ts';
import type { Holder } from './diary.ts';
import { diariesOf, holderKey, type Place, placeOf } from './diary-store.ts';
import { ticketPartition, type WorksNote, type WorksTicket } from './tickets.ts';

/** What planned works know of a person: invitations in its diary, and what it wrote to us. */
export interface WorksOfPerson {
  readonly invitations: readonly (Holder & Place)[];
  readonly tickets: readonly WorksTicket[];
  readonly notes: readonly WorksNote[];
}

/** Who is looked for. */
interface Person {
  readonly ocn: string;
  readonly contactId: string;
  /** Folded. */
  readonly addresses: ReadonlySet<string>;
}

type Line = WorksTicket & WorksNote & { readonly pk: string; readonly sk: string };

/**
 * Everything about a contact in the works that it was written to about, and in the mailbox for planned works.
 * @param messages the contact's: they tell which works to look into
 */
export async function worksOfPerson(person: Person, messages: readonly Message[]): Promise<WorksOfPerson> {
  const places = await placesOf(messages);
  const [invitations, lines] = await Promise.all([invitationsOf(person, places), linesOf(person, places)]);
  const ofKind = (kind: string) => lines.filter(({ sk }) => sk.startsWith(kind)).map(({ pk: _pk, sk: _sk, ...line }) => line);
  return { invitations, tickets: ofKind('TICKET#'), notes: ofKind('NOTE#') };
}

/**
 * Removes all of that. The diary itself keeps what it has: the address that a CANCEL would go to is gone.
 * @returns how many lines were removed
 */
export async function eraseWorksOfPerson(person: Person, messages: readonly Message[]): Promise<number> {
  const places = await placesOf(messages);
  const [invitations, lines] = await Promise.all([invitationsOf(person, places), linesOf(person, places)]);
  for (const holder of invitations) await removeItem('works', holderKey(holder, holder));
  for (const { pk, sk } of lines) await removeItem('works', { pk, sk });
  return invitations.length + lines.length;
}

async function placesOf(messages: readonly Message[]): Promise<Place[]> {
  const uids = new Set(messages.filter(isAboutWorks).map(({ facts }) => facts.uid));
  const places = await Promise.all([...uids].map(placeOf));
  return [...new Map(places.flatMap((place) => (place ? [[place.worksId, place] as const] : []))).values()];
}

async function invitationsOf({ ocn, contactId }: Person, places: readonly Place[]): Promise<(Holder & Place)[]> {
  const found: (Holder & Place)[] = [];
  for (const place of places.filter((one) => one.ocn === ocn)) {
    const holders = (await diariesOf(place)).flatMap((diary) => diary.holders);
    found.push(...holders.filter((holder) => holder.contactId === contactId).map((holder) => ({ ...holder, ...place })));
  }
  return found;
}

async function linesOf({ ocn, contactId, addresses }: Person, places: readonly Place[]): Promise<Line[]> {
  const found: Line[] = [];
  for (const worksId of [undefined, ...places.map((place) => place.worksId)]) {
    for (const beginsWith of ['TICKET#', 'NOTE#']) {
      for await (const line of queryItems<Line>('works', { pk: ticketPartition(worksId), beginsWith })) {
        const isContact = line.ocn === ocn && line.contactId === contactId;
        if (isContact || (line.address !== undefined && addresses.has(line.address))) found.push(line);
      }
    }
  }
  return found;
}
