import ICAL from 'ical.js';
import nodeIcal from 'node-ical';
import { folded } from '../recipients.ts';
import { type Component, type ContentLine, linesNamed, octetFaults, readCalendar, textFaults, valueNamed } from './content-lines.ts';
import { addressIn, headersNamed, leavesOf, type Part, readEmail, shapeOf } from './email-parts.ts';
import { hasNote, readNote } from './maintenance-note.ts';

/*
 * Whether an email about planned works is built so that diaries and customers' systems take it: RFC 5322, 2045, 5545, 5546 and 6047 on
 * its bytes.
 */

const SHAPE = /^mixed\(alternative\(plain, html, calendar\)(, csv)*\)$/;
/** RFC 5322, 2.1.1. */
const LONGEST_EMAIL_LINE = 998;
const AT_MOST_ONCE = ['UID', 'DTSTAMP', 'DTSTART', 'DTEND', 'SEQUENCE', 'SUMMARY', 'DESCRIPTION', 'LOCATION', 'ORGANIZER'];
const AT_MOST_ONCE_TOO = ['STATUS', 'TRANSP', 'CLASS', 'PRIORITY', 'CREATED', 'LAST-MODIFIED', 'URL', 'X-MICROSOFT-CDO-BUSYSTATUS'];
const TEXTS = ['SUMMARY', 'DESCRIPTION', 'LOCATION', 'COMMENT'];
/** DTSTAMP is the sending time: as near to the Date header as composing an email takes. */
const COMPOSED_WITHIN = 120_000;

/** What the email around the calendar object is asked about. */
interface Envelope {
  readonly to: string;
  readonly from: string;
  readonly date: number;
}

/** Everything that is wrong with an email that carries a calendar object. */
export function calendarFaults(raw: Buffer): string[] {
  let email: Part;
  try {
    email = readEmail(raw);
  } catch (error) {
    return [`the email cannot be read: ${(error as Error).message}`];
  }
  const calendars = leavesOf(email).filter(({ type }) => type === 'text/calendar');
  const [calendar] = calendars;
  const faults = [...lineFaults(raw), ...headerFaults(email)];
  if (!SHAPE.test(shapeOf(email)))
    faults.push(`the parts are ${shapeOf(email)}, mixed(alternative(plain, html, calendar), csv of many circuits) is right`);
  if (!calendar || calendars.length > 1) return [...faults, `${calendars.length} parts of type text/calendar, exactly one is right`];
  const [to = '', from = '', date = ''] = ['to', 'from', 'date'].map((name) => headersNamed(email, name)[0] ?? '');
  const envelope = { to: folded(addressIn(to)), from: folded(addressIn(from)), date: Date.parse(date) };
  return [...faults, ...partFaults(calendar, envelope)];
}

function lineFaults(raw: Buffer): string[] {
  const text = raw.toString('latin1');
  const lines = text.split('\r\n');
  return [
    ...(lines.some((line) => /[\r\n]/.test(line)) ? ['a line of the email ends with a bare CR or LF'] : []),
    ...(lines.some((line) => line.length > LONGEST_EMAIL_LINE) ? [`a line of the email is longer than ${LONGEST_EMAIL_LINE}`] : []),
    ...(/[^\u0000-\u007f]/.test(text.slice(0, text.indexOf('\r\n\r\n'))) ? ['a header is not ASCII'] : []),
  ];
}

function headerFaults(email: Part): string[] {
  const one = ['From', 'To', 'Subject', 'Date', 'Message-ID', 'Reply-To'].filter(
    (name) => headersNamed(email, name.toLowerCase()).length !== 1,
  );
  const [to = ''] = headersNamed(email, 'to');
  const auto = headersNamed(email, 'auto-submitted');
  return [
    ...one.map((name) => `${headersNamed(email, name.toLowerCase()).length} headers ${name}, exactly one is right`),
    ...(/^[^@]*@[^@]*$/.test(to) ? [] : [`To is ${to}, one recipient is right`]),
    ...(['cc', 'bcc'].some((name) => headersNamed(email, name).length > 0) ? ['others are copied in'] : []),
    ...(auto.join() === 'auto-generated' ? [] : [`Auto-Submitted is ${auto.join() || 'missing'}, auto-generated is right`]),
  ];
}

