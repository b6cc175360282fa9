import { cursorText, type Listed, ROWS, readCursor } from '../aws/page-cursor.ts';
import { getItems, queryPage } from '../aws/tables.ts';
import { firstDiariesOf } from './diary-store.ts';
import { type InvitationSummary, summaryOf } from './summary.ts';
import { TICKET, ticketPartition, type WorksTicket } from './tickets.ts';
import { CUSTOMER, startPartition, stateKey, type WorksState } from './works-store.ts';

/** Customers that are begun with on one page. */
const CUSTOMERS = 20;
/** When so many items were read, the next page goes on with the next customer. */
const ENOUGH = 60;
/** So much is read of one customer. */
const OF_CUSTOMER = 100;

/** A customer's invitations to a works. */
export interface InvitedCustomer {
  readonly ocn: string;
  readonly invitations: readonly InvitationSummary[];
  /** False when it has more readers than are shown. */
  readonly isAll: boolean;
}

/**
 * A page of the planned works, those that begin last first. Asks an index: works of the last moment may be missing.
 * @param isHeld those that wait for a person, or the others
 */
export async function worksPage(isHeld: boolean, after: string | undefined): Promise<Listed<WorksState>> {
  const pk = startPartition(isHeld);
  const range = { pk, index: 'byStart', descending: true, pageSize: ROWS };
  const page = await queryPage<Led>('works', range, readCursor(after, pk));
  const found = await getItems<WorksState & Led>('works', page.items);
  const byKey = new Map(found.map((state) => [state.pk, state]));
  return { rows: page.items.flatMap(({ pk: key }) => byKey.get(key) ?? []), next: cursorText(page.cursor) };
}

/** A page of who was invited to a works, customer by customer. */
export async function invitedPage(worksId: string, after: string | undefined): Promise<Listed<InvitedCustomer>> {
  const { pk } = stateKey(worksId);
  const range = { pk, beginsWith: CUSTOMER, pageSize: CUSTOMERS };
  const page = await queryPage<Led & { ocn: string }>('works', range, readCursor(after, pk));
  const rows: InvitedCustomer[] = [];
  let read = 0;
  let done: { pk: string; sk: string } | undefined;
  for (const { sk, ocn } of page.items) {
    if (read >= ENOUGH) return { rows, next: cursorText(done) };
    const found = await firstDiariesOf({ worksId, ocn }, OF_CUSTOMER);
    read += found.read;
    rows.push({ ocn, invitations: await summaryOf(ocn, found.diaries), isAll: found.isAll });
    done = { pk, sk };
  }
  return { rows, next: cursorText(page.cursor) };
}

/** The first tickets of a works, fifty at most. */
export async function ticketPage(worksId: string): Promise<WorksTicket[]> {
  const range = { pk: ticketPartition(worksId), beginsWith: TICKET, pageSize: ROWS };
  return (await queryPage<WorksTicket>('works', range)).items;
}

interface Led {
  readonly pk: string;
  readonly sk: string;
}
