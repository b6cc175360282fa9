import { type Html, html } from '../pages/html.ts';
import { CATEGORIES, type Category, isMandatory } from '../preferences/categories.ts';
import type { Reader } from './reader.ts';
import { type Saved, savedNote } from './saved-note.ts';
import { control } from './settings-controls.ts';
import type { Fields } from './settings-form.ts';
import { ownPage } from './way-out-page.ts';
import { WORDS } from './words.ts';

/** The way to the page with all documents of the reader. */
export interface DocumentsLink {
  readonly path: string;
  /** The reader has just ended all earlier links. */
  readonly isNew?: boolean;
}

/** More accounts than this are folded, so that a phone shows them as a list. */
const UNFOLDED = 3;

/** The page on which a contact says what it wants to receive, and how. It works without scripts. */
export function settingsPage(reader: Reader, all: readonly Fields[], documents: DocumentsLink, saved?: Saved): string {
  const words = WORDS[reader.language];
  const { customer, accounts } = reader;
  const own = all.filter(({ of }) => of === 'contact').map((each) => section(reader, each, accounts.length > UNFOLDED));
  return ownPage(
    reader,
    words.settings,
    html`${saved ? savedNote(saved, reader) : ''}
<p class="lead">${words.settingsLead(customer.name, customer.ocn)}</p>
${alwaysNote(reader)}
${form(own, words.save)}${reader.billed.size > 0 ? documentsSection(reader, documents) : ''}${forAllContacts(reader, all)}`,
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

/** Who gets no documents finds no way to them. */
function documentsSection({ language }: Reader, { path, isNew = false }: DocumentsLink): Html {
  const { documents, documentsOpen, documentsRevoke, documentsRevoked } = WORDS[language];
  return html`<section><h2>${documents.name}</h2>${isNew ? html`<p role="status">${documentsRevoked}</p>` : html`<p>${documents.about}</p>`}
<p><a href="${path}">${documentsOpen}</a></p>
<form method="post"><div class="actions"><button type="submit" class="second" name="documents-link" value="revoke">${documentsRevoke}</button></div></form></section>`;
}

/**
 * What an administrator decides for all contacts. What holds for every account and what holds for single ones are two forms: saved together
 * it would not be plain which of them counts.
 */
function forAllContacts(reader: Reader, all: readonly Fields[]): Html {
  const words = WORDS[reader.language];
  const fields = all.filter(({ of }) => of === 'customer');
  if (fields.length === 0) return html``;
  const [single, common] = [fields.filter(isOfOneAccount), fields.filter((each) => !isOfOneAccount(each))];
  const accounts = single.map((each) => section(reader, each, true));
  const ofAccounts = form([html`<fieldset><legend>${words.singleAccounts}</legend>${accounts}</fieldset>`], words.saveAccountsForAll);
  return html`<section aria-labelledby="for-all"><h2 id="for-all">${words.forAll(reader.customer.name)}</h2><p>${words.forAllLead}</p>
${form(
  common.map((each) => section(reader, each, false)),
  words.saveForAll,
)}
${single.length > 0 ? ofAccounts : ''}</section>`;
}

function form(content: readonly Html[], button: string): Html {
  return html`<form method="post">${content}
<div class="actions"><button type="submit">${button}</button></div></form>`;
}

function section(reader: Reader, fields: Fields, folded: boolean): Html {
  const title = titleOf(reader, fields);
  const controls = fields.fields.map((field) => control(field, reader));
  if (isOfOneAccount(fields) && folded) return html`<details><summary>${title}</summary>${controls}</details>`;
  const note =
    fields.bcn === '*' && (reader.administers?.accounts.length ?? 0) > 1 ? html`<p>${WORDS[reader.language].overrulesAccounts}</p>` : '';
  return html`<fieldset><legend>${title}</legend>${note}${controls}</fieldset>`;
}

function titleOf({ accounts, administers, language }: Reader, { of, bcn }: Fields): string {
  const words = WORDS[language];
  if (bcn === '*') return words.allAccounts;
  const account = [...accounts, ...(administers?.accounts ?? [])].find((one) => one.bcn === bcn);
  if (account) return words.account(account.bcn, account.name);
  return of === 'contact' ? words.you : words.whenAndHowOften;
}

function isOfOneAccount({ bcn }: Fields): boolean {
  return bcn !== undefined && bcn !== '*';
}