function partFaults(part: Part, envelope: Envelope): string[] {
  const faults = octetFaults(part.content);
  const charset = part.parameters.get('charset');
  if (charset?.toLowerCase() !== 'utf-8') faults.push(`charset is ${charset ?? 'missing'}, utf-8 is right`);
  let calendar: Component;
  try {
    calendar = readCalendar(part.content);
  } catch (error) {
    return [...faults, (error as Error).message];
  }
  const methods = linesNamed(calendar, 'METHOD').map(({ value }) => value);
  const [method] = methods;
  if (methods.length > 1) faults.push('several METHOD');
  if (part.parameters.get('method') !== method)
    faults.push(`the parameter method is ${part.parameters.get('method') ?? 'missing'}, METHOD is ${method ?? 'missing'}`);
  if (calendar.name !== 'VCALENDAR' || valueNamed(calendar, 'VERSION') !== '2.0' || !valueNamed(calendar, 'PRODID'))
    faults.push('VCALENDAR with VERSION:2.0 and PRODID is right');
  const [event, ...others] = calendar.components;
  if (event?.name !== 'VEVENT' || others.length > 0)
    return [
      ...faults,
      `${calendar.components.map(({ name }) => name).join(', ') || 'nothing'} in the calendar, exactly one VEVENT is right`,
    ];
  return [...faults, ...libraryFaults(part.content.toString('utf8'), event), ...eventFaults(event, method, envelope)];
}

/** What two libraries make of it, as customers' systems would. */
function libraryFaults(text: string, event: Component): string[] {
  const uid = valueNamed(event, 'UID');
  const faults: string[] = [];
  try {
    const found = new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent')?.getFirstPropertyValue('uid');
    if (found !== uid) faults.push(`ical.js reads the UID ${String(found)}`);
  } catch (error) {
    faults.push(`ical.js: ${(error as Error).message}`);
  }
  try {
    const events = Object.values(nodeIcal.sync.parseICS(text)).filter((one) => one?.type === 'VEVENT');
    if (events.map((one) => one?.uid).join() !== uid) faults.push('node-ical does not find the event');
  } catch (error) {
    faults.push(`node-ical: ${(error as Error).message}`);
  }
  return faults;
}

function eventFaults(event: Component, method: string | undefined, envelope: Envelope): string[] {
  const twice = [...AT_MOST_ONCE, ...AT_MOST_ONCE_TOO].filter((name) => linesNamed(event, name).length > 1);
  const texts = event.lines.filter(({ name }) => TEXTS.includes(name)).flatMap(textFaults);
  const common = [
    ...twice.map((name) => `several ${name}`),
    ...texts,
    ...identityFaults(event, envelope),
    ...personFaults(event, method, envelope),
  ];
  if (method === 'DECLINECOUNTER') return common;
  const provider = envelope.from.split('@')[1] ?? '';
  const note = hasNote(event) ? readNote(event, provider) : { faults: ['no X-MAINTNOTE'] };
  return [
    ...common,
    ...('faults' in note ? note.faults : []),
    ...timeFaults(event),
    ...statusFaults(event, method),
    ...alarmFaults(event, method),
    ...(valueNamed(event, 'TRANSP') === 'TRANSPARENT'
      ? []
      : [`TRANSP is ${valueNamed(event, 'TRANSP') ?? 'missing'}, TRANSPARENT is right`]),
    ...(method === 'CANCEL' || valueNamed(event, 'X-MICROSOFT-CDO-BUSYSTATUS') === 'FREE'
      ? []
      : ['X-MICROSOFT-CDO-BUSYSTATUS is not FREE']),
  ];
}

function identityFaults(event: Component, { date }: Envelope): string[] {
  const [uid = '', stamp = '', sequence = ''] = ['UID', 'DTSTAMP', 'SEQUENCE'].map((name) => valueNamed(event, name) ?? '');
  const stamped = utc(stamp);
  return [
    ...(uid !== '' && Buffer.byteLength(uid) <= 255 ? [] : [`UID is ${uid || 'missing'}`]),
    ...(/^(0|[1-9]\d*)$/.test(sequence) ? [] : [`SEQUENCE is ${sequence || 'missing'}, a whole number is right`]),
    ...(stamped === undefined ? [`DTSTAMP is ${stamp || 'missing'}, an instant in UTC is right`] : []),
    ...(stamped !== undefined && !(Math.abs(stamped - date) <= COMPOSED_WITHIN)
      ? [`DTSTAMP is ${stamp}, the email left at ${new Date(date).toISOString()}`]
      : []),
  ];
}

