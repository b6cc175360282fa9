import { accountsPage, contactsPage } from '../directory/find.ts';
import { getContact, getCustomer, getLegalEntity } from '../directory/read.ts';
import type { BillingAccount, Contact, Customer } from '../directory/records.ts';
import { customerDocumentPage } from '../documents/find.ts';
import { type Html, html } from '../pages/html.ts';
import { missingPage } from './act-form.ts';
import type { ConsolePage, ConsoleRequest } from './console-page.ts';
import { contactPart } from './contact-part.ts';
import { documentTable } from './document-table.ts';
import { paths } from './links.ts';
import { type Column, facts, moves, table, tabs } from './table.ts';
import { link } from './words.ts';

const PARTS = { accounts: 'Accounts', contacts: 'Contacts', documents: 'Documents' } as const;
type Part = keyof typeof PARTS;

const SHOW: Readonly<Record<Part, (customer: Customer, request: ConsoleRequest) => Promise<Html>>> = {
  accounts: accountsPart,
  contacts: contactsPart,
  documents: documentsPart,
};

/** `GET /customers/{ocn}`: a customer's accounts, contacts and documents, each a part of the page. */
export async function customerPage(request: ConsoleRequest): Promise<ConsolePage> {
  const { ocn = '' } = request.parameters;
  const customer = await getCustomer(ocn);
  if (!customer) return missingPage(`The directory has no customer ${ocn}.`);
  const part = partOf(request.query.show);
  const { name, legalEntityId, country, language } = customer;
  const about = facts([
    ['Customer', ocn],
    ['Legal entity', (await getLegalEntity(legalEntityId))?.name ?? legalEntityId],
    ['Country', country],
    ['Language', language],
    ['People did', link(paths.acts(ocn), 'what the audit trail says')],
  ]);
  const body = [about, tabs(PARTS, part, (show) => paths.customer(ocn, { show })), await SHOW[part](customer, request)];
  return { title: `${name}, ${ocn}`, body };
}

async function accountsPart({ ocn }: Customer, { query: { after } }: ConsoleRequest): Promise<Html> {
  const { rows, next } = await accountsPage(ocn, after);
  const columns: Column<BillingAccount>[] = [
    { head: 'Account', cell: ({ bcn }) => link(paths.account(bcn), bcn) },
    { head: 'Name', cell: ({ name }) => name },
    { head: 'Currency', cell: ({ currency }) => currency },
    {
      head: 'Active',
      cell: ({ activeFrom, closedOn }) => (closedOn === undefined ? `since ${activeFrom}` : `${activeFrom} to ${closedOn}`),
    },
  ];
  const list = table('Billing accounts', columns, rows, 'The customer has no account here.');
  return html`<h2>Accounts</h2>${list}${moves((cursor) => paths.customer(ocn, { show: 'accounts', after: cursor }), after, next)}`;
}

/** The list, or one contact with everything it decided. */
async function contactsPart({ ocn }: Customer, request: ConsoleRequest): Promise<Html> {
  const { after, contact: contactId } = request.query;
  const one = contactId === undefined ? undefined : await getContact(ocn, contactId);
  if (one) return contactPart(one, request);
  const { rows, next } = await contactsPage(ocn, after);
  const columns: Column<Contact>[] = [
    { head: 'Contact', cell: ({ contactId: id }) => link(paths.customer(ocn, { show: 'contacts', contact: id }), id) },
    { head: 'Name', cell: ({ name }) => name },
    { head: 'Address', cell: ({ email }) => email },
    { head: 'Roles', cell: ({ roles }) => roles.join(', ') },
    { head: 'Accounts', cell: ({ bcns }) => bcns?.join(', ') ?? 'all' },
    { head: 'Until', cell: ({ activeTo = '' }) => activeTo },
  ];
  const list = table('Contacts', columns, rows, 'The customer has no contact here.');
  return html`<h2>Contacts</h2>${list}${moves((cursor) => paths.customer(ocn, { show: 'contacts', after: cursor }), after, next)}`;
}

/** Also what the customer cannot see. */
async function documentsPart({ ocn }: Customer, { query: { after }, now }: ConsoleRequest): Promise<Html> {
  const { rows, next } = await customerDocumentPage(ocn, after);
  const list = documentTable(rows, { nothing: 'There is no document.' }, now);
  return html`<h2>Documents of all accounts</h2>${list}${moves((cursor) => paths.customer(ocn, { show: 'documents', after: cursor }), after, next)}`;
}

function partOf(show: string | undefined): Part {
  return show !== undefined && Object.hasOwn(PARTS, show) ? (show as Part) : 'accounts';
}
