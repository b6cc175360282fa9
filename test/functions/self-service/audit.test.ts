import { beforeEach, describe, expect, test } from 'vitest';
import { trail } from '../../../functions/audit/trail.ts';
import { anna, ask, change, get, NOW, OCN, ONE_CLICK, settingsToken, shownForm, useReader, wayOut } from './visit.ts';

useReader();

beforeEach(() => {
  process.env.AWS_LAMBDA_FUNCTION_NAME = 'carrierpost-test-self-service';
});

const acts = () => Array.fromAsync(trail({ subject: `${OCN}/${anna.contactId}` }));
const ofCustomer = async () => (await Array.fromAsync(trail({ subject: OCN }))).filter(({ by }) => by === `contact ${anna.contactId}`);

/** Opens the settings, changes these fields, and saves. */
async function save(changes: Record<string, string>, which?: number): Promise<void> {
  const settings = await settingsToken();
  const form = shownForm((await get({ settings })).body ?? '', which);
  for (const [name, value] of Object.entries(changes)) form.set(name, value);
  await ask({ settings }, { body: form.toString() });
}

describe('what a contact decides is in the audit trail', () => {
  test('with one click, however often it is clicked', async () => {
    const leave = await wayOut();
    await Promise.all([1, 2, 3].map(() => ask({ leave }, { body: ONE_CLICK })));
    await ask({ leave }, { body: ONE_CLICK });
    const { contactId } = anna;
    expect(await acts()).toEqual([
      {
        actId: expect.stringMatching(/^preferences\//),
        at: NOW.replace('Z', '.000Z'),
        what: 'preference.set',
        by: `contact ${contactId}`,
        from: "customer's page",
        reason: 'one-click',
        subject: { ocn: OCN, contactId, bcn: 'B4711' },
        after: { 'category#documents#B4711': 'off' },
      },
    ]);
  });

  test('on the page of its settings, each with what was before; a look at the page leaves none', async () => {
    await get({ settings: await settingsToken() });
    await save({});
    expect(await acts()).toEqual([]);
    await save({ 'set.reminders': 'on' });
    await save({ 'set.reminders': 'off' });
    expect((await acts()).map(({ before, after }) => [before, after])).toEqual([
      [undefined, { reminders: 'on' }],
      [{ reminders: 'on' }, { reminders: 'off' }],
    ]);
  });

  test('of an administrator for all contacts', async () => {
    await change({ roles: ['administrator'] });
    await save({ 'set.all.reminders': 'on' }, 1);
    expect(await ofCustomer()).toMatchObject([
      { what: 'default.set', from: "customer's page", subject: { ocn: OCN }, after: { reminders: 'on' } },
    ]);
  });

  test('without a name and without an address', async () => {
    await ask({ leave: await wayOut() }, { body: ONE_CLICK });
    expect(JSON.stringify(await ofCustomer())).not.toMatch(/@|Beispiel/);
  });
});
