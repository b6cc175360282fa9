import type { Bill } from '../bill.ts';

/** What a bill is checked against. The account's and entity's directory records fit as they are. */
export interface BillContext {
  readonly account: {
    readonly bcn: string;
    readonly currency: string;
    readonly vatId?: string | undefined;
    readonly selfBilling?: { readonly agreement: string; readonly validTo: string } | undefined;
  };
  readonly legalEntity: { readonly taxRounding?: 'half-up' | 'down' | undefined };
  /** The billing period `YYYY-MM`. */
  readonly period: string;
  /** The account's rated calls of the period, summed by class; missing where they are not known (a bill without usage lines needs none). */
  readonly usage?: UsageSums | undefined;
}

/** What the calls of a class sum to. */
export interface ClassUsage {
  readonly calls: number;
  /** As long as the calls were. */
  readonly seconds: number;
  /** As long as they were charged for, rounded up to the tariff's interval; missing where it is the same. */
  readonly ratedSeconds?: number | undefined;
  /** Exact: a decimal string, unrounded. */
  readonly charge: string;
}

export interface UsageSums {
  readonly byClass: Readonly<Record<string, ClassUsage>>;
}

/** A rule of billing: its sentence stands in the reason a person reads, in the test, and here. */
export interface Rule {
  readonly name: string;
  readonly sentence: string;
  /** What is wrong, one sentence each with the figures; nothing when the bill keeps the rule. */
  readonly broken: (bill: Bill, context: BillContext) => string[];
}
