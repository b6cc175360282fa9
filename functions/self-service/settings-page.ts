import { type Html, html } from '../pages/html.ts';
import { CATEGORIES, type Category, isMandatory } from '../preferences/categories.ts';
import { type Shown, shownField } from './field-words.ts';
import type { Reader } from './reader.ts';
import type { Saving } from './settings.ts';
import { type Change, type Field, type Fields, fieldName, wasName } from './settings-form.ts';
import { ownPage } from './way-out-page.ts';
import { type Named, WORDS } from './words.ts';

/** What was just saved, and how each of it stood before. */
export interface Saved extends Pick<Saving, 'changes' | 'refused'> {
  readonly isUndo: boolean;
}

/** More accounts than this are folded, so that a phone shows them as a list. */
const UNFOLDED = 3;

/** The page on which a contact says what it wants to receive, and how. It works without scripts. */
export function settingsPage(reader: Reader, all: readonly Fields[], saved?: Saved): string {
  const words = WORDS[reader.language];
  const { customer, accounts } = reader;
  const sections = all.map((each) => section(reader, each, accounts.length > UNFOLDED));
  return ownPage(
    reader,
    words.settings,
    html`${saved ? savedNote(saved, reader) : ''}
<p class="lead">${words.settingsLead(customer.name, customer.ocn)}</p>
${alwaysNote(reader)}
<form method="post">${sections}
<div class="actions"><button type="submit">${words.save}</button></div></form>`,
  );
}

/** What cannot be switched off, and why. */
function alwaysNote({ billed, isToldOfWorks, language }: Reader): Html {
  const words = WORDS[language];
  const isToldOf: Partial<Record<Category, boolean>> = {
    invoices: billed.size > 0,
    'first-invoice-reviews': billed.size > 0,
    'emergency-works': isToldOfWorks,
    'service-affecting-works': isToldOfWorks,
  };
  const told = (Object.keys(CATEGORIES) as Category[]).filter((category) => isMandatory(category) && isToldOf[category]);
  if (told.length === 0) return html``;
  const lines = told.map(
    (category) => html`<li><strong>${words.categories[category].name}.</strong> ${words.categories[category].about}</li>`,
  );
  return html`<h2>${words.always}</h2><ul>${lines}</ul>`;
}

function section(reader: Reader, { bcn, fields }: Fields, folded: boolean): Html {
  const words = WORDS[reader.language];
  const account = reader.accounts.find((one) => one.bcn === bcn);
  const title = account ? words.account(account.bcn, account.name) : words.you;
  const controls = fields.map((field) => control(field, reader));
  if (account && folded) return html`<details><summary>${title}</summary>${controls}</details>`;
  return html`<fieldset><legend>${title}</legend>${controls}</fieldset>`;
}

function control(field: Field, reader: Reader): Html {
  const shown = shownField(field, reader);
  const was = html`<input type="hidden" name="${wasName(field)}" value="${field.value}">`;
  return html`<div class="field">${was}${shown.as === 'box' ? box(field, shown) : shown.as === 'list' ? list(field, shown) : radios(field, shown)}</div>`;
}

function box(field: Field, named: Named): Html {
  return choice(html`<input type="checkbox" name="${fieldName(field)}" value="on"${attribute('checked', field.value === 'on')}>`, named);
}

function radios(field: Field, { name, about, optionName }: Shown): Html {
  const choices = field.options.map((option) =>
    choice(
      html`<input type="radio" name="${fieldName(field)}" value="${option}"${attribute('checked', field.value === option)}>`,
      optionName(option),
    ),
  );
  const id = idOf(field);
  return html`<div role="radiogroup" aria-labelledby="${id}"><span class="name" id="${id}">${name}</span>${note(about)}${choices}</div>`;
}

function list(field: Field, { name, about, optionName }: Shown): Html {
  const id = idOf(field);
  const options = field.options.map(
    (option) => html`<option value="${option}"${attribute('selected', option === field.value)}>${optionName(option).name}</option>`,
  );
  return html`<label for="${id}">${name}</label>${note(about)}<select id="${id}" name="${fieldName(field)}">${options}</select>`;
}

function choice(input: Html, { name, about }: Named): Html {
  return html`<label class="choice">${input}<span><strong>${name}</strong><span>${about}</span></span></label>`;
}

function note(about: string): Html {
  return about === '' ? html`` : html`<p>${about}</p>`;
}

/** An id of letters, digits and dashes; account numbers bring along whatever they like. */
function idOf({ key }: Field): string {
  return `field-${Buffer.from(key).toString('hex')}`;
}

function attribute(name: 'checked' | 'selected', is: boolean): Html {
  return { html: is ? ` ${name}` : '' };
}

/** What was saved and what was not, in words, with a way back. */
function savedNote({ changes, refused, isUndo }: Saved, reader: Reader): Html {
  const words = WORDS[reader.language];
  const refusals = refused.map(({ field }) => html`<p><strong>${accountOf(field) ?? ''}</strong> ${words.refused}</p>`);
  if (changes.length === 0)
    return refused.length > 0
      ? html`<div class="saved" role="alert">${refusals}</div>`
      : html`<div class="saved" role="status"><p>${words.nothingChanged}</p></div>`;
  const lines = changes.map((change) => html`<li>${sentenceOf(change, reader)}</li>`);
  return html`<div class="saved" role="status"><p><strong>${isUndo ? words.undone : words.saved}</strong></p><ul>${lines}</ul>${refusals}${isUndo ? html`` : wayBack(changes, words.undo)}</div>`;
}

/** The same changes the other way round. */
function wayBack(changes: readonly Change[], undo: string): Html {
  const inverse = changes.map(
    ({ field, value }) =>
      html`<input type="hidden" name="${wasName(field)}" value="${value}"><input type="hidden" name="${fieldName(field)}" value="${field.value}">`,
  );
  return html`<form method="post">${inverse}<input type="hidden" name="undo" value="yes"><button type="submit" class="second">${undo}</button></form>`;
}

function sentenceOf({ field, value }: Change, reader: Reader): string {
  const { name, optionName } = shownField(field, reader);
  const bcn = reader.accounts.length > 1 ? accountOf(field) : undefined;
  return WORDS[reader.language].isNow(bcn === undefined ? name : `${name} (${bcn})`, optionName(value).name);
}

function accountOf({ key }: Field): string | undefined {
  return key.includes('#') ? key.split('#').at(-1) : undefined;
}
