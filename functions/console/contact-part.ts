import type { Contact } from '../directory/records.ts';
import { type Html, html } from '../pages/html.ts';
import type { SettingChange } from '../preferences/preference.ts';
import { preferenceHistoryPage, preferenceOf } from '../preferences/preferences.ts';
import { suppressionOf } from '../preferences/suppression.ts';
import type { ConsoleRequest } from './console-page.ts';
import { paths } from './links.ts';
import { type Column, facts, moves, table } from './table.ts';
import { link, when } from './words.ts';

/** A contact: how it is reached, what it wants, and every decision that made it so. */
export async function contactPart(contact: Contact, { query: { after } }: ConsoleRequest): Promise<Html> {
  const { ocn, contactId, name, email, phone, roles, bcns, activeTo } = contact;
  const [preference, suppression, history] = await Promise.all([
    preferenceOf(ocn, contactId),
    suppressionOf(email),
    preferenceHistoryPage(ocn, contactId, after),
  ]);
  const { format, off, works, invoices, quietHours, caps } = preference;
  const about = facts([
    ['Contact', contactId],
    ['Address', email],
    ['Phone', phone],
    ['Roles', roles.join(', ') || 'none'],
    ['Accounts', bcns?.join(', ') ?? 'all'],
    ['Until', activeTo],
    [
      'Nothing is mailed to it',
      suppression &&
        html`since ${when(suppression.at)}, because of a ${suppression.reason}; the email was ${link(paths.message(suppression.messageId), 'this one')}`,
    ],
    ['Reads', `${preference.language ?? contact.language}, ${preference.timeZone ?? contact.timeZone}`],
    ['Invoices', `${invoices}, ${format}`],
    ['Works', works],
    ['Switched off', [...off].join(', ') || 'nothing'],
    ['Quiet hours', quietHours && `${quietHours.from} to ${quietHours.to}`],
    ['At most', capsText(caps)],
  ]);
  const path = (cursor: string | undefined) => paths.customer(ocn, { show: 'contacts', contact: contactId, after: cursor });
  return html`<h2>${name}</h2>${about}<h3>What it decided</h3>${historyTable(history.rows)}${moves(path, after, history.next)}`;
}

function historyTable(changes: readonly SettingChange[]): Html {
  const columns: Column<SettingChange>[] = [
    { head: 'When', cell: ({ at }) => when(at) },
    { head: 'Setting', cell: ({ setting }) => setting.replaceAll('#', ' ').replace(' *', ', all accounts') },
    { head: 'From', cell: ({ before = '' }) => before },
    { head: 'To', cell: ({ value }) => value },
    { head: 'By', cell: ({ by }) => by },
    { head: 'How', cell: ({ how }) => how },
  ];
  return table(
    'Decisions',
    columns,
    changes,
    'Nothing was decided: the contact gets everything, unless the customer’s defaults say otherwise.',
  );
}

function capsText({ day, week }: { readonly day?: number | undefined; readonly week?: number | undefined }): string {
  return [day === undefined ? '' : `${day} optional emails a day`, week === undefined ? '' : `${week} a week`].filter(Boolean).join(', ');
}
