import type { Override } from '../override.ts';

/** Public Holidays Act (공휴일에 관한 법률) and the yearly almanac of KASI. */
export const overrides: readonly Override[] = [
  {
    change: 'add',
    date: '2026-02-16',
    name: 'Seollal',
    source: '월력요항 (KASI almanac): Seollal is the day before, the day and the day after',
  },
  {
    change: 'remove',
    date: '2026-02-19',
    name: 'Seollal',
    source: '월력요항 (KASI almanac): Seollal is the day before, the day and the day after',
  },
  {
    change: 'add',
    date: '2026-05-01',
    name: 'Labour Day',
    source: 'Public Holidays Act as amended on 31 March 2026 (Labour Day, with substitute day)',
  },
  {
    change: 'add',
    date: '2026-06-03',
    name: 'Local elections',
    source: 'Public Official Election Act, art. 34; Public Holidays Act, art. 2',
  },
  {
    change: 'add',
    date: '2027-02-06',
    name: 'Seollal',
    source: '월력요항 (KASI almanac): Seollal is the day before, the day and the day after',
  },
  {
    change: 'add',
    date: '2027-05-01',
    name: 'Labour Day',
    source: 'Public Holidays Act as amended on 31 March 2026 (Labour Day, with substitute day)',
  },
  {
    change: 'add',
    date: '2027-05-03',
    name: 'Labour Day (substitute day)',
    source: 'Public Holidays Act as amended on 31 March 2026 (Labour Day, with substitute day)',
  },
  {
    change: 'add',
    date: '2028-01-26',
    name: 'Seollal',
    source: '월력요항 (KASI almanac): Seollal is the day before, the day and the day after',
  },
  {
    change: 'remove',
    date: '2028-01-29',
    name: 'Seollal',
    source: '월력요항 (KASI almanac): Seollal is the day before, the day and the day after',
  },
  {
    change: 'add',
    date: '2028-04-12',
    name: 'National Assembly election',
    source: 'Public Official Election Act, art. 34; Public Holidays Act, art. 2',
  },
  {
    change: 'add',
    date: '2028-05-01',
    name: 'Labour Day',
    source: 'Public Holidays Act as amended on 31 March 2026 (Labour Day, with substitute day)',
  },
];
