import { CALENDARS } from '../calendars/calendars.ts';
import { getBillingAccount, getCustomer, getLegalEntity } from '../directory/read.ts';
import type { BillingAccount, Customer, LegalEntity } from '../directory/records.ts';
import { type Html, html } from '../pages/html.ts';
import { accountDocuments, accountMails, accountPeople } from './account-lists.ts';
import { accountMonthPart } from './account-month-part.ts';
import { missingPage } from './act-form.ts';
import type { ConsolePage, ConsoleRequest } from './console-page.ts';
import { paths } from './links.ts';
import { facts, tabs } from './table.ts';
import { link } from './words.ts';

/** An account with what says whose it is. */
export interface AccountFile {
  readonly account: BillingAccount;
  readonly customer: Customer | undefined;
  readonly legalEntity: LegalEntity | undefined;
  /** The calendar that it is billed by. */
  readonly calendar: keyof typeof CALENDARS;
}

const PARTS = { month: 'Month', documents: 'Documents', emails: 'Emails', works: 'Works emails', people: 'Who gets the invoices' } as const;
type Part = keyof typeof PARTS;

const SHOW: Readonly<Record<Part, (file: AccountFile, request: ConsoleRequest) => Promise<Html>>> = {
  month: accountMonthPart,
  documents: accountDocuments,
  emails: (file, request) => accountMails(file, request, 'billing'),
  works: (file, request) => accountMails(file, request, 'works'),
  people: accountPeople,
};

/** `GET /accounts/{bcn}`: an account's month, and the lists that belong to it, each a part of the page. */
export async function accountPage(request: ConsoleRequest): Promise<ConsolePage> {
  const { bcn = '' } = request.parameters;
  const file = await accountFileOf(bcn);
  if (!file) return missingPage(`The directory has no billing account ${bcn}.`);
  const part = partOf(request.query.show);
  const body = [
    about(file),
    tabs(PARTS, part, (show) => paths.account(bcn, show === 'month' ? {} : { show })),
    await SHOW[part](file, request),
  ];
  return { title: `${file.account.name}, ${bcn}`, body };
}

/** Reads an account, its customer and who sells; undefined for one that the directory does not know. */
async function accountFileOf(bcn: string): Promise<AccountFile | undefined> {
  const account = await getBillingAccount(bcn);
  if (!account) return undefined;
  const customer = await getCustomer(account.ocn);
  const legalEntity = customer && (await getLegalEntity(customer.legalEntityId));
  return { account, customer, legalEntity, calendar: account.calendar ?? legalEntity?.calendar ?? 'DE' };
}

function about({ account, customer, legalEntity, calendar }: AccountFile): Html {
  const { bcn, ocn, currency, language, paymentMethod, activeFrom, closedOn, delivery, invoicedBefore } = account;
  return facts([
    ['Account', bcn],
    ['Customer', html`${link(paths.customer(ocn), ocn)} ${customer?.name ?? ''}`],
    ['Legal entity', legalEntity?.name ?? customer?.legalEntityId],
    ['Calendar', `${calendar}, ${CALENDARS[calendar].name}`],
    ['Payment', `${termsOf(account)}, ${paymentMethod === 'transfer' ? 'by transfer' : 'by direct debit'}, ${currency}`],
    ['Invoices', `${delivery.attach ? 'attached to emails' : 'by link'}${delivery.post ? ', and by post' : ''}, in ${language}`],
    ['Active', closedOn === undefined ? `since ${activeFrom}` : `${activeFrom} to ${closedOn}`],
    ['People did', link(paths.acts(bcn), 'what the audit trail says')],
    ['First invoice', invoicedBefore ? 'had invoices in an earlier system' : undefined],
  ]);
}

function termsOf({ paymentTerms: { days, endOfMonth, dayOfMonth } }: BillingAccount): string {
  const from = endOfMonth ? ' from the end of the month' : '';
  return dayOfMonth === undefined ? `${days} days${from}` : `${days} days${from}, on day ${dayOfMonth}`;
}

function partOf(show: string | undefined): Part {
  return show !== undefined && Object.hasOwn(PARTS, show) ? (show as Part) : 'month';
}
