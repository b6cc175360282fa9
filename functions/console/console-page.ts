import type { FormFields } from '../pages/form-body.ts';
import type { Html } from '../pages/html.ts';

/** What a person of the billing team may do: look, or also act. */
export type ConsoleRole = 'view' | 'act';

/** Who is signed in. */
export interface ConsolePerson {
  /** As the identity provider names it for good: what the audit trail compares. */
  readonly subject: string;
  /** As people call it: what acts are recorded under. */
  readonly name: string;
  readonly role: ConsoleRole;
}

/** What a page of the console is asked for. */
export interface ConsoleRequest {
  readonly person: ConsolePerson;
  /** The path's parameters, decoded. */
  readonly parameters: Readonly<Record<string, string | undefined>>;
  /** What stands behind the question mark, decoded; never a name or an address. */
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly now: Date;
  /** Stands in every form (`csrf`), and is checked before an act. */
  readonly csrf: string;
}

/** What stands on a page of the console; the frame (head, menu, who is signed in) is put around it. */
export interface ConsolePage {
  /** 200 unless told otherwise. */
  readonly status?: number | undefined;
  readonly title: string;
  readonly body: Html | readonly Html[];
  /** Seconds after which the page looks again, where it must be live. */
  readonly refresh?: number | undefined;
}

/** A page that only reads. */
export type ReadPage = (request: ConsoleRequest) => Promise<ConsolePage>;

/** What a form led to: another page, with a sentence that says what was done; or a page at once (a refused form, a search). */
export type ConsoleAnswer = { readonly to: string; readonly said: string } | ConsolePage;

/** What a form does. Nothing of it happens for the role `view`, unless it only reads (a search). */
export type ConsoleAct = (request: ConsoleRequest, form: FormFields) => Promise<ConsoleAnswer>;
