import { type Html, html } from '../pages/html.ts';
import { CATEGORIES, type Category, isMandatory } from '../preferences/categories.ts';
import type { Reader } from './reader.ts';
import { type Change, type Field, type Fields, fieldName, isSwitch, wasName } from './settings-form.ts';
import { ownPage } from './way-out-page.ts';
import { type Named, type SelfServiceWords, WORDS } from './words.ts';

/** What was just saved, and how each of it stood before. */
export interface Saved {
  readonly changes: readonly Change[];
  readonly isUndo: boolean;
}

/** More accounts than this are folded, so that a phone shows them as a list. */
const UNFOLDED = 3;
const LANGUAGES: Readonly<Record<string, string>> = { en: 'English', de: 'Deutsch', fr: 'Français' };

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
<div class="actions"><button>${words.save}</button></div></form>`,
  );
}

/** What cannot be switched off, and why. */
function alwaysNote({ billed, isToldOfWorks, language }: Reader): Html {
  const words = WORDS[language];
  const isToldOf: Partial<Record<Category, boolean>> = {
    invoices: billed.size > 0,
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
  const controls = fields.map((field) => control(field, words, bcn));
  if (account && folded) return html`<details><summary>${title}</summary>${controls}</details>`;
  return html`<fieldset><legend>${title}</legend>${controls}</fieldset>`;
}

function control(field: Field, words: SelfServiceWords, bcn: string | undefined): Html {
  const was = html`<input type="hidden" name="${wasName(field)}" value="${field.value}">`;
  if (isSwitch(field)) return html`<div class="field">${was}${box(field, namedOf(field, words))}</div>`;
  const { name, choices } = choicesOf(field, words);
  if (!choices) return html`<div class="field">${was}${list(field, name)}</div>`;
  const id = `name.${field.key}`;
  const note = field.key === `works#${bcn}` ? html`<p>${words.emergencies}</p>` : html``;
  return html`<div class="field" role="radiogroup" aria-labelledby="${id}">${was}<span class="name" id="${id}">${name}</span>${note}${choices.map(([value, named]) => radio(field, value, named))}</div>`;
}

function box(field: Field, { name, about }: Named): Html {
  return html`<label class="choice"><input type="checkbox" name="${fieldName(field)}" value="on"${checked(field.value === 'on')}><span><strong>${name}</strong><span>${about}</span></span></label>`;
}

function radio(field: Field, value: string, { name, about }: Named): Html {
  return html`<label class="choice"><input type="radio" name="${fieldName(field)}" value="${value}"${checked(field.value === value)}><span><strong>${name}</strong><span>${about}</span></span></label>`;
}

function list(field: Field, name: string): Html {
  const options = field.options.map(
    (option) =>
      html`<option value="${option}"${selected(option === field.value)}>${LANGUAGES[option] ?? option.replaceAll('_', ' ')}</option>`,
  );
  return html`<label for="${fieldName(field)}">${name}</label><select id="${fieldName(field)}" name="${fieldName(field)}">${options}</select>`;
}

/** What a switch is called. */
function namedOf({ key }: Field, words: SelfServiceWords): Named {
  const category = key.split('#')[1];
  return category !== undefined && Object.hasOwn(words.categories, category) ? words.categories[category as Category] : words.reminders;
}

/** What a choice is called, and its values where they have names of their own. */
function choicesOf({ key, options }: Field, words: SelfServiceWords): { name: string; choices?: [string, Named][] } {
  const named = (of: Readonly<Record<string, Named>>) =>
    options.map((option): [string, Named] => [option, of[option] ?? { name: option, about: '' }]);
  switch (key.split('#')[0]) {
    case 'format':
      return { name: words.format, choices: named(words.formats) };
    case 'works':
      return { name: words.works, choices: named(words.channels) };
    case 'grouping':
      return { name: words.grouping, choices: named(words.groupings) };
    case 'language':
      return { name: words.language };
    default:
      return { name: words.timeZone };
  }
}

/** What was saved, in words, with a way back. */
function savedNote({ changes, isUndo }: Saved, { language, accounts }: Reader): Html {
  const words = WORDS[language];
  if (changes.length === 0) return html`<div class="saved" role="status"><p>${words.nothingChanged}</p></div>`;
  const lines = changes.map((change) => html`<li>${sentenceOf(change, words, accounts.length > 1)}</li>`);
  const inverse = changes.map(
    ({ field, value }) =>
      html`<input type="hidden" name="${wasName(field)}" value="${value}"><input type="hidden" name="${fieldName(field)}" value="${field.value}">`,
  );
  const back = html`<form method="post">${inverse}<input type="hidden" name="undo" value="yes"><button class="second">${words.undo}</button></form>`;
  return html`<div class="saved" role="status"><p><strong>${isUndo ? words.undone : words.saved}</strong></p><ul>${lines}</ul>${isUndo ? html`` : back}</div>`;
}

function sentenceOf({ field, value }: Change, words: SelfServiceWords, many: boolean): string {
  const bcn = field.key.split('#').at(-1);
  const of = many && field.key.includes('#') ? ` (${bcn})` : '';
  if (isSwitch(field)) return words.isNow(namedOf(field, words).name + of, value === 'on' ? words.on : words.off);
  const { name, choices } = choicesOf(field, words);
  const shown = choices?.find(([option]) => option === value)?.[1].name ?? LANGUAGES[value] ?? value;
  return words.isNow(name + of, shown);
}

function checked(is: boolean): Html {
  return { html: is ? ' checked' : '' };
}

function selected(is: boolean): Html {
  return { html: is ? ' selected' : '' };
}
