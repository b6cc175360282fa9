import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { transact } from '../../../functions/aws/tables.ts';
import { claimChecks } from '../../../functions/preferences/claim-checks.ts';
import type { Decided } from '../../../functions/preferences/preference.ts';
import { preferenceHistory, preferenceOf, setPreference } from '../../../functions/preferences/preferences.ts';
import { suppress, suppressionOf } from '../../../functions/preferences/suppression.ts';
import { useCloud } from '../../emulators/cloud.ts';

useCloud();

const OCN = '100234';
const decided = (at: string, changeId: string): Decided => ({ changeId, at, by: 'contact', how: 'page' });
const documents = (value: 'on' | 'off') => ({ name: 'category', bcn: 'B1', category: 'documents', value }) as const;

describe('preferences', () => {
  test('the newest decision counts, whatever the order of arrival, and all are in the history', async () => {
    const decisions = [
      [documents('off'), decided('2026-11-01T00:00:00Z', '1')],
      [documents('on'), decided('2026-11-02T00:00:00Z', '2')],
      [documents('off'), decided('2026-11-03T00:00:00Z', '3')],
    ] as const;
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0, 1, 2],
    ]) {
      const contact = randomUUID();
      for (const index of order) await setPreference(OCN, contact, ...(decisions[index] as (typeof decisions)[number]));
      expect((await preferenceOf(OCN, contact, 'B1')).off).toEqual(new Set(['documents']));
      expect((await preferenceHistory(OCN, contact)).map(({ changeId, value }) => [changeId, value])).toEqual([
        ['1', 'off'],
        ['2', 'on'],
        ['3', 'off'],
      ]);
    }
  });

  test('decisions at the same time are all kept', async () => {
    const contact = randomUUID();
    const settings = Array.from({ length: 8 }, (_, index) => ({ name: 'format', bcn: `B${index}`, value: 'links-only' }) as const);
    await Promise.all(settings.map((setting) => setPreference(OCN, contact, setting, decided('2026-11-01T00:00:00Z', setting.bcn))));
    for (const { bcn } of settings) expect((await preferenceOf(OCN, contact, bcn)).format).toBe('links-only');
    expect((await preferenceOf(OCN, contact)).version).toBe(8);
  });

  test('fifty at once that say the same are one change and one line', async () => {
    const contact = randomUUID();
    const at = (index: number) => new Date(Date.parse('2026-11-01T00:00:00Z') + (index % 10)).toISOString();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => setPreference(OCN, contact, documents('off'), decided(at(index), randomUUID()))),
    );
    expect(answers).toEqual(Array.from({ length: 50 }, () => true));
    expect((await preferenceOf(OCN, contact, 'B1')).version).toBe(1);
    expect(await preferenceHistory(OCN, contact)).toHaveLength(1);
  });

  test('fifty at once that differ are all heard, and the newest counts', async () => {
    const contact = randomUUID();
    const at = (index: number) => new Date(Date.parse('2026-11-01T00:00:00Z') + index).toISOString();
    await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        setPreference(OCN, contact, documents(index % 2 === 0 ? 'on' : 'off'), decided(at(index), `${index}`)),
      ),
    );
    expect((await preferenceOf(OCN, contact, 'B1')).off).toEqual(new Set(['documents']));
  });

  test('an older decision does not undo what was said again after it', async () => {
    const contact = randomUUID();
    await setPreference(OCN, contact, documents('off'), decided('2026-11-01T00:00:00Z', '1'));
    expect(await setPreference(OCN, contact, documents('off'), decided('2026-11-03T00:00:00Z', '3'))).toBe(true);
    const before = await preferenceOf(OCN, contact, 'B1');
    expect(await setPreference(OCN, contact, documents('on'), decided('2026-11-02T00:00:00Z', '2'))).toBe(false);
    expect(await preferenceOf(OCN, contact, 'B1')).toEqual(before);
    expect((await preferenceHistory(OCN, contact)).map(({ changeId }) => changeId)).toEqual(['1', '2']);
  });

  test('a mandatory category cannot be switched off', async () => {
    const setting = { name: 'category', bcn: '*', category: 'invoices', value: 'off' } as const;
    await expect(setPreference(OCN, randomUUID(), setting, decided('2026-11-01T00:00:00Z', '1'))).rejects.toThrow('it is mandatory');
  });
});

describe('the checks of a claim', () => {
  test('they hold until the contact decides anything', async () => {
    const contact = randomUUID();
    const address = `${contact}@acme.example`;
    const before = await preferenceOf(OCN, contact, 'B1');
    const checks = claimChecks({ ocn: OCN, contactId: contact, address, preference: before });
    expect(await transact(checks)).toEqual([]);
    await setPreference(OCN, contact, documents('off'), decided('2026-11-01T00:00:00Z', '1'));
    expect(await transact(checks)).toEqual([0]);
    const after = await preferenceOf(OCN, contact, 'B1');
    expect(await transact(claimChecks({ ocn: OCN, contactId: contact, address, preference: after }))).toEqual([]);
  });

  test('a suppressed address fails however it is spelt', async () => {
    const contact = randomUUID();
    await suppress(`${contact}@MÜLLER.example`, { reason: 'bounce', at: '2026-11-01T00:00:00Z', messageId: 'm' });
    const preference = await preferenceOf(OCN, contact);
    const address = `${contact.toUpperCase()}@xn--mller-kva.example`;
    expect(await suppressionOf(address)).toMatchObject({ reason: 'bounce' });
    expect(await transact(claimChecks({ ocn: OCN, contactId: contact, address, preference }))).toEqual([2]);
  });
});
