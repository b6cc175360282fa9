import type { Override } from '../override.ts';

/** mom.gov.sg: a holiday on a Sunday moves to Monday, one on a Saturday does not. */
export const overrides: readonly Override[] = [
  { change: 'remove', date: '2027-03-09', name: 'Hari Raya Puasa', source: 'Ministry of Manpower, public holidays 2027 (mom.gov.sg)' },
  { change: 'add', date: '2027-03-10', name: 'Hari Raya Puasa', source: 'Ministry of Manpower, public holidays 2027 (mom.gov.sg)' },
  { change: 'remove', date: '2027-05-16', name: 'Hari Raya Haji', source: 'Ministry of Manpower, public holidays 2027 (mom.gov.sg)' },
  { change: 'add', date: '2027-05-17', name: 'Hari Raya Haji', source: 'Ministry of Manpower, public holidays 2027 (mom.gov.sg)' },
  { change: 'add', date: '2027-05-20', name: 'Vesak Day', source: 'Ministry of Manpower, public holidays 2027 (mom.gov.sg)' },
  { change: 'add', date: '2028-05-09', name: 'Vesak Day', source: 'computed; the Ministry of Manpower publishes 2028 in 2027' },
  { change: 'remove', date: '2028-11-15', name: 'Deepavali', source: 'computed; the Ministry of Manpower publishes 2028 in 2027' },
  { change: 'add', date: '2028-10-17', name: 'Deepavali', source: 'computed; the Ministry of Manpower publishes 2028 in 2027' },
];
