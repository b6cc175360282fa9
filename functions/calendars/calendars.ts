/** Where and when a billing calendar's days pass, and whose public holidays it keeps. */
export interface Calendar {
  readonly name: string;
  /** IANA zone: 07:00 in this zone is the calendar's publishing hour. */
  readonly timeZone: string;
  /** ISO 3166-1. */
  readonly country: string;
  /** The part of the country whose holidays count: `ENG`, `BY`, `ZH`. Without it the nationwide ones. */
  readonly region?: string;
}

const TABLE = {
  'GB-ENG': { name: 'England and Wales', timeZone: 'Europe/London', country: 'GB', region: 'ENG' },
  'GB-SCT': { name: 'Scotland', timeZone: 'Europe/London', country: 'GB', region: 'SCT' },
  DE: { name: 'Germany, nationwide holidays', timeZone: 'Europe/Berlin', country: 'DE' },
  'DE-BY': { name: 'Bavaria', timeZone: 'Europe/Berlin', country: 'DE', region: 'BY' },
  'DE-HE': { name: 'Hesse', timeZone: 'Europe/Berlin', country: 'DE', region: 'HE' },
  FR: { name: 'France', timeZone: 'Europe/Paris', country: 'FR' },
  IT: { name: 'Italy', timeZone: 'Europe/Rome', country: 'IT' },
  ES: { name: 'Spain, nationwide holidays', timeZone: 'Europe/Madrid', country: 'ES' },
  'CH-ZH': { name: 'Zurich', timeZone: 'Europe/Zurich', country: 'CH', region: 'ZH' },
  NL: { name: 'Netherlands', timeZone: 'Europe/Amsterdam', country: 'NL' },
  IE: { name: 'Ireland', timeZone: 'Europe/Dublin', country: 'IE' },
  SE: { name: 'Sweden', timeZone: 'Europe/Stockholm', country: 'SE' },
  US: { name: 'United States, federal holidays', timeZone: 'America/New_York', country: 'US' },
  JP: { name: 'Japan', timeZone: 'Asia/Tokyo', country: 'JP' },
  HK: { name: 'Hong Kong', timeZone: 'Asia/Hong_Kong', country: 'HK' },
  SG: { name: 'Singapore', timeZone: 'Asia/Singapore', country: 'SG' },
  IN: { name: 'India, nationwide holidays', timeZone: 'Asia/Kolkata', country: 'IN' },
  KR: { name: 'South Korea', timeZone: 'Asia/Seoul', country: 'KR' },
} as const satisfies Record<string, Calendar>;

export type CalendarCode = keyof typeof TABLE;

/** Every billing calendar, by its code. All are scheduled whether an account uses them or not. */
export const CALENDARS: Readonly<Record<CalendarCode, Calendar>> = TABLE;

/** True for a code of the table. */
export function isCalendar(code: string): code is CalendarCode {
  return Object.hasOwn(TABLE, code);
}
