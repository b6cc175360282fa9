import type { CalendarCode } from '../../../functions/calendars/calendars.ts';

/**
 * Typed by hand from the named lists: start from the third weekday of each month and strike out the listed holidays.
 * Never copy what the code answers into this table.
 */
const PUBLISHED: readonly [CalendarCode, string, ...[number, string][]][] = [
  [
    'GB-ENG',
    'gov.uk/bank-holidays, England and Wales',
    [2026, '6 4 4 7 6 3 3 5 3 5 4 3'],
    [2027, '6 3 3 5 6 3 5 4 3 5 3 3'],
    [2028, '6 3 3 5 4 5 5 3 5 4 3 5'],
  ],
  [
    'GB-SCT',
    'gov.uk/bank-holidays, Scotland (2 January and its substitute day, no Easter Monday, August on the first Monday)',
    [2026, '7 4 4 6 6 3 3 6 3 5 4 3'],
    [2027, '7 3 3 5 6 3 5 5 3 5 3 3'],
    [2028, '7 3 3 5 4 5 5 3 5 4 3 5'],
  ],
  [
    'DE',
    'Holidays that all sixteen states have (bmi.bund.de)',
    [2026, '6 4 4 7 6 3 3 5 3 5 4 3'],
    [2027, '6 3 3 5 5 3 5 4 3 5 3 3'],
    [2028, '5 3 3 5 4 6 5 3 5 5 3 5'],
  ],
  [
    'DE-BY',
    'stmi.bayern.de, gesetzliche Feiertage (Epiphany, Corpus Christi, All Saints)',
    [2026, '7 4 4 7 6 3 3 5 3 5 4 3'],
    [2027, '7 3 3 5 5 3 5 4 3 5 4 3'],
    [2028, '5 3 3 5 4 6 5 3 5 5 6 5'],
  ],
  [
    'DE-HE',
    'innen.hessen.de, gesetzliche Feiertage (Corpus Christi)',
    [2026, '6 4 4 7 6 3 3 5 3 5 4 3'],
    [2027, '6 3 3 5 5 3 5 4 3 5 3 3'],
    [2028, '5 3 3 5 4 6 5 3 5 5 3 5'],
  ],
  [
    'FR',
    'service-public.fr, jours fériés (Code du travail L3133-1)',
    [2026, '6 4 4 3 6 3 3 5 3 5 4 3'],
    [2027, '6 3 3 5 5 3 5 4 3 5 4 3'],
    [2028, '5 3 3 5 4 6 5 3 5 4 6 5'],
  ],
  [
    'IT',
    'governo.it, festività nazionali (Epiphany, 2 June, from 2026 also 4 October)',
    [2026, '7 4 4 3 6 4 3 5 3 5 4 3'],
    [2027, '7 3 3 5 5 4 5 4 3 6 4 3'],
    [2028, '5 3 3 5 4 6 5 3 5 5 6 5'],
  ],
  [
    'ES',
    'BOE, fiestas laborales de ámbito nacional (Good Friday, no Easter Monday)',
    [2026, '7 4 4 6 6 3 3 5 3 5 4 3'],
    [2027, '7 3 3 5 5 3 5 4 3 5 4 3'],
    [2028, '5 3 3 5 4 5 5 3 5 4 6 5'],
  ],
  [
    'CH-ZH',
    'zh.ch, öffentliche Ruhetage (1 May, 1 August, Whit Monday; no Berchtoldstag)',
    [2026, '6 4 4 7 6 3 3 5 3 5 4 3'],
    [2027, '6 3 3 5 5 3 5 4 3 5 3 3'],
    [2028, '5 3 3 5 4 6 5 4 5 4 3 5'],
  ],
  [
    'NL',
    'rijksoverheid.nl, officiële feestdagen (no Good Friday, no 1 May)',
    [2026, '6 4 4 3 5 3 3 5 3 5 4 3'],
    [2027, '6 3 3 5 5 3 5 4 3 5 3 3'],
    [2028, '5 3 3 5 3 6 5 3 5 4 3 5'],
  ],
  [
    'IE',
    'citizensinformation.ie, public holidays (first Mondays of February, May, June and August)',
    [2026, '6 5 4 3 6 4 3 6 3 5 4 3'],
    [2027, '6 4 3 5 6 3 5 5 3 5 3 3'],
    [2028, '5 3 3 5 4 6 5 3 5 4 3 5'],
  ],
  [
    'SE',
    'Lag 1989:253 om allmänna helgdagar (Epiphany, 1 May)',
    [2026, '7 4 4 7 6 3 3 5 3 5 4 3'],
    [2027, '7 3 3 5 5 3 5 4 3 5 3 3'],
    [2028, '5 3 3 5 4 5 5 3 5 4 3 5'],
  ],
  [
    'US',
    'opm.gov, federal holidays with observed days',
    [2026, '6 4 4 3 5 3 6 5 3 5 4 3'],
    [2027, '6 3 3 5 5 3 6 4 3 5 3 3'],
    [2028, '5 3 3 5 3 5 6 3 6 4 3 5'],
  ],
  [
    'JP',
    'Cabinet Office, 国民の祝日について (Golden Week, 3 November)',
    [2026, '6 4 4 3 8 3 3 5 3 5 5 3'],
    [2027, '6 3 3 5 10 3 5 4 3 5 4 3'],
    [2028, '5 3 3 5 8 5 5 3 5 4 6 5'],
  ],
  [
    'HK',
    'gov.hk, general holidays (Ching Ming and Easter 2026; 1 July; 1 October; 2 and 4 October 2028)',
    [2026, '6 4 4 8 6 3 6 5 3 6 4 3'],
    [2027, '6 3 3 6 5 3 6 4 3 6 3 3'],
    [2028, '5 3 3 6 5 5 5 3 5 6 3 5'],
  ],
  [
    'SG',
    'mom.gov.sg, public holidays (1 June 2026 for Vesak Day on a Sunday)',
    [2026, '6 4 4 6 6 4 3 5 3 5 4 3'],
    [2027, '6 3 3 5 5 3 5 4 3 5 3 3'],
    [2028, '5 3 3 5 4 5 5 3 5 4 3 5'],
  ],
  [
    'IN',
    'dopt.gov.in, compulsory holidays (Buddha Purnima 1 May 2026, 2 October, Guru Nanak 2 November 2028; 1 January works)',
    [2026, '5 4 4 6 6 3 3 5 3 6 4 3'],
    [2027, '5 3 3 5 5 3 5 4 3 5 3 3'],
    [2028, '5 3 3 5 3 5 5 3 5 5 6 5'],
  ],
  [
    'KR',
    'law.go.kr, Public Holidays Act (Labour Day from 2026, elections 3 June 2026, substitute days; Chuseok 2 to 5 October 2028)',
    [2026, '6 4 5 3 7 4 3 5 3 6 4 3'],
    [2027, '6 3 4 5 7 3 5 4 3 6 3 3'],
    [2028, '5 3 6 5 8 5 5 3 5 11 3 5'],
  ],
];

/** One row a calendar and year: the third business days of its twelve months. */
export const ROWS = PUBLISHED.flatMap(([calendar, source, ...years]) => years.map(([year, days]) => ({ calendar, source, year, days })));
