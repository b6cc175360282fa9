import type { Language } from '../money/format.ts';
import type { Category } from '../preferences/categories.ts';
import type { DocumentFormat, WorksChannel, WorksGrouping } from '../preferences/setting.ts';
import { DE } from './words-de.ts';
import { EN } from './words-en.ts';
import { FR } from './words-fr.ts';

/** A thing that a contact may choose: what it is called, and what it means. */
export interface Named {
  readonly name: string;
  readonly about: string;
}

/** What the pages of a contact's own settings say, in one language. */
export interface SelfServiceWords {
  readonly settings: string;
  readonly settingsLead: (customer: string, ocn: string) => string;
  /** The page with all documents: the way there, and how to end links to it that others may have. */
  readonly documents: Named;
  readonly documentsOpen: string;
  readonly documentsRevoke: string;
  readonly documentsRevoked: string;
  readonly save: string;
  readonly saved: string;
  readonly nothingChanged: string;
  readonly undo: string;
  readonly undone: string;
  readonly account: (bcn: string, name: string) => string;
  readonly allAccounts: string;
  readonly always: string;
  readonly you: string;
  readonly categories: Readonly<Record<Category, Named>>;
  readonly format: string;
  readonly formats: Readonly<Record<DocumentFormat, Named>>;
  readonly works: string;
  readonly channels: Readonly<Record<WorksChannel, Named>>;
  readonly emergencies: string;
  readonly grouping: string;
  readonly groupings: Readonly<Record<WorksGrouping, Named>>;
  readonly reminders: Named;
  readonly invoices: string;
  readonly invoicesHere: string;
  readonly invoicesOthers: string;
  readonly invoicesTo: (name: string) => string;
  /** A hand-over that would leave an account without a reader. */
  readonly refused: string;
  /** Heads what an administrator decides for everybody. */
  readonly forAll: (customer: string) => string;
  readonly forAllLead: string;
  readonly overrulesAccounts: string;
  readonly singleAccounts: string;
  readonly whenAndHowOften: string;
  readonly saveForAll: string;
  readonly saveAccountsForAll: string;
  readonly allContacts: string;
  readonly onlyAdministrators: string;
  readonly quietHours: Named;
  readonly noQuietHours: string;
  readonly quietFromTo: (from: string, to: string) => string;
  readonly capDay: string;
  readonly capWeek: string;
  readonly noCap: string;
  readonly capAtMost: (count: string) => string;
  readonly language: string;
  readonly timeZone: string;
  /** ` now: ` between a setting and its new value. */
  readonly isNow: (name: string, value: string) => string;
  readonly on: string;
  readonly off: string;
  readonly leave: (category: string) => string;
  readonly leaveLead: (where: string) => string;
  readonly leaveButton: string;
  readonly left: (category: string) => string;
  readonly leftLead: (where: string) => string;
  readonly stays: string;
  readonly returned: (category: string) => string;
  readonly returnedLead: (where: string) => string;
  readonly allSettings: string;
  readonly mailLink: string;
  readonly tooOld: string;
  readonly tooOldLead: string;
  readonly sent: string;
  readonly sentLead: (address: string) => string;
  readonly notUnderstood: string;
  readonly notUnderstoodLead: string;
  readonly questions: (email: string, phone: string) => string;
  readonly private: string;
}

export const WORDS: Readonly<Record<Language, SelfServiceWords>> = { en: EN, de: DE, fr: FR };
