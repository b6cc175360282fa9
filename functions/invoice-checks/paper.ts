import { netOf } from '../documents/bill-rules/amounts.ts';
import { vatGroups } from '../documents/bill-rules/vat.ts';
import { dueDateOf } from '../documents/due-date.ts';
import type { Invoice } from '../documents/invoice.ts';
import { amountText } from '../documents/languages/language.ts';
import { languageOf } from '../documents/languages/languages.ts';
import { add, type Money, negate, sum, taxOn, toDecimal } from '../money/money.ts';
import type { Check, CheckInput, Difference } from './check.ts';
import { unequal } from './parties.ts';
import { isNormal } from './services.ts';

export const totalsPrinted: Check = {
  name: 'totals-printed',
  sentence: 'Net, VAT and total stand on the pages as they were computed',
  severity: 'blocks',
  compare: ({ invoice: { totals, language }, printed }) => {
    const texts = new Set(printed);
    const { number } = languageOf(language);
    return (['net', 'vat', 'gross'] as const).flatMap((name) => {
      const expected = amountText(totals[name], number);
      return texts.has(expected) ? [] : [{ what: `${name} total on the pages`, found: 'it is not there', expected }];
    });
  },
};

export const totalsRecomputed: Check = {
  name: 'totals-recomputed',
  sentence: "The document's totals are the bill's, recomputed exactly",
  severity: 'blocks',
  compare: ({ bill, invoice: { totals, kind, currency }, legalEntity }) => {
    // A bill that owes the customer is printed as a credit note, with its signs turned.
    const turned = bill.customerBill.category === 'normal' && kind === 'credit-note';
    const told = (amount: Money): string => toDecimal(turned ? negate(amount) : amount);
    const net = netOf(bill);
    const vat = sum(
      vatGroups(bill).map(({ base, rate }) => taxOn(base, rate, legalEntity.taxRounding)),
      currency,
    );
    return [
      ...unequal('net total', toDecimal(totals.net), told(net)),
      ...unequal('VAT', toDecimal(totals.vat), told(vat)),
      ...unequal('total', toDecimal(totals.gross), told(add(net, vat))),
    ];
  },
};

export const dueDateRight: Check = {
  name: 'due-date',
  sentence: 'The due date is the issue date plus the terms of the account',
  severity: 'blocks',
  compare: ({ invoice, account }) =>
    unequal(`due date of a document issued on ${invoice.issueDate}`, invoice.dueDate, dueDateOf(invoice.issueDate, account.paymentTerms)),
};

export const paymentRight: Check = {
  name: 'payment',
  sentence: 'The document says how to pay, the way that was agreed',
  severity: 'blocks',
  compare: (input) => {
    const { invoice, account } = input;
    if (!isNormal(input) || invoice.totals.payable.minor <= 0n) return undefined;
    return account.paymentMethod === 'direct-debit' ? debitCompared(input) : transferCompared(invoice, input);
  },
};

function debitCompared({ invoice: { payment, dueDate }, account, legalEntity }: CheckInput): Difference[] {
  if (payment.method !== 'direct-debit') {
    const found = account.mandate ? payment.method : `${payment.method}, the account has no mandate`;
    return [{ what: 'payment', found, expected: 'direct debit' }];
  }
  const sepa = legalEntity.bank.iban !== undefined && account.currency === 'EUR';
  return [
    ...unequal('mandate', payment.mandate.reference, account.mandate?.reference ?? 'none'),
    ...unequal('day of collection', payment.on, dueDate),
    ...(sepa && !payment.creditorId
      ? [{ what: 'creditor id of a SEPA direct debit', found: 'none', expected: 'the id of the legal entity' }]
      : []),
  ];
}

function transferCompared({ payment, paymentReference }: Invoice, { legalEntity: { bank } }: CheckInput): Difference[] {
  if (payment.method !== 'transfer') return [{ what: 'payment', found: payment.method, expected: 'transfer' }];
  const account = (of: typeof bank): string => of.iban ?? of.account ?? 'no account';
  return [
    ...unequal('bank account', account(payment.bank), account(bank)),
    ...(account(bank) === 'no account' ? [{ what: 'bank account', found: 'none', expected: 'an IBAN or an account number' }] : []),
    ...(paymentReference === '' ? [{ what: 'payment reference', found: 'none', expected: 'a reference' }] : []),
  ];
}
