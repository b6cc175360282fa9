import { LANGUAGE_CODES } from '../money/format.ts';
import type { FormFields } from '../pages/form-body.ts';
import { invoicesChoice } from '../preferences/setting.ts';
import type { Reader } from './reader.ts';
import { diaryFields, documentFields, type Field, isSwitch, listField, restFields, worksFields } from './setting-fields.ts';

/** A setting that a form changes. */
export interface Change {
  readonly field: Field;
  readonly value: string;
}

/** The fields of one account, or of all of them. */
export interface Fields {
  /** Whom they are for: the contact itself, or all contacts of its customer. */
  readonly of: 'contact' | 'customer';
  /** An account's number, `*` for every account; missing: what does not depend on accounts. */
  readonly bcn?: string;
  readonly fields: readonly Field[];
}

/** A change back to what was before. */
export interface StepBack {
  readonly field: Field;
  readonly from: string;
  readonly to: string;
}

const OF_ALL = 'all.';

/** Everything that a contact may set: what it does not get it cannot set either, and for all contacts only an administrator decides. */
export function fieldsOf(reader: Reader): Fields[] {
  const accounts = reader.accounts
    .map(({ bcn }) => ({ of: 'contact' as const, bcn, fields: accountFields(reader, bcn) }))
    .filter(({ fields }) => fields.length > 0);
  return [...accounts, { of: 'contact', fields: ownFields(reader) }, ...defaultFields(reader)];
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

/**
 * What takes changes back. A default for all accounts overrules those of single ones: they are set again as they were.
 * @param before every field as it stood before the changes
 */
export function stepsBack(changes: readonly Change[], before: readonly Fields[]): StepBack[] {
  const isChanged = new Set(changes.filter(({ field }) => field.forAll).map(({ field }) => field.key));
  const fields = before.flatMap((each) => (each.of === 'customer' ? each.fields : []));
  return changes.flatMap(({ field, value }) => {
    const overruled = fields.filter(({ key, value: was }) => isOfAnAccount(key, field) && !isChanged.has(key) && was !== field.value);
    return [{ field, from: value, to: field.value }, ...overruled.map((one) => ({ field: one, from: field.value, to: one.value }))];
  });
}

/** True for a form that decides for all contacts. */
export function decidesForAll(form: FormFields): boolean {
  return [...form.keys()].some((name) => name.startsWith(`was.${OF_ALL}`));
}

export function fieldName({ key, forAll }: Field): string {
  return `set.${forAll ? OF_ALL : ''}${key}`;
}

export function wasName({ key, forAll }: Field): string {
  return `was.${forAll ? OF_ALL : ''}${key}`;
}

function accountFields({ billed, colleagues, isToldOfWorks, preference }: Reader, bcn: string): Field[] {
  const wanted = preference(bcn);
  const heirs = ['here', 'others', ...colleagues.map(({ contactId }) => `to:${contactId}`)];
  const handOver = listField(heirs, wanted.invoices, (value) => ({ name: 'invoices', bcn, value: invoicesChoice.parse(value) }));
  return [
    ...(billed.has(bcn) ? [...(colleagues.length > 0 ? [handOver] : []), ...documentFields(wanted, bcn)] : []),
    ...(isToldOfWorks ? worksFields(wanted, bcn) : []),
  ];
}

function ownFields({ accounts, contact, isToldOfWorks, language, preference }: Reader): Field[] {
  const wanted = preference();
  return [
    ...(isToldOfWorks ? diaryFields(wanted, accounts.length > 1) : []),
    ...restFields(wanted),
    listField(LANGUAGE_CODES, language, (value) => ({ name: 'language', value })),
    listField(Intl.supportedValuesOf('timeZone'), wanted.timeZone ?? contact.timeZone, (value) => ({ name: 'timeZone', value })),
  ];
}

/** Those of every account stand first: what is changed for one of them in the same breath counts after them. */
function defaultFields({ administers }: Reader): Fields[] {
  if (!administers) return [];
  const { accounts, preference } = administers;
  const severalAccounts = accounts.length > 1;
  const ofAccount = (bcn: string, of = bcn === '*' ? undefined : bcn) => ({
    bcn,
    fields: [...documentFields(preference(of), bcn), ...worksFields(preference(of), bcn)],
  });
  const sections = [
    // Of a single account what holds for it is shown, whichever way it was set.
    ofAccount('*', severalAccounts ? undefined : accounts[0]?.bcn),
    { fields: [...diaryFields(preference(), severalAccounts), ...restFields(preference())] },
    ...(severalAccounts ? accounts.map(({ bcn }) => ofAccount(bcn)) : []),
  ];
  return sections.map(({ fields, ...rest }) => ({ ...rest, of: 'customer', fields: fields.map((field) => ({ ...field, forAll: true })) }));
}

function isOfAnAccount(key: string, { key: common, forAll }: Field): boolean {
  return forAll && common.endsWith('#*') && key !== common && key.startsWith(common.slice(0, -1));
}
