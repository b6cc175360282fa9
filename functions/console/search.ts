import { isId } from '../directory/fields.ts';
import { contactsAt } from '../directory/find.ts';
import { getBillingAccount, getCustomer } from '../directory/read.ts';
import { documentsNumbered } from '../documents/find.ts';
import { getMessage } from '../messages/store.ts';
import { getWorks } from '../planned-works/works-store.ts';
import { paths } from './links.ts';

/** Something that was found. */
export interface Hit {
  /** What it is: `billing account`. */
  readonly is: string;
  /** What names it, and what tells it from others. */
  readonly name: string;
  readonly about: string;
  readonly path: string;
}

/** What a text can be, by its form. A number or an id may be one of several things: all are tried. */
export type Sought =
  | { readonly kind: 'email'; readonly address: string }
  | { readonly kind: 'message' | 'id'; readonly ids: readonly string[] };

const LONGEST = 320;
const MESSAGE_ID = /^[a-f0-9]{32}$/;

/** Reads what somebody seeks; undefined for nothing, and for what is longer than anything that could be found. */
export function soughtIn(text: string): Sought | undefined {
  const wanted = text.trim();
  if (wanted === '' || wanted.length > LONGEST) return undefined;
  if (wanted.includes('@')) return { kind: 'email', address: wanted.replace(/^.*<(.+)>$/, '$1') };
  if (MESSAGE_ID.test(wanted.toLowerCase())) return { kind: 'message', ids: [wanted.toLowerCase()] };
  return { kind: 'id', ids: [...new Set([wanted, wanted.toUpperCase()])] };
}

/** Finds what is sought, a few reads for each form of it: never more than its index has on one page. */
export async function find(sought: Sought): Promise<Hit[]> {
  switch (sought.kind) {
    case 'email':
      return contactHits(sought.address);
    case 'message':
      return (await Promise.all(sought.ids.map(messageHits))).flat();
    case 'id':
      return (await Promise.all(sought.ids.flatMap((id) => [...(isId(id) ? named(id) : []), numberHits(id)]))).flat();
  }
}

function named(id: string): Promise<Hit[]>[] {
  return [customerHits(id), accountHits(id), worksHits(id)];
}

async function contactHits(address: string): Promise<Hit[]> {
  const contacts = await contactsAt(address);
  return contacts.map(({ ocn, contactId, name }) => {
    return {
      is: 'contact',
      name: contactId,
      about: `${name}, customer ${ocn}`,
      path: paths.customer(ocn, { show: 'contacts', contact: contactId }),
    };
  });
}

async function messageHits(messageId: string): Promise<Hit[]> {
  const message = await getMessage(messageId);
  return message ? [{ is: 'email', name: messageId, about: `account ${message.bcn}`, path: paths.message(messageId) }] : [];
}

async function customerHits(ocn: string): Promise<Hit[]> {
  const customer = await getCustomer(ocn);
  return customer ? [{ is: 'customer', name: ocn, about: customer.name, path: paths.customer(ocn) }] : [];
}

async function accountHits(bcn: string): Promise<Hit[]> {
  const account = await getBillingAccount(bcn);
  return account ? [{ is: 'billing account', name: bcn, about: account.name, path: paths.account(bcn) }] : [];
}

async function worksHits(worksId: string): Promise<Hit[]> {
  const state = await getWorks(worksId);
  return state ? [{ is: 'planned works', name: worksId, about: state.works.title, path: paths.works(worksId) }] : [];
}

/** A document has versions: one hit for all. */
async function numberHits(number: string): Promise<Hit[]> {
  const documents = await documentsNumbered(number);
  const byId = new Map(documents.map((document) => [document.documentId, document]));
  return [...byId.values()].map(({ kind, bcn, period }) => {
    return { is: kind.replaceAll('-', ' '), name: number, about: `account ${bcn}, ${period}`, path: paths.account(bcn, { period }) };
  });
}
