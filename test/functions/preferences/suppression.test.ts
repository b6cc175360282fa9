import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { transact } from '../../../functions/aws/tables.ts';
import {
  afterLift,
  afterReport,
  liftSuppression,
  notSuppressed,
  type Suppression,
  type SuppressionRecord,
  suppress,
  suppressionOf,
  suppressionRecord,
} from '../../../functions/preferences/suppression.ts';
import { useCloud } from '../../emulators/cloud.ts';

useCloud();

const NOW = new Date('2026-11-05T09:00:00Z');
const LIFT = { by: 'Jane Clerk', reason: 'the mailbox exists again' };
const ASKED = { ...LIFT, askedBy: 'the contact, by telephone' };
const report = (reason: Suppression['reason'], messageId: string): Suppression => ({ reason, at: '2026-11-04T06:00:00.000Z', messageId });
const local = () => `t${randomUUID().slice(0, 8)}`;

describe('two spellings of one mailbox are suppressed together', () => {
  test.each([
    ['upper case', 'Anna.$@ACME.Example', 'anna.$@acme.example'],
    ['an international domain', 'anna.$@MÜLLER.example', 'anna.$@xn--mller-kva.example'],
    ['a plus', 'anna+invoices.$@acme.example', 'ANNA+INVOICES.$@acme.example'],
    ['a quoted local part', '"anna @ $"@acme.example', '"ANNA @ $"@Acme.example'],
    ['255 characters', `${'a'.repeat(235)}.$@Acme.example`, `${'A'.repeat(235)}.$@acme.example`],
    ['blanks around it', ' anna.$@acme.example ', 'anna.$@acme.example'],
  ])('%s', async (_, written, asked) => {
    const id = local();
    await suppress(written.replace('$', id), report('bounce', 'm1'));
    expect(await suppressionOf(asked.replace('$', id))).toEqual(report('bounce', 'm1'));
    expect(await transact([notSuppressed(asked.replace('$', id.toUpperCase()))])).toEqual([0]);
  });

  test('and a mailbox with a plus is another one', async () => {
    const id = local();
    await suppress(`${id}+spam@acme.example`, report('bounce', 'm1'));
    expect(await suppressionOf(`${id}@acme.example`)).toBeUndefined();
    expect(await transact([notSuppressed(`${id}@acme.example`)])).toEqual([]);
  });
});

test('no address stands in the table, neither in the key nor in what is kept', () => {
  fc.assert(
    fc.property(fc.emailAddress(), (address) => {
      const { check } = notSuppressed(address) as { check: { pk: string } };
      expect(check.pk).toMatch(/^SUPPRESSED#[0-9a-f]{64}$/);
    }),
  );
});

describe('reports', () => {
  test.each([
    ['the first one stays', [report('bounce', 'm1'), report('bounce', 'm2')], report('bounce', 'm1')],
    ['a complaint replaces a bounce', [report('bounce', 'm1'), report('complaint', 'm2')], report('complaint', 'm2')],
    ['a bounce does not replace a complaint', [report('complaint', 'm1'), report('bounce', 'm2')], report('complaint', 'm1')],
  ])('%s', (_, reports, standing) => {
    expect(reports.reduce<SuppressionRecord>(afterReport, { lifted: [] }).standing).toEqual(standing);
  });

  test('at the same time: every one is answered with what stands', async () => {
    const address = `${local()}@acme.example`;
    const answers = await Promise.all(Array.from({ length: 8 }, (_, index) => suppress(address, report('bounce', `m${index}`))));
    expect(new Set(answers.map((answer) => answer?.messageId)).size).toBe(1);
  });
});

describe('lifting', () => {
  test('lets the address be written to again, and keeps who did it', async () => {
    const address = `${local()}@acme.example`;
    await suppress(address, report('bounce', 'm1'));
    expect(await liftSuppression(address.toUpperCase(), LIFT, NOW)).toEqual(report('bounce', 'm1'));
    expect(await transact([notSuppressed(address)])).toEqual([]);
    const lift = { ...LIFT, at: NOW.toISOString() };
    expect(await suppressionRecord(address)).toEqual({ lifted: [{ ...report('bounce', 'm1'), lift }] });
  });

  test('outlasts late copies of the report, but not a new one', async () => {
    const address = `${local()}@acme.example`;
    await suppress(address, report('bounce', 'm1'));
    await liftSuppression(address, LIFT, NOW);
    expect(await suppress(address, report('bounce', 'm1'))).toBeUndefined();
    expect(await suppress(address, report('bounce', 'm2'))).toEqual(report('bounce', 'm2'));
    expect(await transact([notSuppressed(address)])).toEqual([0]);
  });

  test.each([
    ['nothing suppresses', { lifted: [] }, LIFT, 'ADDRESS is not suppressed'],
    ['a complaint suppresses, without its word', { standing: report('complaint', 'm1'), lifted: [] }, LIFT, 'askedBy is missing'],
    [
      'a complaint suppresses, with blanks',
      { standing: report('complaint', 'm1'), lifted: [] },
      { ...LIFT, askedBy: ' ' },
      'askedBy is missing',
    ],
  ])('is refused for an address that %s', (_, known, lift, reason) => {
    expect(() => afterLift(known, lift, NOW)).toThrow(reason);
  });

  test('of a complaint is possible when the reader asked for it', () => {
    expect(afterLift({ standing: report('complaint', 'm1'), lifted: [] }, ASKED, NOW).standing).toBeUndefined();
  });
});
