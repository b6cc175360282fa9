import { beforeEach, describe, expect, test } from 'vitest';
import { putItem, queryItems, removeItem } from '../../../functions/aws/tables.ts';
import { contactKey } from '../../../functions/directory/keys.ts';
import { defaultsHistory } from '../../../functions/preferences/defaults.ts';
import { defaultsPartition, preferenceOf } from '../../../functions/preferences/preferences.ts';
import { receiveAll } from '../../emulators/cloud.ts';
import { contactOf } from '../messages/directory-of.ts';
import { anna, ask, change, decisions, get, OCN, settingsToken, shownForm, useReader } from './visit.ts';

useReader();

/** The forms of an administrator's page, in their order. */
const [OWN, ALL_ACCOUNTS, SINGLE_ACCOUNTS] = [0, 1, 2];
const HEADING = 'For all contacts of Acme GmbH';
const ONLY_ADMINISTRATORS = 'Not saved: only an administrator of your company decides for all its contacts.';

let settings: string;

beforeEach(async () => {
  const pk = defaultsPartition(OCN);
  for await (const { sk } of queryItems<{ sk: string }>('preferences', { pk })) await removeItem('preferences', { pk, sk });
  await receiveAll('planned-works.fifo');
  await change({ roles: ['administrator'] });
  settings = await settingsToken();
});

/** Opens the page, changes these fields of one of its forms, and sends it. */
async function save(which: number, changes: Record<string, string | null>) {
  const form = await formOf(which);
  for (const [name, value] of Object.entries(changes)) value === null ? form.delete(name) : form.set(name, value);
  return ask({ settings }, { body: form.toString() });
}

async function formOf(which: number): Promise<URLSearchParams> {
  return shownForm((await get({ settings })).body ?? '', which);
}

/** Sends back what the page offers to undo. */
async function undo(body = '') {
  return ask({ settings }, { body: shownForm(body, 0).toString() });
}

/** What a colleague who decided nothing gets. */
const colleague = (bcn?: string) => preferenceOf(OCN, 'nobody-in-particular', bcn);
/** By name: the clock of the tests stands still. */
const history = async () => (await defaultsHistory(OCN)).map(({ setting, value, how }) => `${setting} ${value} by ${how}`).sort();

