import ICAL from 'ical.js';

const DAY = 86_400_000;
/** Time zone rules are counted from year to year: nobody proposes a window in the year 9999. */
const YEARS = /^(19[7-9]\d|2[01]\d\d)-/;

/**
 * The instant that a property tells: in UTC, in a zone that everybody knows, or in one that its calendar describes (VTIMEZONE).
 * @returns undefined for a date without a time, a time without a zone, and a zone that nobody described
 */
export function instantOf(property: ICAL.Property | null): Date | undefined {
  if (property?.type !== 'date-time') return undefined;
  const written = String(property.toJSON()[3]);
  const wall = Date.parse(written.endsWith('Z') ? written : `${written}Z`);
  if (Number.isNaN(wall) || !YEARS.test(written)) return undefined;
  if (written.endsWith('Z')) return new Date(wall);
  const tzid = property.getFirstParameter('tzid');
  const known = tzid && knownZone(tzid);
  if (known) return inZone(wall, known);
  const time = property.getFirstValue();
  return time instanceof ICAL.Time && isDescribed(time.zone) ? new Date(time.toUnixTime() * 1000) : undefined;
}

/** ical.js takes a zone that tells no offset for UTC. */
function isDescribed(zone: ICAL.Timezone | null): boolean {
  const onsets = zone?.component?.getAllSubcomponents() ?? [];
  return onsets.length > 0 && onsets.every((onset) => ['dtstart', 'tzoffsetfrom', 'tzoffsetto'].every((name) => onset.hasProperty(name)));
}

/** The zone that a TZID names: `Europe/Berlin`, and what some diaries write, `/citadel.example/20261118_1/Europe/Berlin`. */
function knownZone(tzid: string): string | undefined {
  const parts = tzid.slice(-100).split('/').slice(-3);
  const names = parts.map((_, from) => parts.slice(from).join('/'));
  return names.find((name) => {
    try {
      return zoneFormat(name) !== undefined;
    } catch {
      return false;
    }
  });
}

/** A time that clocks skip counts from the offset before the gap; of a repeated one the first is meant (RFC 5545, 3.3.5). */
function inZone(wall: number, zone: string): Date {
  const before = wall - offset(wall - DAY, zone);
  const after = wall - offset(wall + DAY, zone);
  const shown = [before, after].filter((instant) => instant + offset(instant, zone) === wall);
  return new Date(shown.length > 0 ? Math.min(...shown) : before);
}

/** How far a zone's clocks are ahead of UTC, in ms. */
function offset(instant: number, zone: string): number {
  const name = zoneFormat(zone)
    .formatToParts(instant)
    .find(({ type }) => type === 'timeZoneName')?.value;
  const [, sign, hours, minutes] = /^GMT([+-])(\d\d):(\d\d)/.exec(name ?? '') ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
}

function zoneFormat(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
}
