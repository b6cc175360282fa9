import pLimit from 'p-limit';
import { unknownFields, withoutBlanks } from '../directory/blanks.ts';
import type { LineOutcome } from '../directory/put-records.ts';
import { getBillingAccount, getContact } from '../directory/read.ts';
import type { GivenRecord } from '../directory/write.ts';
import { type FieldIssue, fieldIssues } from '../events/cloud-event.ts';
import { PermanentError } from '../events/failure.ts';
import { reconsider } from '../planned-works/reconsider.ts';
import type { Recorded } from '../preferences/decisions.ts';
import { decideFor } from '../preferences/hand-over.ts';
import { settingOf } from '../preferences/named-setting.ts';
import { type Consent, consentSchema, decidedBy } from './consent.ts';
import { CONSENTS_FILE } from './export-file.ts';
import { findingsIn, piecesOfLines } from './pieces.ts';
import { type Progress, type StepWork, tallyOf } from './progress.ts';

const PARALLEL = 8;

/**
 * Imports what contacts decided elsewhere. Each line is a decision like any other: a newer one stays as it is, the history has them all, and
 * the same line twice is one decision.
 */
export async function* importConsents(work: StepWork): AsyncGenerator<Progress> {
  const limit = pLimit(PARALLEL);
  for await (const { given, unread, at, bytes } of piecesOfLines(work, CONSENTS_FILE)) {
    const done = await Promise.all(given.map((one) => limit(() => importConsent(one, work))));
    const ocns = [...new Set(done.flatMap(({ changedOf }) => changedOf ?? []))];
    await reconsider({ ocns }, `event import ${work.importId}, ${CONSENTS_FILE} to line ${at.line}`, new Date(work.time));
    const outcomes = done.map(({ outcome }) => outcome);
    yield {
      at,
      file: CONSENTS_FILE,
      tally: tallyOf([...outcomes.map(({ outcome }) => outcome), ...unread.map(() => 'rejected' as const)]),
      findings: findingsIn(CONSENTS_FILE, outcomes, unread),
      unknownFields: outcomes.flatMap(({ unknown }) => unknown),
      bytes: { done: bytes },
    };
  }
}

/** What became of a line, and whose works have to be decided anew because of it. */
interface Imported {
  readonly outcome: LineOutcome;
  readonly changedOf?: string;
}

async function importConsent({ line, given }: GivenRecord, work: StepWork): Promise<Imported> {
  const filled = withoutBlanks(given);
  const parsed = consentSchema.safeParse(filled);
  if (!parsed.success) return rejected(line, fieldIssues(parsed.error, given));
  const consent = parsed.data;
  const issues = await issuesOf(consent, work);
  if (issues.length > 0) return rejected(line, issues);
  const decided = decidedBy(consent, work.importId);
  try {
    const recorded = await decideFor(consent.ocn, consent.contactId, settingOf(consent.setting, consent.value, consent.bcn), decided);
    const outcome = outcomeOf(recorded, decided.how);
    const unknown = unknownFields(filled, consent);
    return { outcome: { line, outcome, issues: [], unknown }, ...(outcome === 'new' ? { changedOf: consent.ocn } : {}) };
  } catch (error) {
    if (error instanceof PermanentError) return rejected(line, [issueOf(error, consent)]);
    throw error;
  }
}

/** `new` is a decision that counts from now on. Done again after a crash, a decision counts as it did the first time: the import that brought it stands in the setting. */
function outcomeOf({ verdict, stored }: Recorded, how: string): LineOutcome['outcome'] {
  switch (verdict) {
    case 'changes':
      return 'new';
    case 'repeats':
      return stored.how === how ? 'new' : 'same';
    case 'confirms':
      return 'same';
    case 'late':
      return 'older';
  }
}

/** What the line says is wrong with it beyond its form. */
async function issuesOf({ ocn, contactId, bcn, at }: Consent, { time }: StepWork): Promise<FieldIssue[]> {
  const [contact, account] = await Promise.all([getContact(ocn, contactId), bcn === undefined ? undefined : getBillingAccount(bcn)]);
  const issue = (field: string, value: string, expected: string) => ({ field, value: JSON.stringify(value), expected });
  return [
    ...(contact ? [] : [issue('contactId', contactId, `the id of a contact of customer ${ocn} that the directory knows is expected`)]),
    ...(bcn === undefined || account?.ocn === ocn ? [] : [issue('bcn', bcn, `a billing account of customer ${ocn} is expected`)]),
    // A decision of tomorrow would stand against everything that the contact decides until then.
    ...(at <= time ? [] : [issue('at', at, `an instant not after the export's own time, ${time}, is expected`)]),
  ];
}

function rejected(line: number, issues: readonly FieldIssue[]): Imported {
  return { outcome: { line, outcome: 'rejected', issues, unknown: [] } };
}

/** A rule names the field, its value and, after that, what would be right; what it calls otherwise is the line's value. */
function issueOf({ message, field }: PermanentError, consent: Consent): FieldIssue {
  const name = field === 'setting' || field === 'bcn' ? field : 'value';
  const [, ...expected] = message.split('": ');
  return { field: name, value: JSON.stringify(consent[name] ?? ''), expected: expected.join('": ') || message };
}
