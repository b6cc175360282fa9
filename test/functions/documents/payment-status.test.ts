import { describe, expect, test } from 'vitest';
import { judgePayment, type PaymentSaid, type PaymentState, type PaymentStatus } from '../../../functions/documents/payment-status.ts';

const DUE = '100.00';
const place = { importId: 'i1', importedAt: '2026-11-06T08:00:00.000Z', fileDate: '2026-11-05', line: 2 };

/** `closed 100 2026-11-05` */
function said(words: string): PaymentSaid {
  const [status, paid = '0', asOf = '2026-11-05'] = words.split(' ');
  return { status: status as PaymentState, paid, currency: 'EUR', asOf };
}

function knownAs(words: string, where: Partial<typeof place> = {}): PaymentStatus {
  const verdict = judgePayment(said(words), { ...place, importId: 'i0', importedAt: '2026-11-05T08:00:00.000Z', ...where }, DUE, undefined);
  if (!('take' in verdict)) throw new Error(`${words} is not taken`);
  return verdict.take;
}

describe('a row of a payments file', () => {
  test.each([
    // what is known | the row | its outcome | what a person is told
    ['', 'open', 'new', undefined],
    ['', 'part-paid 40', 'new', undefined],
    ['', 'closed 100', 'new', undefined],
    ['', 'disputed 10', 'new', undefined],
    ['', 'not-applicable', 'new', undefined],
    ['', 'closed 130.50', 'new', 'Overpaid: 130.50 EUR of 100.00.'],
    ['open 0 2026-11-04', 'part-paid 40', 'changed', undefined],
    ['open 0 2026-11-04', 'open 0.00', 'same', undefined],
    ['part-paid 40 2026-11-04', 'part-paid 60', 'changed', undefined],
    ['closed 100 2026-11-04', 'part-paid 40', 'changed', 'Reopened: it was closed as of 2026-11-04.'],
    ['closed 100 2026-11-04', 'disputed 100', 'changed', 'Reopened: it was closed as of 2026-11-04.'],
    ['closed 100 2026-11-04', 'closed 100', 'same', undefined],
    ['closed 100 2026-11-06', 'open', 'older', undefined],
    ['closed 100 2026-11-05T10:00:00.000Z', 'open', 'changed', 'Reopened: it was closed as of 2026-11-05T10:00:00.000Z.'],
    ['closed 100', 'open 0 2026-11-05T10:00:00.000Z', 'older', undefined],
  ] as const)('after "%s", "%s" is %s', (before, row, outcome, remark) => {
    const verdict = judgePayment(said(row), place, DUE, before === '' ? undefined : knownAs(before));
    expect(verdict.outcome).toBe(outcome);
    expect('remark' in verdict ? verdict.remark : undefined).toBe(remark);
  });

  test.each([
    ['of a later day’s file', { fileDate: '2026-11-06' }, 'older'],
    ['of an earlier day’s file', { fileDate: '2026-11-04' }, 'changed'],
    ['of the same day, delivered later', { importedAt: '2026-11-07T08:00:00.000Z' }, 'older'],
    ['of the same day, delivered earlier', {}, 'changed'],
  ] as const)('says something else of the same moment as one %s: %s', (_, where, outcome) => {
    expect(judgePayment(said('closed 100'), place, DUE, knownAs('open', where)).outcome).toBe(outcome);
  });

  test('that stands twice in a file counts once; what contradicts itself is refused', () => {
    const known = knownAs('closed 100', place);
    expect(judgePayment(said('closed 100'), place, DUE, known)).toEqual({ outcome: 'repeats', as: 'new' });
    const other = { ...place, line: 9 };
    expect(judgePayment(said('closed 100.00'), other, DUE, known)).toMatchObject({
      outcome: 'repeats',
      as: 'same',
      remark: 'The document stands on line 2 too and says the same.',
    });
    expect(judgePayment(said('open'), other, DUE, known)).toMatchObject({ outcome: 'rejected', field: 'status' });
  });

  test.each([
    ['open 1', '0 is expected for a document that is open; part-paid is what something is paid of'],
    ['part-paid 0', 'an amount above 0 and below 100.00 is expected for a document that is part paid'],
    ['part-paid 100', 'an amount above 0 and below 100.00 is expected for a document that is part paid'],
  ])('"%s" contradicts itself', (row, expected) => {
    expect(judgePayment(said(row), place, DUE, undefined)).toEqual({ outcome: 'rejected', field: 'paid', expected });
  });
});
