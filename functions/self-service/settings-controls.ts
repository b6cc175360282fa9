import { type Html, html } from '../pages/html.ts';
import { type Shown, shownField } from './field-words.ts';
import type { Reader } from './reader.ts';
import type { Field } from './setting-fields.ts';
import { fieldName, wasName } from './settings-form.ts';
import type { Named } from './words.ts';

/** A setting to be made, with the value that it is shown with. */
export function control(field: Field, reader: Reader): Html {
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
function idOf(field: Field): string {
  return `field-${Buffer.from(fieldName(field)).toString('hex')}`;
}

function attribute(name: 'checked' | 'selected', is: boolean): Html {
  return { html: is ? ` ${name}` : '' };
}
