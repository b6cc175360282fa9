import { describe, expect, test } from 'vitest';
import { putItem } from '../../../functions/aws/tables.ts';
import { contactKey } from '../../../functions/directory/keys.ts';
import { preferenceOf } from '../../../functions/preferences/preferences.ts';
import { setClock } from '../../emulators/cloud.ts';
import { contactOf } from '../messages/directory-of.ts';
import { anna, ask, change, decisions, get, OCN, settingsToken, shownForm, useReader, wayOut } from './visit.ts';

useReader();

const preference = (bcn?: string) => preferenceOf(OCN, anna.contactId, bcn);

/** Opens the page, changes these fields, and sends the form. */
async function save(settings: string, changes: Record<string, string | null>) {
  const form = shownForm((await get({ settings })).body ?? '');
  for (const [name, value] of Object.entries(changes)) value === null ? form.delete(name) : form.set(name, value);
  return ask({ settings }, { body: form.toString() });
}

describe('the settings page', () => {
  test('shows each account on its own, and says what stays', async () => {
    const { body = '' } = await get({ settings: await settingsToken() });
    expect(body).toContain('Account B4711 · Acme GmbH, Werk Süd');
    expect(body).toContain('Account B4712 · Acme GmbH, Werk Nord');
    expect(body).toContain('Your company has to have them, so they cannot be switched off.');
    expect(body).not.toContain('<script');
  });

  test('keeps what is changed, of that account alone, and the rest as it was', async () => {
    const settings = await settingsToken();
    const saved = await save(settings, { 'set.category#documents#B4711': null, 'set.works#B4712': 'feed-only', 'set.language': 'de' });
    expect(saved.statusCode).toBe(200);
    expect(saved.body).toContain('Gespeichert');
    expect(await preference('B4711')).toMatchObject({ works: 'invitation', language: 'de', format: 'attachment' });
    expect([...(await preference('B4711')).off]).toEqual(['documents']);
    expect(await preference('B4712')).toMatchObject({ works: 'feed-only', off: new Set() });
    expect(await decisions()).toHaveLength(3);
  });

  test('a form that changes nothing leaves no trace', async () => {
    const saved = await save(await settingsToken(), {});
    expect(saved.body).toContain('Nothing was changed');
    expect(await decisions()).toEqual([]);
  });

  test('undo takes back what was just saved', async () => {
    const settings = await settingsToken();
    const saved = await save(settings, { 'set.category#other-works#B4711': null, 'set.quietHours': '22:00-07:00' });
    const undo = saved.body?.slice(saved.body.indexOf('<form'), saved.body.indexOf('</form>')) ?? '';
    const undone = await ask({ settings }, { body: shownForm(undo).toString() });
    expect(undone.body).toContain('Undone: everything is as it was before.');
    expect(await preference('B4711')).toMatchObject({ off: new Set(), quietHours: undefined });
  });

  test('of two tabs the older takes nothing back', async () => {
    const settings = await settingsToken();
    const older = shownForm((await get({ settings })).body ?? '');
    await save(settings, { 'set.category#documents#B4711': null });
    older.set('set.format#B4711', 'links-only');
    await ask({ settings }, { body: older.toString() });
    expect(await preference('B4711')).toMatchObject({ format: 'links-only', off: new Set(['documents']) });
  });

  test('fields that the page does not offer, and values that no field has, change nothing', async () => {
    const settings = await settingsToken();
    await ask({ settings }, { body: 'was.category%23invoices%23B4711=on&set.category%23invoices%23B4711=off' });
    await ask({ settings }, { body: 'was.category%23documents%23B9999=on' });
    await save(settings, { 'set.language': 'xx', 'set.timeZone': 'Mars/Olympus', 'set.works#B4711': 'javascript:alert(1)' });
    expect(await decisions()).toEqual([]);
  });

  test('invoices cannot be left when nobody would get them, and the page says so', async () => {
    await change({ roles: ['billing'] });
    const { body } = await save(await settingsToken(), { 'set.invoices#B4711': 'others' });
    const isRefused = body?.includes('Not saved: nobody who can be reached would get the invoices of this account.');
    // Contacts of other tests are of the same customer: then it is taken.
    expect(isRefused || (await preference('B4711')).invoices === 'others').toBe(true);
  });

  test('shows names as they are, whatever is in them', async () => {
    await change({ name: '<b>Anna</b> {{x}} "quoted"' });
    const colleague = contactOf({ contactId: `X-${anna.contactId}`, email: 'x@acme.example', name: '<script>alert(1)</script>' });
    await putItem('directory', { ...contactKey(OCN, colleague.contactId), record: colleague });
    const { body = '' } = await get({ settings: await settingsToken() });
    expect(body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(body).not.toContain('<script');
  });
});

describe('a link', () => {
  test('opens for 90 days, then offers a new one and shows nothing else', async () => {
    setClock('2027-01-31T22:00:00Z');
    expect((await get({ settings: await settingsToken('2026-11-02') })).body).toContain('What you receive from us');
    setClock('2027-02-01T09:00:00Z');
    const old = await settingsToken('2026-11-02');
    const { body = '' } = await get({ settings: old });
    expect(body).toContain('This link is too old');
    expect(body).not.toContain('B4711');
    await ask({ settings: old }, { body: 'was.format%23B4711=attachment&set.format%23B4711=links-only' });
    expect(await decisions()).toEqual([]);
    expect((await ask({ settings: old }, { body: 'settings=mail' })).body).toContain('A new link is on its way');
  });

  test('of a contact who has left opens nothing, and the way out neither', async () => {
    await change({ activeTo: '2026-11-01' });
    const answers = await Promise.all([get({ settings: await settingsToken() }), get({ leave: await wayOut() })]);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 404]);
    expect((await get({ settings: await settingsToken('2026-11-02', 'nobody') })).statusCode).toBe(404);
  });
});