/** Who is invited by whom. Without a METHOD nobody has to be, but nobody else may be. */
function personFaults(event: Component, method: string | undefined, { to, from }: Envelope): string[] {
  const attendees = linesNamed(event, 'ATTENDEE').map(mailboxOf);
  const organizer = linesNamed(event, 'ORGANIZER').map(mailboxOf);
  const may = (found: readonly string[], right: string) => found.join() === right || (method === undefined && found.length === 0);
  return [
    ...(may(attendees, to) ? [] : [`ATTENDEE is ${attendees.join(' and ') || 'missing'}, only ${to} (To) is right`]),
    ...(may(organizer, from) ? [] : [`ORGANIZER is ${organizer.join(' and ') || 'missing'}, ${from} (From) is right`]),
  ];
}

function timeFaults(event: Component): string[] {
  const [start, end] = [utc(valueNamed(event, 'DTSTART')), utc(valueNamed(event, 'DTEND'))];
  if (start === undefined || end === undefined) return ['DTSTART and DTEND in UTC are right'];
  return [
    ...(end > start ? [] : ['DTEND is not after DTSTART']),
    ...(['DURATION', 'RRULE', 'RDATE', 'RECURRENCE-ID'].some((name) => linesNamed(event, name).length > 0)
      ? ['one time only is right']
      : []),
    ...(valueNamed(event, 'SUMMARY') ? [] : ['no SUMMARY']),
  ];
}

function statusFaults(event: Component, method: string | undefined): string[] {
  const status = valueNamed(event, 'STATUS');
  switch (method) {
    case 'REQUEST':
      return status === 'TENTATIVE' || status === 'CONFIRMED' ? [] : [`STATUS of a REQUEST is ${status ?? 'missing'}`];
    case 'CANCEL':
      return status === undefined || status === 'CANCELLED' ? [] : [`STATUS of a CANCEL is ${status}`];
    case undefined:
      return status === undefined || ['TENTATIVE', 'CONFIRMED', 'CANCELLED'].includes(status) ? [] : [`STATUS is ${status}`];
    default:
      return [`METHOD is ${method}: REQUEST, CANCEL or DECLINECOUNTER is right`];
  }
}

/** No alarm in a cancel, none that rings before the email leaves, none that the works' own start and end make idle. */
function alarmFaults(event: Component, method: string | undefined): string[] {
  const alarms = event.components;
  const under = valueNamed(event, 'X-MAINTNOTE-STATUS') ?? '';
  if (alarms.length > 0 && (method === 'CANCEL' || ['CANCELLED', 'IN-PROCESS', 'COMPLETED'].includes(under)))
    return [`an alarm in a ${method === 'CANCEL' ? 'CANCEL' : `message of works that are ${under}`}`];
  return alarms.flatMap((alarm) => {
    const rings = ringsAt(alarm, event);
    const stamp = utc(valueNamed(event, 'DTSTAMP')) ?? 0;
    return [
      ...(alarm.name === 'VALARM' && valueNamed(alarm, 'ACTION') === 'DISPLAY' && valueNamed(alarm, 'DESCRIPTION')
        ? []
        : [`${alarm.name} with ${valueNamed(alarm, 'ACTION')}, a display alarm with words is right`]),
      ...(rings !== undefined && rings >= stamp ? [] : ['an alarm in the past']),
    ];
  });
}

function ringsAt(alarm: Component, event: Component): number | undefined {
  const [trigger] = linesNamed(alarm, 'TRIGGER');
  if (!trigger) return undefined;
  const related = trigger.parameters.get('RELATED')?.[0] === 'END' ? 'DTEND' : 'DTSTART';
  const [anchor, offset] = [utc(valueNamed(event, related)), milliseconds(trigger.value)];
  return utc(trigger.value) ?? (anchor === undefined || offset === undefined ? undefined : anchor + offset);
}

/** RFC 5545, 3.3.6. */
function milliseconds(duration: string): number | undefined {
  const found = /^([+-]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration);
  if (!found) return undefined;
  const [, sign, ...parts] = found;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts.map((part) => Number(part ?? 0));
  return (sign === '-' ? -1000 : 1000) * ((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds);
}

function utc(text: string | undefined): number | undefined {
  const found = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text ?? '');
  if (!found) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

function mailboxOf({ value }: ContentLine): string {
  return folded(value.replace(/^mailto:/i, ''));
}
