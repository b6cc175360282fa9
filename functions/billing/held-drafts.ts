import { expression } from '../aws/expression.ts';
import { getItem, getItems, putItem, queryItems, removeItem, updateItem, type Write } from '../aws/tables.ts';
import { dueDateOf, type PaymentTerms } from '../documents/due-date.ts';
import { publishedInstants } from '../documents/publications.ts';
import { type Draft, type FoundDraft, isCustomersInvoice } from './draft.ts';
import type { NumberRecord } from './numbers.ts';

// HELD#<bcn> / <period>: what is drafted for an account that has no issued invoice yet, one item a period.
// HELD / <bcn>#<period>: those that are not issued yet.

/** Who answered for a draft. */
export interface Approval {
  readonly version: number;
  /** A contact, a named person, or the legal entity's policy. */
  readonly by: string;
  readonly reason: string;
  readonly at: string;
}

/** Number and dates of a held draft, bound in one transaction. */
export interface Numbering {
  readonly runId: string;
  readonly numbers: readonly string[];
  readonly issueDate: string;
  readonly dueDate: string;
}

/** A draft as billing keeps it. */
export interface HeldDraft extends Draft, FoundDraft {
  readonly state: 'held' | 'numbered' | 'issued';
  /** Of the run that found it; an earlier run brings nothing new. */
  readonly sequence: number;
  readonly approval?: Approval | undefined;
  /** The review was told of it: from here on nothing but an answer to it issues it. */
  readonly told?: boolean | undefined;
  /** The version that a person rejected: it is not issued, and holds nothing else up. */
  readonly rejected?: number | undefined;
  readonly numbering?: Numbering | undefined;
}

/** What the numbers of an approved draft depend on. */
export interface Release {
  readonly version: number;
  readonly terms: PaymentTerms;
}

export function heldDraft(bcn: string, period: string): Promise<HeldDraft | undefined> {
  return getItem<HeldDraft>('billing', keyOf(bcn, period));
}

export async function heldDrafts(bcns: readonly string[], period: string): Promise<HeldDraft[]> {
  return getItems<HeldDraft>(
    'billing',
    bcns.map((bcn) => keyOf(bcn, period)),
  );
}

/** Everything that was ever held of an account, oldest period first. */
export function draftsOf(bcn: string): Promise<HeldDraft[]> {
  return Array.fromAsync(queryItems<HeldDraft>('billing', { pk: keyOf(bcn, '').pk }));
}

/** The drafts that are not issued yet, by account and period. */
export async function* openDrafts(): AsyncGenerator<HeldDraft> {
  for await (const open of queryItems<{ bcn: string; period: string }>('billing', { pk: 'HELD' })) {
    const draft = await heldDraft(open.bcn, open.period);
    if (draft && draft.state !== 'issued') yield draft;
  }
}

/** True when a publication issued an invoice of the account: its next one is not its first. */
export async function wasInvoiced(bcn: string): Promise<boolean> {
  const runs = new Set<string>();
  for await (const { kind, runId } of queryItems<NumberRecord>('billing', { pk: `NUMBER#${bcn}` })) {
    if (isCustomersInvoice(kind)) runs.add(runId);
  }
  return runs.size > 0 && (await publishedInstants(runs)).size > 0;
}

/**
 * Keeps what a published run found: the same version when it says the same, else a new one without an answer.
 * @returns the draft as it stands; undefined when it is issued, or a later run found something newer
 */
export async function keepDraft(found: Omit<Draft, 'version'> & FoundDraft, sequence: number): Promise<HeldDraft | undefined> {
  for (;;) {
    const known = await heldDraft(found.bcn, found.period);
    if (known?.state === 'issued' || (known && known.sequence > sequence)) return undefined;
    if (known && known.fingerprint === found.fingerprint && known.fault === found.fault) return known;
    const next: HeldDraft = { ...found, version: (known?.version ?? 0) + 1, state: 'held', sequence, told: known?.told };
    // Listed first: what stands in the list without a draft is passed over, a draft that no list has would be forgotten.
    if (!known) await putItem('billing', { ...listKey(found), bcn: found.bcn, period: found.period });
    const unchanged = known ? expression`#version = ${known.version} AND #state <> ${'issued'}` : expression`attribute_not_exists(#pk)`;
    if (await putItem('billing', { ...keyOf(found.bcn, found.period), ...next }, unchanged)) return next;
  }
}

