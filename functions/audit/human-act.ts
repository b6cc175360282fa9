/** What people do, and how the trail says it: `Jane Clerk kept a bill run from being published`. */
export const ACTS = {
  'run.hold': 'kept a bill run from being published',
  'run.stop': 'stopped a bill run',
  'run.release': 'let a bill run go on',
  'approval.ask': 'asked a second person to approve',
  'approval.give': 'approved what somebody else had asked for',
  'approval.decline': 'declined what was asked for, or took it back',
  'rerun.ask': 'asked for accounts to be run again',
  'correction.ask': 'asked for a correction of what was issued',
  'mail.pause': 'paused sending',
  'mail.resume': 'let sending go on',
  'held.release': 'let a held email go out as it was shown',
  'held.recheck': 'had a held email checked again',
  'held.drop': 'decided that a held email never leaves',
  'review.approve': 'confirmed the draft of a first invoice',
  'review.query': 'asked about the draft of a first invoice',
  'review.release': 'released a first invoice',
  'review.extend': 'gave a customer more time for a first invoice',
  'review.reject': 'rejected the draft of a first invoice',
  'works.release': 'let planned works go out',
  'task.done': 'noted that a task is done',
  'preference.set': 'decided what a contact gets',
  'default.set': 'decided what all contacts of a customer get',
  'link.revoke': 'ended the secret links of a contact',
  'suppression.lift': 'let an address be written to again',
  'person.export': 'took out what is known of a contact',
  'person.erase': 'erased a contact',
  'print.hand-over': 'handed a print batch over',
  'letters.redrive': 'sent dead letters back to their queue',
  'keys.rotate': "changed the key that signs customers' links",
  'export.load': "put a carrier's export into the intake",
} as const;

export type ActName = keyof typeof ACTS;

/** Who acts: a person of the billing team with a reason, or a contact on the customer's own page. */
export interface Doer {
  /** A name; of a customer's contact its id, as `contactDoer` writes it. */
  readonly by: string;
  readonly reason?: string | undefined;
  /** As the identity provider names who is signed in; missing on the command line. */
  readonly identity?: string | undefined;
  /** The second person, where an act needs two. */
  readonly approvedBy?: string | undefined;
}

/** A person of the billing team, who always says why. */
export interface Person extends Doer {
  readonly reason: string;
}

/** What an act is about: ids alone, never a name or an address. */
export interface Subject {
  readonly ocn?: string | undefined;
  readonly bcn?: string | undefined;
  /** Of the contact, within its customer. */
  readonly contactId?: string | undefined;
  readonly period?: string | undefined;
  readonly calendar?: string | undefined;
  /** Also the id of its publication. */
  readonly runId?: string | undefined;
  readonly messageId?: string | undefined;
  readonly taskId?: string | undefined;
  readonly worksId?: string | undefined;
  readonly queue?: string | undefined;
  /** What a brake on sending is about: a kind of message, or `everything`. */
  readonly sending?: string | undefined;
  /** Accounts and customers that one request names. */
  readonly bcns?: readonly string[] | undefined;
  readonly ocns?: readonly string[] | undefined;
}

/** Named values of what an act changed: small, and without names or addresses of customers. */
export type Values = Readonly<Record<string, string | number | boolean | undefined>>;

/** Something that a person did. */
export interface HumanAct {
  /** What makes a repetition the same act: `runs/2026-10.DE.1/7`, the id of the event that it sends. */
  readonly actId: string;
  readonly what: ActName;
  readonly doer: Doer;
  readonly subject: Subject;
  readonly before?: Values | undefined;
  readonly after?: Values | undefined;
  /** The event or the run that came of it. */
  readonly ledTo?: string | undefined;
}

/** An act as the trail keeps it. */
export interface ActRecord {
  readonly actId: string;
  readonly at: string;
  readonly what: ActName;
  readonly by: string;
  /** The door: `command line`, `console`, `customer's page`, `mail`. */
  readonly from: string;
  readonly identity?: string | undefined;
  readonly approvedBy?: string | undefined;
  readonly reason?: string | undefined;
  readonly subject: Subject;
  readonly before?: Values | undefined;
  readonly after?: Values | undefined;
  readonly ledTo?: string | undefined;
}

/** A customer's contact who acts on its own page. */
export function contactDoer(contactId: string): Doer {
  return { by: `contact ${contactId}` };
}

/** Doors by the name of their function; a process that is no function is a command line. */
const DOORS: Readonly<Record<string, string>> = {
  'self-service': "customer's page",
  'review-pages': "customer's page",
  'public-pages': "customer's page",
  'unsubscribe-mails': 'mail',
};

/**
 * Through which door somebody acted.
 * @param ownFunction the function that runs this code; undefined for a command
 */
export function doorOf(ownFunction: string | undefined): string {
  if (ownFunction === undefined) return 'command line';
  return DOORS[ownFunction] ?? (ownFunction.startsWith('console') ? 'console' : ownFunction);
}
