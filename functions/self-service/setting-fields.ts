import type { Preference } from '../preferences/preference.ts';
import { documentFormat, nameOf, type Setting, worksChannel, worksGrouping } from '../preferences/setting.ts';

/** A setting that may be made on the page, and how it stands. */
export interface Field {
  /** The name that the setting is kept under. */
  readonly key: string;
  readonly options: readonly string[];
  readonly value: string;
  readonly setting: (value: string) => Setting;
  /** True when it is made for all contacts of the customer. */
  readonly forAll: boolean;
}

const ON_OFF = ['on', 'off'] as const;
/** Hours that people ask for; others are set by the billing team. */
const QUIET_HOURS = ['off', '18:00-07:00', '18:00-08:00', '20:00-07:00', '20:00-08:00', '22:00-06:00', '22:00-07:00'];
const CAPS = ['none', '1', '2', '3', '5', '10', '20'];

/** True for what is switched on and off. */
export function isSwitch({ options }: Field): boolean {
  return options === ON_OFF;
}

/** How billing documents of an account come, and whether call records alone do. */
export function documentFields({ format, off }: Preference, bcn: string): Field[] {
  return [
    fieldOf(documentFormat.options, format, (value) => ({ name: 'format', bcn, value: documentFormat.parse(value) })),
    categoryField(off, bcn, 'documents'),
  ];
}

/** How planned works of an account come, and whether those without impact do. */
export function worksFields({ works, off }: Preference, bcn: string): Field[] {
  return [
    fieldOf(worksChannel.options, works, (value) => ({ name: 'works', bcn, value: worksChannel.parse(value) })),
    categoryField(off, bcn, 'other-works'),
  ];
}

/** @param severalAccounts whether there is anything to group */
export function diaryFields({ grouping, reminders }: Preference, severalAccounts: boolean): Field[] {
  const reminder = fieldOf(ON_OFF, reminders ? 'on' : 'off', (value) => ({ name: 'reminders', value: onOff(value) }));
  if (!severalAccounts) return [reminder];
  return [reminder, fieldOf(worksGrouping.options, grouping, (value) => ({ name: 'grouping', value: worksGrouping.parse(value) }))];
}

/** When nothing comes, and how much at most. */
export function restFields({ caps, quietHours }: Preference): Field[] {
  const quiet = quietHours ? `${quietHours.from}-${quietHours.to}` : 'off';
  const cap = (count: number | undefined) => (count === undefined ? 'none' : String(count));
  return [
    listField(QUIET_HOURS, quiet, (value) => ({ name: 'quietHours', value })),
    listField(CAPS, cap(caps.day), (value) => ({ name: 'capDay', value })),
    listField(CAPS, cap(caps.week), (value) => ({ name: 'capWeek', value })),
  ];
}

/** One of a list. What is so now is offered as well: somebody may have set what the page does not offer. */
export function listField(options: readonly string[], value: string, setting: Field['setting']): Field {
  return fieldOf(options.includes(value) ? options : [value, ...options], value, setting);
}

function categoryField(off: Preference['off'], bcn: string, category: 'documents' | 'other-works'): Field {
  const setting = (value: string) => ({ name: 'category', bcn, category, value: onOff(value) }) as const;
  return fieldOf(ON_OFF, off.has(category) ? 'off' : 'on', setting);
}

function fieldOf(options: readonly string[], value: string, setting: Field['setting']): Field {
  return { key: nameOf(setting(value)), options, value, setting, forAll: false };
}

function onOff(value: string): 'on' | 'off' {
  return value === 'off' ? 'off' : 'on';
}
