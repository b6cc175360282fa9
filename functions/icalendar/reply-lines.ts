import ICAL from 'ical.js';

/** No diary's answer is longer, even with our whole text in it. */
const LONGEST = 1_000_000;
/** Nor is a line of one, but for a comment that is an essay; ical.js takes quadratic time for a line of many parameters. */
const LONGEST_LINE = 20_000;
/** A zone with more rules than this is nobody's. */
const MOST_RULES = 20;

/** The properties that an answer is made of; what else diaries put in (and sometimes break) is not looked at. */
const MATTERS =
  /^(BEGIN|END|METHOD|UID|SEQUENCE|ATTENDEE|ORGANIZER|DTSTAMP|DTSTART|DTEND|DURATION|COMMENT|TZID|TZOFFSETFROM|TZOFFSETTO|RRULE|RDATE)[;:]/i;
/** The rules that time zones have. Any other (every second since 1601, the 30th of February) could be counted for ever. */
const RULE =
  /^RRULE:(?=.*FREQ=YEARLY)((FREQ=YEARLY|INTERVAL=1|BYMONTH=(0?[1-9]|1[0-2])|BYDAY=-?[1-5](SU|MO|TU|WE|TH|FR|SA)|WKST=[A-Z]{2}|UNTIL=\d{8}T\d{6}Z?)(;|$))+$/i;

/**
 * The first calendar in a text from outside, reduced to well-formed lines that an answer is made of.
 * @throws ParserError and others of ical.js, for text that is no calendar
 */
export function answerCalendar(text: string): ICAL.Component | undefined {
  if (text.length > LONGEST) return undefined;
  const lines = text
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]/g, '')
    .split('\n')
    .map((line) => line.trim());
  const begin = lines.findIndex((line) => /^BEGIN:VCALENDAR$/i.test(line));
  const end = lines.findIndex((line, at) => at > begin && /^END:VCALENDAR$/i.test(line));
  if (begin < 0 || end < 0) return undefined;
  const kept = lines.slice(begin, end + 1).filter((line) => MATTERS.test(line) && line.length <= LONGEST_LINE && isWellFormed(line));
  return new ICAL.Component(ICAL.parse(withoutStrangeZones(kept.join('\n'))));
}

/** Leaves out zones that ical.js would count for ever or stumble over; a time in them is then a time in no zone that we know. */
function withoutStrangeZones(calendar: string): string {
  const [before = '', ...zones] = calendar.split(/^BEGIN:VTIMEZONE\n/im);
  const after = zones.map((zone) => {
    const end = zone.search(/^END:VTIMEZONE\n/im);
    // Windows counts from 1601: that its rules began with 1970 is as true, and ten times as quick.
    if (isSound(zone.slice(0, end))) return `BEGIN:VTIMEZONE\n${zone.replace(/^DTSTART:1601/gim, 'DTSTART:1970')}`;
    return zone.slice(end).replace(/^.*\n/, '');
  });
  return before + after.join('');
}

function isSound(zone: string): boolean {
  const rules = zone.match(/^RRULE.*/gim) ?? [];
  return /^TZID/im.test(zone) && rules.length <= MOST_RULES && rules.every((rule) => RULE.test(rule));
}

function isWellFormed(line: string): boolean {
  if (/^(BEGIN|END):/i.test(line)) return true;
  try {
    ICAL.parse.property(line);
    return true;
  } catch {
    return false;
  }
}
