import { addDays, localDate, weekday } from '../calendars/dates.ts';
import { formatDate, type Language } from '../money/format.ts';

/** A window as people read it. */
export interface WindowWords {
  /** For a subject: `18 Nov 2026, 00:00-04:00 CET`. */
  readonly short: string;
  /** `Wed 18 Nov 2026, 00:00 - 04:00 CET (Europe/Berlin)`. */
  readonly local: string;
  readonly utc: string;
}

const WORDS = {
  en: {
    locale: 'en-GB',
    weekdays: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
    minutes: ['minute', 'minutes'],
    hours: ['hour', 'hours'],
    workingDays: ['working day', 'working days'],
  },
  de: {
    locale: 'de-DE',
    weekdays: ['Mo.', 'Di.', 'Mi.', 'Do.', 'Fr.', 'Sa.', 'So.'],
    minutes: ['Minute', 'Minuten'],
    hours: ['Stunde', 'Stunden'],
    workingDays: ['Arbeitstag', 'Arbeitstage'],
  },
  fr: {
    locale: 'fr-FR',
    weekdays: ['lun.', 'mar.', 'mer.', 'jeu.', 'ven.', 'sam.', 'dim.'],
    minutes: ['minute', 'minutes'],
    hours: ['heure', 'heures'],
    workingDays: ['jour ouvré', 'jours ouvrés'],
  },
} as const;

const clocks = new Map<string, Intl.DateTimeFormat>();

/** A window in the reader's zone and in UTC. Where clocks change in between, each end names its own time: `01:00 CET - 05:00 CEST`. */
export function windowWords(start: Date, end: Date, timeZone: string, language: Language): WindowWords {
  return {
    short: shortWords(start, end, timeZone, language),
    local: `${longWords(start, end, timeZone, language)} (${timeZone})`,
    utc: longWords(start, end, 'UTC', language),
  };
}

/** `45 minutes`, `1 hour 30 minutes`. */
export function durationWords(minutes: number, language: Language): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const parts = [
    hours > 0 ? counted(hours, WORDS[language].hours) : '',
    rest > 0 || hours === 0 ? counted(rest, WORDS[language].minutes) : '',
  ];
  return parts.filter((part) => part !== '').join(' ');
}

/** `11 working days`. */
export function workingDaysWords(days: number, language: Language): string {
  return counted(days, WORDS[language].workingDays);
}

function counted(n: number, [one, many]: readonly [string, string]): string {
  return `${n} ${n === 1 ? one : many}`;
}

function shortWords(start: Date, end: Date, timeZone: string, language: Language): string {
  const [from, to] = [clockOf(start, timeZone, language), clockOf(end, timeZone, language)];
  const zone = from.zone === to.zone ? '' : ` ${from.zone}`;
  const day = to.date === from.date || isMidnight(from, to) ? '' : `${formatDate(to.date, language).replace(/,? \d{4}$/, '')} `;
  return `${formatDate(from.date, language)}, ${from.time}${zone}-${day}${isMidnight(from, to) ? '24:00' : to.time} ${to.zone}`;
}

function longWords(start: Date, end: Date, timeZone: string, language: Language): string {
  const [from, to] = [clockOf(start, timeZone, language), clockOf(end, timeZone, language)];
  const zone = from.zone === to.zone ? '' : ` ${from.zone}`;
  const day = to.date === from.date ? '' : `${dayWords(to.date, language)}, `;
  return `${dayWords(from.date, language)}, ${from.time}${zone} - ${day}${to.time} ${to.zone}`;
}

/** A window until midnight ends on its own day. */
function isMidnight(from: Clock, to: Clock): boolean {
  return to.time === '00:00' && to.date === addDays(from.date, 1);
}

function dayWords(date: string, language: Language): string {
  return `${WORDS[language].weekdays[weekday(date) - 1]} ${formatDate(date, language)}`;
}

interface Clock {
  readonly date: string;
  readonly time: string;
  /** `CET`, `MEZ`, `UTC+1`: what people of that language call it. */
  readonly zone: string;
}

function clockOf(at: Date, timeZone: string, language: Language): Clock {
  const parts = Object.fromEntries(
    formatOf(timeZone, language)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return { date: localDate(at, timeZone), time: `${parts.hour}:${parts.minute}`, zone: parts.timeZoneName ?? timeZone };
}

function formatOf(timeZone: string, language: Language): Intl.DateTimeFormat {
  const key = `${timeZone} ${language}`;
  let clock = clocks.get(key);
  if (!clock) {
    const { locale } = WORDS[language];
    clock = new Intl.DateTimeFormat(locale, { timeZone, hourCycle: 'h23', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' });
    clocks.set(key, clock);
  }
  return clock;
}
