import type { LocalCloud } from '../local-cloud.ts';
import { PERIOD } from '../slice.ts';
import type { Visitor } from './console-visitor.ts';

/** What the chapters of the month in which people intervene share; filled before the first of them. */
export interface World {
  /** Where a chapter may put files. */
  readonly work: string;
  cloud: LocalCloud;
  /** Of the billing team: may act. */
  omar: Visitor;
  /** May look. */
  vera: Visitor;
}

/** On the command line. */
export const JANE = ['--by', 'Jane Clerk', '--reason', 'wrong bank details on the invoices'] as const;

/** Held on its eve, and released the day after: one account that is issued and one that is parked. */
export const BERLIN = { calendar: 'DE', page: `/runs/${PERIOD}/DE`, ocn: '200126', bcn: 'B20012601' } as const;
/** Of an entity that wants two accounts in a month at least. */
export const TOKYO = { ocn: '400121', bcn: 'B40012101' } as const;
/** What Omar gives as the reason. */
export const HELD_BECAUSE = 'wrong tariff on two accounts';
export const RELEASED_BECAUSE = 'tariff is right';
