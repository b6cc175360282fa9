import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { putItem, transact } from '../../../functions/aws/tables.ts';
import { accountKey, contactKey } from '../../../functions/directory/keys.ts';
import { claimChecks } from '../../../functions/preferences/claim-checks.ts';
import { defaultsHistory, setDefault } from '../../../functions/preferences/defaults.ts';
import { settingOf } from '../../../functions/preferences/named-setting.ts';
import { preferenceOf, setPreference } from '../../../functions/preferences/preferences.ts';
import { useCloud } from '../../emulators/cloud.ts';
import { contactOf } from '../messages/directory-of.ts';

useCloud();

const NOW = '2026-11-04T09:00:00.000Z';
let ocn: string;

beforeEach(async () => {
  ocn = randomUUID().slice(0, 8);
  const contacts = [
    contactOf({ contactId: 'ada', ocn, email: 'ada@acme.example', roles: ['administrator'] }),
    contactOf({ contactId: 'bert', ocn, email: 'bert@acme.example', roles: ['billing'] }),
    contactOf({ contactId: 'carl', ocn, email: 'carl@acme.example', roles: ['administrator'], activeTo: '2026-11-03' }),
  ];
  for (const contact of contacts) await putItem('directory', { ...contactKey(ocn, contact.contactId), record: contact });
  await putItem('directory', { ...accountKey(`${ocn}-1`), record: { bcn: `${ocn}-1`, ocn } });
});

const decided = (by: string) => ({ changeId: randomUUID(), at: NOW, by, how: 'page' });
const decide = (as: string, name: string, value: string, bcn?: string) => setDefault(ocn, as, settingOf(name, value, bcn), decided(as));

describe("a customer's defaults", () => {
  test('they hold for every contact who decided nothing, and not for others', async () => {
    await decide('ada', 'documents', 'off');
    await setPreference(
      ocn,
      'bert',
      { name: 'category', bcn: '*', category: 'documents', value: 'on' },
      { ...decided('bert'), at: '2026-11-01T00:00:00Z' },
    );
    expect((await preferenceOf(ocn, 'ada', `${ocn}-1`)).off).toEqual(new Set(['documents']));
    expect((await preferenceOf(ocn, 'bert', `${ocn}-1`)).off).toEqual(new Set());
    expect((await defaultsHistory(ocn)).map(({ setting, value, by }) => [setting, value, by])).toEqual([
      ['category#documents#*', 'off', 'ada'],
    ]);
  });

  test.each([
    ['bert', 'contactId is "bert" (its roles are billing): a contact of customer'],
    ['carl', 'contactId is "carl" (it was one until 2026-11-03): a contact of customer'],
    ['zoe', 'contactId is "zoe" (there is no such contact): a contact of customer'],
  ])('%s may not make them', async (contactId, reason) => {
    await expect(decide(contactId, 'documents', 'off')).rejects.toThrow(reason);
    expect(await defaultsHistory(ocn)).toEqual([]);
  });

  test.each([
    ['language', 'fr', undefined, "it is each contact's own and has no default"],
    ['time-zone', 'UTC', undefined, "it is each contact's own and has no default"],
    ['invoices', 'others', undefined, "it is each contact's own and has no default"],
    ['documents', 'off', 'B-of-others', 'bcn is "B-of-others": a billing account of customer'],
  ])('%s %s for %s has none', async (name, value, bcn, reason) => {
    await expect(decide('ada', name, value, bcn)).rejects.toThrow(reason);
  });

  test('a mandatory category cannot be switched off for all', async () => {
    const setting = { name: 'category', bcn: '*', category: 'invoices', value: 'off' } as const;
    await expect(setDefault(ocn, 'ada', setting, decided('ada'))).rejects.toThrow('it is mandatory');
  });

  test('a claim holds only until one is made', async () => {
    const preference = await preferenceOf(ocn, 'bert', `${ocn}-1`);
    const claim = { ocn, contactId: 'bert', address: `${ocn}@acme.example`, preference };
    expect(await transact(claimChecks(claim))).toEqual([]);
    await decide('ada', 'documents', 'off');
    expect(await transact(claimChecks(claim))).toEqual([1]);
    const after = await preferenceOf(ocn, 'bert', `${ocn}-1`);
    expect(await transact(claimChecks({ ...claim, preference: after }))).toEqual([]);
  });

  test('fifty that say the same are one line', async () => {
    await Promise.all(Array.from({ length: 50 }, () => decide('ada', 'reminders', 'on')));
    expect(await defaultsHistory(ocn)).toHaveLength(1);
  });
});
