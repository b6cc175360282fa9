import { type Html, html } from '../pages/html.ts';
import { shownField } from './field-words.ts';
import type { Reader } from './reader.ts';
import type { Field } from './setting-fields.ts';
import type { Saving } from './settings.ts';
import { type Change, fieldName, type StepBack, wasName } from './settings-form.ts';
import { WORDS } from './words.ts';

/** What was just saved, and how each of it stood before. */
export interface Saved extends Omit<Saving, 'reader'> {
  readonly isUndo: boolean;
}

/** What was saved and what was not, in words, with a way back. */
export function savedNote({ changes, refused, isForbidden, back, isUndo }: Saved, reader: Reader): Html {
  const words = WORDS[reader.language];
  const refusals = [
    ...refused.map(({ field }) => html`<p><strong>${accountOf(field) ?? ''}</strong> ${words.refused}</p>`),
    ...(isForbidden ? [html`<p>${words.onlyAdministrators}</p>`] : []),
  ];
  if (changes.length === 0)
    return refusals.length > 0
      ? html`<div class="saved" role="alert">${refusals}</div>`
      : html`<div class="saved" role="status"><p>${words.nothingChanged}</p></div>`;
  const lines = changes.map((change) => html`<li>${sentenceOf(change, reader)}</li>`);
  return html`<div class="saved" role="status"><p><strong>${isUndo ? words.undone : words.saved}</strong></p><ul>${lines}</ul>${refusals}${isUndo ? html`` : wayBack(back, words.undo)}</div>`;
}

/** The same changes the other way round. */
function wayBack(back: readonly StepBack[], undo: string): Html {
  const inverse = back.map(
    ({ field, from, to }) =>
      html`<input type="hidden" name="${wasName(field)}" value="${from}"><input type="hidden" name="${fieldName(field)}" value="${to}">`,
  );
  return html`<form method="post">${inverse}<input type="hidden" name="undo" value="yes"><button type="submit" class="second">${undo}</button></form>`;
}

function sentenceOf({ field, value }: Change, reader: Reader): string {
  const words = WORDS[reader.language];
  const { name, optionName } = shownField(field, reader);
  const bcn = field.forAll || reader.accounts.length > 1 ? accountOf(field) : undefined;
  const whose = [...(field.forAll ? [words.allContacts] : []), ...(bcn === undefined ? [] : [bcn])];
  return words.isNow(whose.length === 0 ? name : `${name} (${whose.join(', ')})`, optionName(value).name);
}

/** The account that a setting is for; undefined when it is for all of them. */
function accountOf({ key }: Field): string | undefined {
  const bcn = key.includes('#') ? key.split('#').at(-1) : undefined;
  return bcn === '*' ? undefined : bcn;
}
