import { LANGUAGE_CODES } from '../money/format.ts';
import type { FormFields } from '../pages/form-body.ts';
import { documentFormat, invoicesChoice, nameOf, type Setting, worksChannel, worksGrouping } from '../preferences/setting.ts';
import type { Reader } from './reader.ts';

/** A setting that the contact may make, and how it stands. */
export interface Field {
  /** The name that the setting is kept under. */
  readonly key: string;
  readonly options: readonly string[];
  readonly value: string;
  readonly setting: (value: string) => Setting;
}

/** A setting that a form changes. */
export interface Change {
  readonly field: Field;
  readonly value: string;
}

/** The fields of one account, or of the contact itself. */
export interface Fields {
  /** Missing: what holds for all accounts. */
  readonly bcn?: string;
  readonly fields: readonly Field[];
}

const ON_OFF = ['on', 'off'] as const;
/** Hours that people ask for; others are set by the billing team. */
const QUIET_HOURS = ['off', '18:00-07:00', '18:00-08:00', '20:00-07:00', '20:00-08:00', '22:00-06:00', '22:00-07:00'];
const CAPS = ['none', '1', '2', '3', '5', '10', '20'];

/** Everything that a contact may set: what it does not get it cannot set either. */
export function fieldsOf(reader: Reader): Fields[] {
  const accounts = reader.accounts
    .map(({ bcn }) => ({ bcn, fields: accountFields(reader, bcn) }))
    .filter(({ fields }) => fields.length > 0);
  return [...accounts, { fields: ownFields(reader) }];
}

/**
 * What a form changes: of each field that it shows the value that differs from the one it showed, so that a page that was open for a while
 * takes nothing back that was decided meanwhile. Values that no field offers change nothing.
 */
export function changesOf(all: readonly Fields[], form: FormFields): Change[] {
  return all
    .flatMap(({ fields }) => fields)
    .flatMap((field) => {
      const was = form.get(wasName(field));
      // A box that is not ticked is not sent.
      const value = form.get(fieldName(field)) ?? (isSwitch(field) ? 'off' : was);
      if (was === undefined || value === undefined || value === was || !field.options.includes(value)) return [];
      return [{ field, value }];
    });
}

export function fieldName({ key }: Field): string {
  return `set.${key}`;
}

export function wasName({ key }: Field): string {
  return `was.${key}`;
}

/** True for what is switched on and off. */
export function isSwitch({ options }: Field): boolean {
  return options === ON_OFF;
}

function accountFields({ billed, colleagues, isToldOfWorks, preference }: Reader, bcn: string): Field[] {
  const { off, format, invoices, works } = preference(bcn);
  const heirs = ['here', 'others', ...colleagues.map(({ contactId }) => `to:${contactId}`)];
  const onOff = (category: 'documents' | 'other-works') =>
    field(ON_OFF, off.has(category) ? 'off' : 'on', (value) => ({
      name: 'category',
      bcn,
      category,
      value: value === 'off' ? 'off' : 'on',
    }));
  return [
    ...(billed.has(bcn)
      ? [
          ...(colleagues.length > 0
            ? [field(listWith(heirs, invoices), invoices, (value) => ({ name: 'invoices', bcn, value: invoicesChoice.parse(value) }))]
            : []),
          field(documentFormat.options, format, (value) => ({ name: 'format', bcn, value: documentFormat.parse(value) })),
          onOff('documents'),
        ]
      : []),
    ...(isToldOfWorks
      ? [field(worksChannel.options, works, (value) => ({ name: 'works', bcn, value: worksChannel.parse(value) })), onOff('other-works')]
      : []),
  ];
}

function ownFields({ accounts, contact, isToldOfWorks, language, preference }: Reader): Field[] {
  const { caps, grouping, quietHours, reminders, timeZone = contact.timeZone } = preference();
  const quiet = quietHours ? `${quietHours.from}-${quietHours.to}` : 'off';
  const cap = (count: number | undefined) => (count === undefined ? 'none' : String(count));
  return [
    ...(isToldOfWorks
      ? [field(ON_OFF, reminders ? 'on' : 'off', (value) => ({ name: 'reminders', value: value === 'on' ? 'on' : 'off' }))]
      : []),
    ...(isToldOfWorks && accounts.length > 1
      ? [field(worksGrouping.options, grouping, (value) => ({ name: 'grouping', value: worksGrouping.parse(value) }))]
      : []),
    field(listWith(QUIET_HOURS, quiet), quiet, (value) => ({ name: 'quietHours', value })),
    field(listWith(CAPS, cap(caps.day)), cap(caps.day), (value) => ({ name: 'capDay', value })),
    field(listWith(CAPS, cap(caps.week)), cap(caps.week), (value) => ({ name: 'capWeek', value })),
    field(LANGUAGE_CODES, language, (value) => ({ name: 'language', value })),
    field(listWith(Intl.supportedValuesOf('timeZone'), timeZone), timeZone, (value) => ({ name: 'timeZone', value })),
  ];
}

function field(options: readonly string[], value: string, setting: Field['setting']): Field {
  return { key: nameOf(setting(value)), options, value, setting };
}

/** What is offered, and what is so now: somebody may have set what the page does not offer. */
function listWith(options: readonly string[], value: string): readonly string[] {
  return options.includes(value) ? options : [value, ...options];
}
