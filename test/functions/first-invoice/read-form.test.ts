import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allLines, askedDocuments } from '../../../functions/first-invoice/draft-lines.ts';
import { MAX_NAME, MAX_REASON, type Standing, wishOf } from '../../../functions/first-invoice/read-form.ts';
import { invoice } from '../documents/samples.ts';

const asked = allLines(askedDocuments([invoice()]));
const bills = [{ billId: 'BILL-1' }];
const NOTHING: Standing = { at: '', lines: [] };
const ASKED: Standing = { at: '2026-11-05T09:00:00.000Z', lines: [{ billId: 'BILL-1', lineId: '1', reason: 'Too much' }] };

const wish = (fields: Record<string, string>, standing = NOTHING) => wishOf(new Map(Object.entries(fields)), asked, bills, standing);

describe('what a form asks for', () => {
  test.each<[string, Record<string, string>, Standing, object | undefined]>([
    ['nothing that we know', {}, NOTHING, undefined],
    ['another decision', { decision: 'reject', name: 'A' }, NOTHING, undefined],
    ['a link', { link: 'mail' }, NOTHING, { is: 'mail-link' }],
    ['an approval', { decision: 'approve', name: ' A  B ' }, NOTHING, { is: 'approve', name: 'A B' }],
    ['no name', { decision: 'approve', name: '\u200e ' }, NOTHING, { is: 'incomplete', why: 'no-name' }],
    ['a line', { decision: 'query', name: 'A', 'line-0-1': 'Why?' }, NOTHING, { is: 'query', lines: [{ lineId: '2', reason: 'Why?' }] }],
    ['the whole', { decision: 'query', name: 'A', whole: 'PO' }, NOTHING, { is: 'query', lines: [{ billId: 'BILL-1', reason: 'PO' }] }],
    ['no question', { decision: 'query', name: 'A', 'line-0-0': ' \n' }, NOTHING, { is: 'incomplete', why: 'no-question' }],
    ['a line that is not there', { decision: 'query', name: 'A', 'line-0-9': 'x' }, NOTHING, { is: 'incomplete', why: 'no-question' }],
    ['both', { decision: 'approve', name: 'A', whole: 'PO' }, NOTHING, { is: 'incomplete', why: 'both' }],
    ['approval with what stands', { decision: 'approve', name: 'A', seen: ASKED.at, 'line-0-0': 'Too much' }, ASKED, { is: 'approve' }],
    ['approval after clearing it', { decision: 'approve', name: 'A', seen: ASKED.at }, ASKED, { is: 'approve' }],
    ['approval without having seen it', { decision: 'approve', name: 'A' }, ASKED, { is: 'incomplete', why: 'changed' }],
    ['one more question', { decision: 'query', name: 'A', seen: ASKED.at, whole: 'PO' }, ASKED, { is: 'query', lines: [{ reason: 'PO' }] }],
    [
      'a question beside one that was not seen',
      { decision: 'query', name: 'A', whole: 'PO' },
      ASKED,
      { is: 'query', lines: [{ reason: 'Too much' }, { reason: 'PO' }] },
    ],
    [
      'a question about the same line',
      { decision: 'query', name: 'A', 'line-0-0': 'Twice' },
      ASKED,
      { is: 'query', lines: [{ reason: 'Too much\n\nTwice' }] },
    ],
  ])('%s', (_, fields, standing, expected) => {
    const said = wish(fields, standing);
    if (expected === undefined) expect(said).toBeUndefined();
    else expect(said).toMatchObject(expected);
  });

  test('whatever is typed is kept to its length, without control characters, and never breaks', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3 * MAX_REASON }), fc.string({ unit: 'binary' }), (reason, name) => {
        const said = wish({ decision: 'query', name: `A${name}`, whole: `A${reason}` });
        if (said?.is !== 'query') throw new Error('It is a question');
        expect([...said.name].length).toBeLessThanOrEqual(MAX_NAME);
        const [{ reason: kept } = { reason: '' }] = said.lines;
        expect([...kept].length).toBeLessThanOrEqual(MAX_REASON);
        expect(kept).not.toMatch(/[^\P{Cc}\n\t]|[\u202a-\u202e]/u);
      }),
    );
  });
});
