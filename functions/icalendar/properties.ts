import { type Mailbox, type MaintenanceEvent, worstOf } from './maintenance.ts';
import type { Method } from './method.ts';
import { cleanLine, cleanName, escapeText } from './text.ts';

/** How often a diary should fetch a feed again: "Where is the update?" is asked within minutes. */
const REFRESH = 'PT5M';

/** The properties of a calendar that ics does not write. */
export function calendarProperties(method: Method | undefined, name: string | undefined): string[] {
  return [
    ...(name ? [`X-WR-CALNAME:${escapeText(cleanLine(name))}`] : []),
    ...(method === 'PUBLISH' ? [`REFRESH-INTERVAL;VALUE=DURATION:${REFRESH}`, `X-PUBLISHED-TTL:${REFRESH}`] : []),
  ];
}

/**
 * The properties of an event that ics does not write, but for the attendee: place, page, organizer, and the maintenance notification
 * (MAINTNOTE). A reader of the notification finds the maintenance by provider and id and drops it at the status CANCELLED; without a status
 * nothing happens to it. A counter-proposal is declined without any of them but the organizer.
 * @throws RangeError for a value that cannot stand there
 */
export function eventProperties(method: Method | undefined, event: Omit<MaintenanceEvent, 'stamp' | 'attendee'>): string[] {
  const { location, url, organizer, status, objects } = event;
  if (method === 'DECLINECOUNTER') return [`ORGANIZER${mailbox('organizer', organizer)}`];
  const place = cleanLine(location ?? '');
  return [
    ...(place ? [`LOCATION:${escapeText(place)}`] : []),
    ...(url ? [`URL:${webAddress(url)}`] : []),
    `ORGANIZER${mailbox('organizer', organizer)}`,
    `X-MAINTNOTE-PROVIDER:${escapeText(needed('provider', event.provider))}`,
    `X-MAINTNOTE-ACCOUNT:${escapeText(needed('account', event.account))}`,
    `X-MAINTNOTE-MAINTENANCE-ID:${escapeText(needed('maintenanceId', event.maintenanceId))}`,
    ...objects.map(
      ({ id, impact }) =>
        `X-MAINTNOTE-OBJECT-ID;X-MAINTNOTE-OBJECT-IMPACT=${impact.toUpperCase()}:${escapeText(needed('id of an object', id))}`,
    ),
    `X-MAINTNOTE-IMPACT:${worstOf(objects.map(({ impact }) => impact)).toUpperCase()}`,
    ...(status ? [`X-MAINTNOTE-STATUS:${status.toUpperCase()}`] : []),
  ];
}

/** The attendee's property; only a REQUEST asks for an answer. */
export function attendeeProperty(method: Method | undefined, attendee: Mailbox): string {
  const answer = method === 'REQUEST' ? ';PARTSTAT=NEEDS-ACTION;RSVP=TRUE' : '';
  return `ATTENDEE;ROLE=REQ-PARTICIPANT${answer}${mailbox('attendee', attendee)}`;
}

/**
 * A value on one line, clean.
 * @throws RangeError when there is none
 */
export function needed(field: string, value: string): string {
  const clean = cleanLine(value);
  if (clean === '') throw new RangeError(`The ${field} is ${JSON.stringify(value)}, which says nothing: a text is expected`);
  return clean;
}

/** `;CN="Name":mailto:address`. `%` and `?` would have a meaning in the URI (RFC 6068, 2). */
function mailbox(role: string, { name, email }: Mailbox): string {
  const address = email.toWellFormed().replace(/[\p{Cc}\p{Z}]+/gu, '');
  if (!/.@./.test(address)) throw new RangeError(`The ${role}'s email is ${JSON.stringify(email)}: an address is expected`);
  const shown = cleanName(name);
  const uri = address.replaceAll('%', '%25').replaceAll('?', '%3F');
  return `${shown ? `;CN="${shown}"` : ''}:mailto:${uri}`;
}

function webAddress(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol)) throw new RangeError(`The url is ${JSON.stringify(url)}: a web address is expected`);
  return parsed.href;
}
