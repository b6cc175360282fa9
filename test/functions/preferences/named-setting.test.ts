import { describe, expect, test } from 'vitest';
import { settingOf } from '../../../functions/preferences/named-setting.ts';
import { nameOf } from '../../../functions/preferences/preference.ts';

describe('settings as people and exports name them', () => {
  test.each<[string, string, string | undefined, string, string]>([
    ['language', 'fr', undefined, 'language', 'fr'],
    ['time-zone', 'America/New_York', undefined, 'timeZone', 'America/New_York'],
    ['quiet-hours', '22:00-07:00', undefined, 'quietHours', '22:00-07:00'],
    ['quiet-hours', 'off', undefined, 'quietHours', 'off'],
    ['cap-day', '1', undefined, 'capDay', '1'],
    ['cap-week', '999', undefined, 'capWeek', '999'],
    ['cap-week', 'none', undefined, 'capWeek', 'none'],
    ['format', 'links-only', 'B4711', 'format#B4711', 'links-only'],
    ['documents', 'off', undefined, 'category#documents#*', 'off'],
    ['other-works', 'on', 'B4711', 'category#other-works#B4711', 'on'],
    ['works', 'feed-only', undefined, 'works#*', 'feed-only'],
    ['grouping', 'per-account', undefined, 'grouping', 'per-account'],
    ['reminders', 'on', undefined, 'reminders', 'on'],
    ['invoices', 'others', undefined, 'invoices#*', 'others'],
    ['invoices', 'to:K100201-2', 'B4711', 'invoices#B4711', 'to:K100201-2'],
  ])('%s %s for %s', (name, value, bcn, kept, keptValue) => {
    const setting = settingOf(name, value, bcn);
    expect([nameOf(setting), setting.value]).toEqual([kept, keptValue]);
  });

  test.each<[string, string, string | undefined, string]>([
    ['colour', 'red', undefined, 'setting is "colour": one of language,'],
    ['constructor', 'red', undefined, 'setting is "constructor": one of language,'],
    ['language', 'tlh', undefined, 'value is "tlh": for language is expected: en | de | fr'],
    ['time-zone', 'Middle/Earth', undefined, 'value is "Middle/Earth"'],
    ['quiet-hours', '22-7', undefined, 'value is "22-7": for quiet-hours is expected: two times'],
    ['quiet-hours', '24:00-07:00', undefined, 'value is "24:00-07:00"'],
    ['quiet-hours', '07:00-07:00', undefined, 'value is "07:00-07:00"'],
    ['cap-day', '0', undefined, 'value is "0": for cap-day is expected: a whole number of optional emails from 1 to 999'],
    ['cap-day', '1.5', undefined, 'value is "1.5"'],
    ['cap-week', '1000', undefined, 'value is "1000"'],
    ['documents', 'OFF', undefined, 'value is "OFF": for documents is expected: on | off'],
    ['invoices', 'off', undefined, 'value is "off": for invoices is expected: here | others'],
    ['invoices', 'to:', undefined, 'value is "to:"'],
    ['quiet-hours', 'off', 'B4711', 'bcn is "B4711": quiet-hours is the same for all billing accounts'],
  ])('%s %s for %s is wrong', (name, value, bcn, reason) => {
    expect(() => settingOf(name, value, bcn)).toThrow(reason);
  });
});
