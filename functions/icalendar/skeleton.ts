import { type Alarm, createEvents, type EventAttributes, type EventStatus } from 'ics';

const PRODUCT = '-//carrierpost//Planned works//EN';
/** Who declines a counter-proposal names the event and says nothing of it (RFC 5546, 3.2.8): it stays as it is known. */
const NAMES_ONLY = /^(BEGIN|END|UID|SEQUENCE):/;

/** What shapes an event; everything else in it is a value that is filled in. */
export interface Shape {
  readonly method: string | undefined;
  readonly status: EventStatus | undefined;
  readonly alarm: boolean;
}

/** The lines of a calendar with one event, unfolded, with `{name}` where an event's own value goes. */
export interface Skeleton {
  /** From BEGIN:VCALENDAR to the line before BEGIN:VEVENT. */
  readonly head: readonly string[];
  /** From BEGIN:VEVENT to where further properties go: before the alarm, or before END:VEVENT. */
  readonly opening: readonly string[];
  /** The alarm, if there is one, and END:VEVENT. */
  readonly closing: readonly string[];
}

const skeletons = new Map<string, Skeleton>();

/**
 * The skeleton of a shape, laid out by ics. ics takes 0.4 ms to judge its input and folds in quadratic time (2 s for a text of 30,000
 * characters), and knows neither octets nor X- properties; so it is asked once per shape, and no value of an event passes through it.
 */
export function skeletonOf(shape: Shape): Skeleton {
  const key = `${shape.method} ${shape.status} ${shape.alarm}`;
  const known = skeletons.get(key);
  if (known) return known;
  const laidOut = layOut(shape);
  const made = cut(shape.method === 'DECLINECOUNTER' ? namesOnly(laidOut) : laidOut);
  skeletons.set(key, made);
  return made;
}

function layOut({ method, status, alarm }: Shape): string[] {
  const display: Alarm = { action: 'display', description: '{alarm}', trigger: { minutes: 1, before: true } };
  const event: EventAttributes = {
    uid: '{uid}',
    title: '{summary}',
    start: '{start}',
    end: '{end}',
    sequence: 0,
    description: '{description}',
    busyStatus: 'FREE',
    transp: 'TRANSPARENT',
    ...(status && { status }),
    ...(alarm && { alarms: [display] }),
  };
  const { error, value } = createEvents([event], { productId: PRODUCT, method });
  if (!value) throw error ?? new Error('ics made nothing of an event');
  return value.split('\r\n').slice(0, -1);
}

function namesOnly(laidOut: readonly string[]): string[] {
  const event = laidOut.indexOf('BEGIN:VEVENT');
  return laidOut.filter((line, at) => at < event || NAMES_ONLY.test(line));
}

function cut(laidOut: readonly string[]): Skeleton {
  const lines = laidOut
    // A calendar that is fetched again says how often by itself; DTSTAMP is each sending's own.
    .filter((line) => !/^(X-PUBLISHED-TTL|DTSTAMP):/.test(line))
    .map((line) => line.replace('SEQUENCE:0', 'SEQUENCE:{sequence}').replace('-PT1M', '-PT{minutes}M'));
  const event = lines.indexOf('BEGIN:VEVENT');
  const alarm = lines.indexOf('BEGIN:VALARM');
  const end = lines.indexOf('END:VEVENT');
  const closing = alarm < 0 ? end : alarm;
  return { head: lines.slice(0, event), opening: lines.slice(event, closing), closing: lines.slice(closing, end + 1) };
}
