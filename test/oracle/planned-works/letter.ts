/*
 * A good email about planned works, written by hand, for the judges to be judged by: each test spoils one thing in it.
 */

export interface LetterParts {
  readonly to?: string;
  readonly messageId?: string;
  readonly references?: string;
  readonly sentAt?: string;
  /** Missing means REQUEST; `null` means none. */
  readonly method?: 'REQUEST' | 'CANCEL' | 'DECLINECOUNTER' | 'REPLY' | null;
  readonly sequence?: number;
  readonly uid?: string;
  readonly start?: string;
  readonly end?: string;
  /** X-MAINTNOTE-STATUS, and STATUS beside it; `null` leaves both out. */
  readonly status?: 'TENTATIVE' | 'CONFIRMED' | 'IN-PROCESS' | 'COMPLETED' | 'CANCELLED' | null;
  readonly objects?: Readonly<Record<string, string>>;
  readonly impact?: string;
  readonly maintenanceId?: string;
  readonly alarm?: string | null;
  /** Changes the event's lines before they are folded. */
  readonly lines?: (lines: readonly string[]) => readonly string[];
  /** Changes the calendar object's bytes, folded as they are. */
  readonly calendar?: (text: string) => string;
  /** Changes the email's text. */
  readonly email?: (text: string) => string;
}

const FROM = 'planned-works@carrier.example';

/** The bytes of the email. */
export function letter(parts: LetterParts = {}): Buffer {
  const { method = 'REQUEST', to = 'noc@customer.example', sentAt = '2026-11-02T09:00:00Z' } = parts;
  const { calendar: spoilCalendar = same, email: spoilEmail = same } = parts;
  const calendar = spoilCalendar(`${calendarLines(parts, to, sentAt, method).map(foldedLine).join('\r\n')}\r\n`);
  const email = [
    `From: Northgate Planned Works <${FROM}>`,
    `To: ${to}`,
    'Subject: CRQ-1001 confirmed: 9 Dec 2026, 00:00-04:00 CET',
    `Date: ${new Date(sentAt).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${parts.messageId ?? 'first@mail.example'}>`,
    ...(parts.references ? [`References: <${parts.references}>`] : []),
    'Reply-To: Planned Works Desk <works@carrier.example>',
    'Auto-Submitted: auto-generated',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="outer"',
    '',
    '--outer',
    'Content-Type: multipart/alternative; boundary="inner"',
    '',
    '--inner',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'CRQ-1001: 9 Dec 2026, 00:00-04:00 CET (8 Dec, 23:00-03:00 UTC)',
    '--inner',
    'Content-Type: text/html; charset=utf-8',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    '<p style=3D"x">CRQ-1001</p>',
    '--inner',
    `Content-Type: text/calendar; charset=utf-8${method === null ? '' : `; method=${method}`}`,
    'Content-Transfer-Encoding: base64',
    '',
    ...(Buffer.from(calendar)
      .toString('base64')
      .match(/.{1,76}/g) ?? []),
    '--inner--',
    '--outer--',
    '',
  ].join('\r\n');
  return Buffer.from(spoilEmail(email), 'latin1');
}

function calendarLines(parts: LetterParts, to: string, sentAt: string, method: string | null): readonly string[] {
  const { lines: spoilLines = (lines: readonly string[]) => lines } = parts;
  const own = method === null ? [] : [`METHOD:${method}`];
  const event = ['BEGIN:VEVENT', ...eventLines(parts, to, sentAt), ...alarmLines(parts, method), 'END:VEVENT'];
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Northgate//Planned works//EN', ...own, ...spoilLines(event), 'END:VCALENDAR'];
}

function eventLines(parts: LetterParts, to: string, sentAt: string): string[] {
  const { objects = { 'FRA/FRA/LE-1': 'OUTAGE', 'FRA/FRA/LE-2': 'DEGRADED' }, status = 'CONFIRMED' } = parts;
  const plain = status === 'TENTATIVE' || status === 'CANCELLED' ? status : 'CONFIRMED';
  return [
    `UID:${parts.uid ?? 'crq-1001-1@carrier.example'}`,
    `SEQUENCE:${parts.sequence ?? 0}`,
    `DTSTAMP:${compact(sentAt)}`,
    `DTSTART:${compact(parts.start ?? '2026-12-08T23:00:00Z')}`,
    `DTEND:${compact(parts.end ?? '2026-12-09T03:00:00Z')}`,
    'SUMMARY:Planned works CRQ-1001: Router software upgrade\\, Zürich',
    'DESCRIPTION:Größere Arbeiten an einem Knoten 🔧: während des Fensters fällt die Leitung für fünfzehn Minuten aus.\\nFenster 1 von 1.',
    `ORGANIZER;CN="Northgate, Planned Works":mailto:${FROM}`,
    `ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:${to}`,
    ...(status === null ? [] : [`STATUS:${plain}`]),
    'TRANSP:TRANSPARENT',
    'X-MICROSOFT-CDO-BUSYSTATUS:FREE',
    'X-MAINTNOTE-PROVIDER:carrier.example',
    'X-MAINTNOTE-ACCOUNT:200118',
    `X-MAINTNOTE-MAINTENANCE-ID:${parts.maintenanceId ?? 'CRQ-1001'}`,
    ...Object.entries(objects).map(([id, impact]) => `X-MAINTNOTE-OBJECT-ID;X-MAINTNOTE-OBJECT-IMPACT=${impact}:${id}`),
    `X-MAINTNOTE-IMPACT:${parts.impact ?? 'OUTAGE'}`,
    ...(status === null ? [] : [`X-MAINTNOTE-STATUS:${status}`]),
  ];
}

function alarmLines({ alarm, status }: LetterParts, method: string | null): string[] {
  const wanted = alarm === undefined && method === 'REQUEST' && (status ?? 'CONFIRMED') === 'CONFIRMED' ? '-PT24H' : alarm;
  return wanted ? ['BEGIN:VALARM', 'ACTION:DISPLAY', 'DESCRIPTION:CRQ-1001', `TRIGGER:${wanted}`, 'END:VALARM'] : [];
}

/** Folds by octets, never within a character. */
function foldedLine(line: string): string {
  let [out, octets] = ['', 0];
  for (const character of line) {
    const length = Buffer.byteLength(character);
    if (octets + length > 75) {
      out += '\r\n ';
      octets = 1;
    }
    out += character;
    octets += length;
  }
  return out;
}

function compact(instant: string): string {
  return `${new Date(instant).toISOString().replaceAll(/[-:]|\.\d+/g, '')}`;
}

function same(text: string): string {
  return text;
}
