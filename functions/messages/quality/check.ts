import { ATTACHMENTS } from './attachments.ts';
import type { Candidate, Rules } from './candidate.ts';
import { FACTS } from './facts.ts';
import { FORM } from './form.ts';
import { HEADERS } from './headers.ts';
import { IDENTIFIERS } from './identifiers.ts';
import { LINKS } from './links.ts';
import { RECIPIENT } from './recipient.ts';
import { WORDING } from './wording.ts';

/** A rule that an email breaks, and by what. */
export interface Finding {
  readonly rule: string;
  readonly found: readonly string[];
}

/** An email that breaks one of these waits for a person. */
export const BLOCKING: Rules = { ...FORM, ...FACTS, ...LINKS, ...HEADERS, ...IDENTIFIERS, ...ATTACHMENTS, ...RECIPIENT };

const PROTECTING: ReadonlySet<string> = new Set([...Object.keys(IDENTIFIERS), ...Object.keys(ATTACHMENTS)]);

/** Why an email must not leave; empty when it may. */
export function problemsOf(candidate: Candidate): Finding[] {
  return brokenBy(candidate, BLOCKING);
}

/** What reads badly in an email that may leave. */
export function warningsOf(candidate: Candidate): Finding[] {
  return brokenBy(candidate, WORDING);
}

/** True for a rule that keeps others' data from a reader: no person can let an email through that breaks it. */
export function protectsOthers(rule: string): boolean {
  return PROTECTING.has(rule);
}

/** What a person reads: `Rule "there is a text part" is broken: it is empty`. */
export function sentenceOf({ rule, found }: Finding): string {
  return `Rule "${rule}" is broken: ${found.join(', ')}`;
}

function brokenBy(candidate: Candidate, rules: Rules): Finding[] {
  return Object.entries(rules).flatMap(([rule, broken]) => {
    const found = broken(candidate);
    return found.length > 0 ? [{ rule, found }] : [];
  });
}