describe("an administrator's page", () => {
  test('offers for all contacts what has a default, for all accounts and for each, and for itself the rest', async () => {
    expect((await get({ settings })).body).toContain(`<h2 id="for-all">${HEADING}</h2>`);
    const names = [...(await formOf(ALL_ACCOUNTS)).keys()].filter((name) => name.startsWith('was.'));
    expect(names).toEqual(
      [
        ...['format#*', 'category#documents#*', 'works#*', 'category#other-works#*'],
        ...['reminders', 'grouping', 'quietHours', 'capDay', 'capWeek'],
      ].map((name) => `was.all.${name}`),
    );
    expect([...(await formOf(SINGLE_ACCOUNTS)).keys()]).toEqual(expect.arrayContaining(['set.all.format#B4711', 'set.all.format#B4712']));
    expect([...(await formOf(OWN)).keys()].filter((name) => name.includes('all.'))).toEqual([]);
  });

  test.each([
    ['en', HEADING, 'Save for all contacts'],
    ['de', 'Für alle Ansprechpartner von Acme GmbH', 'Für alle Ansprechpartner speichern'],
    ['fr', 'Pour tous les contacts de Acme GmbH', 'Enregistrer pour tous les contacts'],
  ])('speaks %s', async (language, heading, button) => {
    await change({ roles: ['administrator'], language });
    const { body } = await get({ settings });
    expect(body).toContain(heading);
    expect(body).toContain(button);
  });

  test('decides at once for who decided nothing, with history, and planned works hear of it', async () => {
    await putItem('directory', {
      ...contactKey(OCN, 'nobody-in-particular'),
      record: contactOf({ contactId: 'nobody-in-particular', email: 'n@acme.example' }),
    });
    const saved = await save(ALL_ACCOUNTS, { 'set.all.category#other-works#*': null, 'set.all.quietHours': '20:00-07:00' });
    expect(saved.statusCode).toBe(200);
    expect(saved.body).toContain('Works without impact on your services (all contacts): off');
    expect(await colleague('B4711')).toMatchObject({ off: new Set(['other-works']), quietHours: { from: '20:00', to: '07:00' } });
    expect(await history()).toEqual(['category#other-works#* off by page', 'quietHours 20:00-07:00 by page']);
    expect((await defaultsHistory(OCN)).map(({ by }) => by)).toEqual([anna.contactId, anna.contactId]);
    expect(await decisions()).toEqual([]);
    const events = (await receiveAll('planned-works.fifo')).map(({ Body }) => JSON.parse(Body ?? '{}'));
    expect(events).toEqual([expect.objectContaining({ type: 'preferences.changed', data: expect.objectContaining({ ocn: OCN }) })]);
  });

  test('leaves its own settings to its own form', async () => {
    await save(ALL_ACCOUNTS, { 'set.all.capDay': '5' });
    await save(OWN, { 'set.capDay': '2' });
    expect(await decisions()).toEqual(['capDay 2 by page']);
    expect((await preferenceOf(OCN, anna.contactId)).caps.day).toBe(2);
    expect((await colleague()).caps.day).toBe(5);
  });

  test('of two tabs the older takes nothing back, and the same form twice is one decision', async () => {
    const older = await formOf(ALL_ACCOUNTS);
    await save(ALL_ACCOUNTS, { 'set.all.works#*': 'feed-only' });
    older.set('set.all.reminders', 'on');
    await Promise.all(Array.from({ length: 10 }, () => ask({ settings }, { body: older.toString() })));
    expect(await colleague('B4711')).toMatchObject({ works: 'feed-only', reminders: true });
    expect(await history()).toEqual(['reminders on by page', 'works#* feed-only by page']);
    expect((await colleague()).defaultsVersion).toBe(2);
    expect((await ask({ settings }, { body: older.toString() })).body).toContain('Nothing was changed');
  });

  test('what is set for all accounts overrules a single one, until it is undone', async () => {
    await save(SINGLE_ACCOUNTS, { 'set.all.format#B4712': 'links-only', 'set.all.category#documents#B4711': null });
    expect(await colleague('B4711')).toMatchObject({ format: 'attachment', off: new Set(['documents']) });
    expect(await colleague('B4712')).toMatchObject({ format: 'links-only', off: new Set() });
    await save(ALL_ACCOUNTS, { 'set.all.format#*': 'links-only' });
    const saved = await save(ALL_ACCOUNTS, { 'set.all.format#*': 'attachment', 'set.all.category#documents#*': null });
    expect(await colleague('B4712')).toMatchObject({ format: 'attachment', off: new Set(['documents']) });
    expect((await undo(saved.body)).body).toContain('Undone: everything is as it was before.');
    expect(await colleague('B4711')).toMatchObject({ format: 'links-only', off: new Set(['documents']) });
    expect(await colleague('B4712')).toMatchObject({ format: 'links-only', off: new Set() });
  });

  test('settings without a default, mandatory mail and accounts of others change nothing', async () => {
    const settingsOfOthers = ['language=fr', 'invoices%23*=others', 'category%23invoices%23*=off', 'format%23B9999=links-only'];
    for (const field of settingsOfOthers) {
      const [name, value] = field.split('=');
      await ask({ settings }, { body: `was.all.${name}=x&set.all.${name}=${value}` });
    }
    await save(ALL_ACCOUNTS, { 'set.all.quietHours': 'always', 'set.all.format#*': '<b>' });
    expect(await history()).toEqual([]);
  });
});

describe('a contact who is no administrator', () => {
  test('sees nothing of it', async () => {
    await change({ roles: ['billing', 'maintenance'] });
    const { body } = await get({ settings });
    expect(body).not.toContain(HEADING);
    expect(body).not.toContain('all.');
  });

  test.each([
    ['never was one', { roles: ['billing'] }],
    ['was one when the page was opened', { roles: ['technical'] }],
  ])('is told so when it posts what an administrator would: it %s', async (_, changes) => {
    const form = await formOf(ALL_ACCOUNTS);
    form.set('set.all.format#*', 'links-only');
    await change(changes);
    const answer = await ask({ settings }, { body: form.toString() });
    expect(answer.statusCode).toBe(403);
    expect(answer.body).toContain(ONLY_ADMINISTRATORS);
    expect(answer.body).not.toContain(HEADING);
    expect(await history()).toEqual([]);
  });

  test('finds no page at all after its last day', async () => {
    const form = await formOf(ALL_ACCOUNTS);
    form.set('set.all.format#*', 'links-only');
    await change({ roles: ['administrator'], activeTo: '2026-11-01' });
    expect((await ask({ settings }, { body: form.toString() })).statusCode).toBe(404);
    expect(await history()).toEqual([]);
  });
});
