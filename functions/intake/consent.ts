import { createHash } from 'node:crypto';
import * as z from 'zod';
import { fields, id, instant, line } from '../directory/fields.ts';
import type { Decided } from '../preferences/decision.ts';

const settingValue = z
  .union([line, z.int().transform(String)], { error: 'the value of the setting is expected, such as "off" or "22:00-07:00"' })
  .describe('as `preferences set` takes it');

/** A decision of a contact that an earlier system holds: a line of `directory/consents.jsonl`. */
export const consentSchema = fields({
  ocn: id,
  contactId: id,
  /** As `preferences set` names it: `documents`, `other-works`, `format`, `quiet-hours`, ... */
  setting: line,
  value: settingValue,
  /** The billing account it is for; missing: all of the contact's. */
  bcn: id.optional(),
  /** When the contact decided. */
  at: instant,
  /** Who decided, if it was not the contact. */
  by: line.optional(),
  /** Where that is written: a form, a call, a contract. */
  how: line.optional(),
});

export type Consent = z.output<typeof consentSchema>;

/**
 * Who decided, when and how. The same line has the same id whichever export it stands in, so that importing it again is no second decision.
 * @param importId the import that brings it
 */
export function decidedBy(consent: Consent, importId: string): Decided {
  const { ocn, contactId, setting, value, bcn = '*', at, by = 'contact', how } = consent;
  const text = JSON.stringify([ocn, contactId, setting, value, bcn, at]);
  const changeId = `import-${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
  return { changeId, at, by, how: `import ${importId}${how === undefined ? '' : `: ${how}`}` };
}
