import type { Command } from 'commander';
import { now } from '../aws/clock.ts';
import { isPeriod } from '../calendars/dates.ts';
import { getBillingAccount, getCustomer, getLegalEntity } from '../directory/read.ts';
import type { LegalEntity } from '../directory/records.ts';
import type { PaymentStatus } from '../documents/payment-status.ts';
import { paymentsOf } from '../documents/payment-statuses.ts';
import { type VisibleDocument, visibleDocuments } from '../documents/records.ts';
import { isKept } from '../documents/retention.ts';
import { type Delivery, deliveryOf, documentMessagesOf } from '../messages/delivery.ts';
import { type CloudOptions, openCloud } from './cloud.ts';
import { colors, Failed, print, printJson, printTable, UsageError } from './output.ts';

type Options = CloudOptions & { readonly json: boolean };

const LESSON = `
What is prepared but not published is not shown, here or anywhere. The table says what became of the emails that tell of each
document, the best of them: what was delivered to one contact was delivered. \`carrierpost tasks list\` says what to do about the rest.

  carrierpost documents B10020101 2026-10
  carrierpost documents 100239 --json`;

/** `documents OCN|BCN [PERIOD]`. */
export function documentsCommand(program: Command): void {
  program
    .command('documents')
    .description('what a customer can see now')
    .argument('<OCN|BCN>', 'a customer number or a billing account number')
    .argument('[PERIOD]', 'a month such as 2026-10; without it all of them')
    .addHelpText('after', LESSON)
    .action(async (id: string, period: string | undefined, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      if (period !== undefined && !isPeriod(period))
        throw new UsageError(`PERIOD is ${JSON.stringify(period)}: a month such as 2026-10 is expected`);
      await openCloud(options);
      const documents = await documentsOf(id, period);
      if (options.json) printJson(documents.map(jsonOf));
      else if (documents.length === 0) print(`${id} can see no document${period ? ` of ${period}` : ''} yet.`);
      else await printDocuments(await withDelivery(documents));
    });
}

/** An id may be a customer's, an account's, or both; what was published stays visible even when the directory forgot them. */
async function documentsOf(id: string, period: string | undefined): Promise<VisibleDocument[]> {
  const [ofAccount, ofCustomer] = await Promise.all([
    visibleDocuments({ bcn: id }, period, now()),
    visibleDocuments({ ocn: id }, period, now()),
  ]);
  const documents = [...new Map([...ofAccount, ...ofCustomer].map((document) => [document.documentId, document])).values()];
  if (documents.length === 0 && !(await getBillingAccount(id)) && !(await getCustomer(id))) {
    throw new Failed(`${id} is neither a customer number nor a billing account number that the directory knows.`);
  }
  const sellers = new Map(
    await Promise.all([...new Set(documents.map(({ ocn }) => ocn))].map(async (ocn) => [ocn, await sellerOf(ocn)] as const)),
  );
  return documents.filter((document) => isKept(document, sellers.get(document.ocn), now()));
}

async function sellerOf(ocn: string): Promise<LegalEntity | undefined> {
  const customer = await getCustomer(ocn);
  return customer && getLegalEntity(customer.legalEntityId);
}

function jsonOf({ ocn, bcn, period, kind, number, version, key, sha256, publishedAt }: VisibleDocument) {
  return { ocn, bcn, period, kind, number: number ?? null, version, key, sha256, publishedAt };
}

interface Told {
  readonly document: VisibleDocument;
  readonly delivery: Delivery;
}

async function withDelivery(documents: readonly VisibleDocument[]): Promise<Told[]> {
  const ocns = [...new Set(documents.map(({ ocn }) => ocn))];
  const messages = new Map(await Promise.all(ocns.map(async (ocn) => [ocn, await documentMessagesOf(ocn)] as const)));
  return documents.map((document) => ({ document, delivery: deliveryOf(document, messages.get(document.ocn) ?? []) }));
}

/** By account and period; a file's name tells its kind and number. */
async function printDocuments(documents: readonly Told[]): Promise<void> {
  const paymentOf = await paymentsOf(documents.map(({ document }) => document.bcn));
  const groups = Map.groupBy(documents, ({ document: { ocn, bcn, period } }) => `Customer ${ocn}, account ${bcn}, ${period}`);
  for (const [index, [heading, own]] of [...groups].entries()) {
    if (index > 0) print();
    print(colors.bold(heading));
    printTable(
      ['  file', 'version', 'published', 'email', 'payment'],
      own.map(({ document, delivery }) => [
        `  ${document.key.slice(document.key.lastIndexOf('/') + 1)}`,
        document.version,
        document.publishedAt,
        delivery === 'not delivered' ? colors.red(delivery) : delivery,
        paymentWords(paymentOf(document)),
      ]),
    );
  }
}

/** What the carrier's ledger said last; nothing where it said nothing. */
function paymentWords(payment: PaymentStatus | undefined): string {
  if (!payment) return '';
  const { status, paid, currency, asOf } = payment;
  const amount = /[1-9]/.test(paid) ? `, ${paid} ${currency} paid` : '';
  return `${status}${amount}, as of ${asOf}`;
}
