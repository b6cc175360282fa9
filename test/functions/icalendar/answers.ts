/** Answers as diaries write them, with invented people. */

export const UID = 'crq-1001-w1-o4711@carrier.example';

/** How Windows describes a zone: by its own name, since 1601. */
export const WESTERN_EUROPE = `BEGIN:VTIMEZONE
TZID:W. Europe Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE`;

/** Outlook with Exchange: its own zone names, addresses in capitals, no ORGANIZER, folds with a tab. */
export const OUTLOOK = calendar(`METHOD:REPLY
PRODID:Microsoft Exchange Server 2010
VERSION:2.0
${WESTERN_EUROPE}
BEGIN:VEVENT
ATTENDEE;PARTSTAT=ACCEPTED;CN="Meier, Anna";X-OUTLOOK-ODD=a b:MAILTO:Anna.Meier@ACME.ex
\tample
COMMENT;LANGUAGE=de-DE:In Ordnung\\, wir sind bereit.\\n
UID:${UID}
SUMMARY;LANGUAGE=de-DE:Zugesagt: CRQ-1001
DTSTART;TZID=W. Europe Standard Time:20261118T000000
DTEND;TZID=W. Europe Standard Time:20261118T040000
CLASS:PUBLIC
PRIORITY:5
DTSTAMP:20261103T071500Z
TRANSP:OPAQUE
STATUS:CONFIRMED
SEQUENCE:2
LOCATION;LANGUAGE=de-DE:
X-MICROSOFT-CDO-APPT-SEQUENCE:2
X-MICROSOFT-CDO-BUSYSTATUS:BUSY
X-MICROSOFT-CDO-BROKEN
X-MICROSOFT-LOCATIONS:[]
END:VEVENT`);

/** Outlook's "propose new time". */
export const OUTLOOK_COUNTER = OUTLOOK.replace('METHOD:REPLY', 'METHOD:COUNTER')
  .replace('PARTSTAT=ACCEPTED', 'PARTSTAT=TENTATIVE')
  .replace('20261118T000000', '20261125T000000')
  .replace('20261118T040000', '20261125T040000')
  .replace('X-MICROSOFT-LOCATIONS', 'X-MS-OLK-ORIGINALSTART;TZID=W. Europe Standard Time:20261118T000000\r\nX-MICROSOFT-LOCATIONS');

/** Google: the comment in a parameter. */
export const GOOGLE = calendar(`PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:REPLY
BEGIN:VEVENT
DTSTART:20261117T230000Z
DTEND:20261118T030000Z
DTSTAMP:20261103T080000Z
ORGANIZER;CN=Planned works:mailto:planned-works@carrier.example
UID:${UID}
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=DECLINED;CN=noc@ac
 me.example;X-NUM-GUESTS=0;X-RESPONSE-COMMENT="That&#39\\;s our launch night":mailto:noc@acme.example
CREATED:20261102T090000Z
DESCRIPTION:Replacement of a line card.
LAST-MODIFIED:20261103T080000Z
SEQUENCE:0
STATUS:CONFIRMED
SUMMARY:CRQ-1001
TRANSP:TRANSPARENT
END:VEVENT`);

/** Apple: an EMAIL parameter beside the address, the whole alarm comes back. */
export const APPLE = calendar(`CALSCALE:GREGORIAN
PRODID:-//Apple Inc.//macOS 16.0//EN
METHOD:REPLY
VERSION:2.0
BEGIN:VEVENT
UID:${UID}
DTEND:20261118T030000Z
ATTENDEE;CN="Anna Meier";CUTYPE=INDIVIDUAL;EMAIL="anna.meier@acme.example";PARTSTAT=TENTATIVE:mailto:anna.meier@acme.example
SUMMARY:CRQ-1001
DTSTART:20261117T230000Z
DTSTAMP:20261103T090000Z
SEQUENCE:1
ORGANIZER;CN="Planned works":mailto:planned-works@carrier.example
BEGIN:VALARM
X-WR-ALARMUID:1F
TRIGGER:-PT60M
DESCRIPTION:Reminder
ACTION:DISPLAY
END:VALARM
END:VEVENT`);

/** What a plain answer says, for one odd thing at a time. */
export function answer(properties: string, { method = 'REPLY', zones = '' } = {}): string {
  return calendar(`VERSION:2.0
METHOD:${method}
${zones && `${zones}\n`}BEGIN:VEVENT
UID:${UID}
DTSTAMP:20261103T090000Z
${properties}
END:VEVENT`);
}

function calendar(body: string): string {
  return `BEGIN:VCALENDAR\n${body}\nEND:VCALENDAR\n`.replaceAll('\n', '\r\n');
}
