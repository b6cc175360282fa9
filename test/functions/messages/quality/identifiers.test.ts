import { describe, expect, test } from 'vitest';
import type { Candidate } from '../../../../functions/messages/quality/candidate.ts';
import { protectsOthers } from '../../../../functions/messages/quality/check.ts';
import { identifiersIn } from '../../../../functions/messages/quality/identifiers.ts';
import { candidateOf, invitationOf, worksMessageOf } from '../candidates.ts';
import { end, mail, text } from './changes.ts';
import { INVOICE, PDF } from './messages.ts';

const invoice = await candidateOf(INVOICE);
const works = await candidateOf(worksMessageOf());

describe('what may be an identifier of somebody else', () => {
  test('is no fact of the email itself, nor the seller, whose postal code may be a customer number', () => {
    expect(identifiersIn(invoice)).toEqual([]);
  });

  test.each<[string, Candidate, string]>([
    ['in the subject', mail(({ subject }) => ({ subject: `${subject} B9999` }))(invoice), 'B9999'],
    ['in the HTML', end('<p>(B9999)</p>')(invoice), 'B9999'],
    ['in the text', text((whole) => `${whole}\nAccount: B9999.`)(invoice), 'B9999'],
    ['in the name of a file', mail(() => ({ attachments: [{ ...PDF, filename: 'cdr-B9999-2026-10.csv.gz' }] }))(invoice), 'B9999'],
    ['in what the calendar part alone says', { ...works, invitation: invitationOf({ description: 'Called in by B9999.' }) }, 'B9999'],
    ['in a circuit', text((whole) => `${whole}\nFRA/100999/LE-1`)(works), '100999'],
  ])('%s', (_, candidate, identifier) => {
    expect(identifiersIn(candidate)).toContain(identifier);
  });

  test.each([
    'no identifier of another account is in it',
    'every link opens the pages of this contact',
    'every attachment is the recorded document',
  ])('nobody may release against "%s"', (rule) => expect(protectsOthers(rule)).toBe(true));
});
