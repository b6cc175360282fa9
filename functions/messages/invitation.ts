import { gunzipSync, gzipSync } from 'node:zlib';
import { getItem, type Write } from '../aws/tables.ts';
import type { Impact, MaintenanceStatus } from '../icalendar/maintenance.ts';

// INVITATION#<uid> / <sequence, ten digits>: what an invitation said under a SEQUENCE. Written once, never changed.

export interface InvitedCircuit {
  readonly serviceId: string;
  readonly bcn: string;
  readonly impact: Impact;
  readonly product: string;
  readonly aEnd: string;
  readonly bEnd?: string | undefined;
  readonly expectedDowntimeMinutes?: number | undefined;
}

/** What a diary holds of one window of one works, for one customer and one scope. Instants are RFC 3339 in UTC. */
export interface Invitation {
  readonly worksId: string;
  readonly windowId: string;
  /** X-MAINTNOTE-MAINTENANCE-ID. */
  readonly maintenanceId: string;
  readonly ocn: string;
  /** X-MAINTNOTE-ACCOUNT: the customer number, or the billing account where the contact wants one invitation for each. */
  readonly account: string;
  readonly class: 'planned' | 'emergency';
  readonly status: MaintenanceStatus;
  readonly title: string;
  readonly description: string;
  readonly location?: string | undefined;
  readonly reference?: string | undefined;
  readonly cancelReason?: string | undefined;
  readonly coordinator?: { readonly name: string; readonly email: string } | undefined;
  readonly start: string;
  readonly end: string;
  readonly expectedDowntimeMinutes?: number | undefined;
  /** The contracted notice in working days. */
  readonly noticeDays?: number | undefined;
  /** By service id; the worst impact is the invitation's. */
  readonly circuits: readonly InvitedCircuit[];
}

interface Stored {
  readonly packed: Uint8Array;
}

/** Contents are asked for by every reader of an invitation, one after the other. */
const KEPT = 200;
const recent = new Map<string, Invitation>();

const KEEP_DAYS = 400;
const DAY_SECONDS = 86_400;

/** Keeps what an invitation says under a SEQUENCE; for the transaction that raises it. Packed: 3,000 circuits have to fit into an item. */
export function invitationWrite(uid: string, sequence: number, invitation: Invitation): Write {
  const packed = gzipSync(JSON.stringify(invitation));
  const expiresAt = Math.floor(Date.parse(invitation.end) / 1000) + KEEP_DAYS * DAY_SECONDS;
  return { put: { ...keyOf(uid, sequence), packed, expiresAt }, table: 'messages' };
}

/** What an invitation says under a SEQUENCE; undefined when it was never so. */
export async function getInvitation(uid: string, sequence: number): Promise<Invitation | undefined> {
  const name = `${uid}#${sequence}`;
  const known = recent.get(name);
  if (known) return known;
  const item = await getItem<Stored>('messages', keyOf(uid, sequence));
  if (!item) return undefined;
  const invitation = JSON.parse(gunzipSync(item.packed).toString()) as Invitation;
  recent.set(name, invitation);
  const [oldest] = recent.keys();
  if (recent.size > KEPT && oldest !== undefined) recent.delete(oldest);
  return invitation;
}

function keyOf(uid: string, sequence: number) {
  return { pk: `INVITATION#${uid}`, sk: String(sequence).padStart(10, '0') };
}
