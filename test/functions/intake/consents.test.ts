import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { preferenceHistory, preferenceOf, setPreference } from '../../../functions/preferences/preferences.ts';
import { useCloud } from '../../emulators/cloud.ts';
import { contact, countsOf, deliver, directory, load, reportOn, take } from './export.ts';

useCloud();

const FILE = 'directory/consents.jsonl';
const TIME = '2026-11-01T08:00:00.000Z';

let contactId: string;
let contacts = 0;

beforeAll(async () => {
  await load(directory, { time: TIME });
});

beforeEach(async () => {
  contacts += 1;
  contactId = `P-consent-${contacts}`;
  await load({ 'directory/contacts.jsonl': [contact({ contactId })] }, { time: TIME });
});

const consent = (changes: object = {}) => ({
  ocn: 'C1',
  contactId,
  setting: 'documents',
  value: 'off',
  at: '2025-03-01T10:00:00+01:00',
  ...changes,
});
const bring = (...lines: object[]) => load({ [FILE]: lines }, { time: TIME });

describe('imported consents', () => {
  test('are decisions of their contact, with who, when and how', async () => {
    const report = await bring(
      consent({ bcn: 'B1', how: 'form 4711', by: 'Anna Beispiel' }),
      consent({ setting: 'quiet-hours', value: '22:00-07:00' }),
      consent({ setting: 'cap-day', value: 3, how: '', by: null }),
    );
    expect(countsOf(report, FILE)).toEqual([3, 3, 0, 0, 0, 0]);
    expect(await preferenceOf('C1', contactId, 'B1')).toMatchObject({
      off: new Set(['documents']),
      quietHours: { from: '22:00', to: '07:00' },
      caps: { day: 3 },
    });
    const history = await preferenceHistory('C1', contactId);
    expect(history.find(({ setting }) => setting === 'category#documents#B1')).toMatchObject({
      at: '2025-03-01T09:00:00.000Z',
      by: 'Anna Beispiel',
      how: expect.stringMatching(/^import .*: form 4711$/),
    });
    expect(history.find(({ setting }) => setting === 'capDay')).toMatchObject({ by: 'contact', value: '3' });
  });

  test('never replace a newer decision, and the history has both', async () => {
    const decided = { changeId: 'page-1', at: '2026-01-01T00:00:00.000Z', by: 'contact', how: 'page' };
    await setPreference('C1', contactId, { name: 'category', bcn: '*', category: 'documents', value: 'on' }, decided);
    expect(countsOf(await bring(consent()), FILE)).toEqual([1, 0, 0, 0, 1, 0]);
    expect((await preferenceOf('C1', contactId)).off).toEqual(new Set());
    expect((await preferenceHistory('C1', contactId)).map(({ at, value }) => [at.slice(0, 4), value])).toEqual([
      ['2025', 'off'],
      ['2026', 'on'],
    ]);
  });

  test('replace an older one', async () => {
    await bring(consent({ value: 'on', at: '2024-01-01T00:00:00Z' }));
    await bring(consent());
    expect((await preferenceOf('C1', contactId)).off).toEqual(new Set(['documents']));
  });

  test('brought again they change nothing; taken twice they count as the first time', async () => {
    const event = await deliver({ [FILE]: [consent()] }, { time: TIME });
    await Promise.all([take(event), take(event)]);
    await take(event);
    expect(countsOf(await reportOn(event), FILE)).toEqual([1, 1, 0, 0, 0, 0]);
    expect(countsOf(await bring(consent()), FILE)).toEqual([1, 0, 0, 1, 0, 0]);
    expect(await preferenceHistory('C1', contactId)).toHaveLength(1);
    expect((await preferenceOf('C1', contactId)).version).toBe(1);
  });

  test('that are wrong are listed with what would be right', async () => {
    const report = await bring(
      consent({ setting: 'colour', value: 'red' }),
      consent({ value: 'maybe' }),
      consent({ contactId: 'P-nobody' }),
      consent({ bcn: 'B-of-others' }),
      consent({ at: '2026-11-02T00:00:00Z' }),
      consent({ at: 'yesterday' }),
      consent({ setting: 'invoices', value: 'to:P-nobody' }),
      consent({ setting: 'reminders', value: 'on', bcn: 'B1' }),
      { setting: 'documents' },
    );
    expect(report.rejections.map(({ line, field, value, expected }) => `${line} ${field} ${value}: ${expected}`)).toEqual([
      expect.stringMatching(/^1 setting "colour": one of language, .* is expected$/),
      '2 value "maybe": for documents is expected: on | off',
      '3 contactId "P-nobody": the id of a contact of customer C1 that the directory knows is expected',
      '4 bcn "B-of-others": a billing account of customer C1 is expected',
      '5 at "2026-11-02T00:00:00.000Z": an instant not after the export\'s own time, 2026-11-01T08:00:00.000Z, is expected',
      '6 at "yesterday": an RFC 3339 instant with offset is expected, such as "2026-11-02T09:00:00Z"',
      '7 value "to:P-nobody": the id of another contact of the same customer is expected, as to:<contact id>',
      '8 bcn "B1": reminders is the same for all billing accounts, none is expected',
      '9 ocn missing: an id is expected: 1 to 64 of A-Z a-z 0-9 . _ -, beginning with a letter or digit, without ".."',
      '9 contactId missing: an id is expected: 1 to 64 of A-Z a-z 0-9 . _ -, beginning with a letter or digit, without ".."',
      '9 value missing: the value of the setting is expected, such as "off" or "22:00-07:00"',
      '9 at missing: an RFC 3339 instant with offset is expected, such as "2026-11-02T09:00:00Z"',
    ]);
    expect(await preferenceHistory('C1', contactId)).toEqual([]);
  });
});
