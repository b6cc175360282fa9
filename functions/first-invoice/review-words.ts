import type { Language } from '../money/format.ts';
import type { Incomplete } from './read-form.ts';
import { DE } from './review-words-de.ts';
import { EN } from './review-words-en.ts';
import { FR } from './review-words-fr.ts';

/** A page that says one thing. */
interface Notice {
  readonly title: string;
  readonly lead: string;
}

/** What the pages of a customer's review say, in one language. */
export interface ReviewWords {
  readonly title: (period: string) => string;
  readonly lead: string;
  /** Until when to answer. */
  readonly answerBy: (date: string) => string;
  /** The law leaves no day to answer by. */
  readonly soon: string;
  /** The day has passed and nobody decided yet. */
  readonly late: string;
  readonly customerNumber: string;
  readonly account: string;
  readonly seePages: string;
  readonly open: string;
  readonly download: (document: string) => string;
  readonly ofDocument: (title: string, supplyPeriod: string) => string;
  readonly accountCharges: string;
  readonly callsIn: (calls: string, duration: string) => string;
  readonly priced: (quantity: string, price: string) => string;
  readonly tooMany: string;
  readonly ask: string;
  readonly what: string;
  readonly whole: string;
  readonly wholeAbout: string;
  readonly decide: string;
  readonly name: string;
  readonly nameAbout: string;
  readonly approve: string;
  readonly approveAbout: string;
  readonly query: string;
  readonly queryAbout: string;
  readonly approvedBy: (name: string, at: string) => string;
  readonly released: (at: string) => string;
  readonly queriedBy: (name: string, at: string) => string;
  readonly nextIsIssue: string;
  readonly nextIsDraft: string;
  readonly justApproved: string;
  readonly justAsked: string;
  /** Somebody else was faster. */
  readonly decidedBefore: string;
  readonly incomplete: Readonly<Record<Incomplete, string>>;
  readonly newer: Notice;
  readonly tooOld: Notice;
  readonly mailLink: string;
  readonly sent: { readonly title: string; readonly lead: (address: string) => string };
  readonly corrected: Notice;
  readonly issued: { readonly title: string; readonly lead: (numbers: string) => string };
  readonly notUnderstood: Notice;
  readonly pageOf: (page: number, pages: number) => string;
  readonly previous: string;
  readonly next: string;
  readonly back: string;
  readonly moves: string;
  readonly questions: (email: string, phone: string) => string;
  readonly private: string;
}

export const REVIEW_WORDS: Readonly<Record<Language, ReviewWords>> = { en: EN, de: DE, fr: FR };