/** Keeps the answer to a version. Answers the draft, or undefined when there is a newer version or it is on its way already. */
export function keepApproval(bcn: string, period: string, approval: Approval): Promise<HeldDraft | undefined> {
  return updateItem<HeldDraft>(
    'billing',
    keyOf(bcn, period),
    expression`SET #approval = ${approval}`,
    expression`#version = ${approval.version} AND #state = ${'held'} AND attribute_not_exists(#fault)`,
  );
}

/** Notes that the review was told of a draft. */
export async function noteTold(bcn: string, period: string): Promise<void> {
  await updateItem('billing', keyOf(bcn, period), expression`SET #told = ${true}`, expression`attribute_exists(#pk)`);
}

/** Notes that a person rejected a version. Answers the draft, or undefined when there is a newer version or it is issued. */
export function noteRejected(bcn: string, period: string, version: number): Promise<HeldDraft | undefined> {
  return updateItem<HeldDraft>(
    'billing',
    keyOf(bcn, period),
    expression`SET #rejected = ${version}, #told = ${true}`,
    expression`#version = ${version} AND #state <> ${'issued'}`,
  );
}

/** True for what later invoices of the account wait for: it is neither issued nor rejected. */
export function isToCome({ state, version, rejected }: HeldDraft): boolean {
  return state !== 'issued' && rejected !== version;
}

/** The oldest draft that waits behind others, without a review of its own. */
export function nextWaiting(drafts: readonly HeldDraft[]): HeldDraft | undefined {
  return drafts.find(({ state, told }) => state !== 'issued' && !told);
}

/** True when somebody answered for what stands. */
export function isApproved(draft: HeldDraft | undefined, fingerprint: string): draft is HeldDraft {
  return draft !== undefined && draft.approval?.version === draft.version && draft.fingerprint === fingerprint && !draft.fault;
}

/** True while the answer stands that a run numbers the draft for. */
export function isAnswered(draft: HeldDraft | undefined, release: Release | undefined, runId: string): boolean {
  if (!draft || draft.state === 'issued' || draft.version !== release?.version || draft.approval?.version !== draft.version) return false;
  return draft.numbering === undefined || draft.numbering.runId === runId;
}

/** Number, issue date, due date and state of an approved draft; belongs into the transaction that binds the numbers. */
export function numberingWrite(bcn: string, period: string, { version, terms }: Release, numbering: Omit<Numbering, 'dueDate'>): Write {
  const bound: Numbering = { ...numbering, dueDate: dueDateOf(numbering.issueDate, terms) };
  return {
    table: 'billing',
    update: keyOf(bcn, period),
    change: expression`SET #state = ${'numbered'}, #numbering = ${bound}`,
    when: expression`#version = ${version} AND #approval.#version = ${version} AND #state <> ${'issued'}`,
  };
}

/** Notes that the publication of a numbered draft is there, with the dates that stand on the paper. */
export async function noteIssued(bcn: string, period: string, numbering: Numbering): Promise<void> {
  const change = expression`SET #state = ${'issued'}, #numbering = ${numbering}`;
  await updateItem('billing', keyOf(bcn, period), change, expression`attribute_exists(#pk)`);
  await removeItem('billing', listKey({ bcn, period }));
}

function listKey({ bcn, period }: { bcn: string; period: string }) {
  return { pk: 'HELD', sk: `${bcn}#${period}` };
}

function keyOf(bcn: string, period: string) {
  return { pk: `HELD#${bcn}`, sk: period };
}
