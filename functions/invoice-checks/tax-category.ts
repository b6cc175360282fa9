import type { BillLine, TaxCategory } from '../documents/bill.ts';
import { isMemberState, placeOf } from '../documents/legal/law.ts';
import type { Check, CheckInput } from './check.ts';

/** Zero-rated, exempt and outside the scope need a reason of the carrier's; with one they are the carrier's decision. */
const WITH_REASON: readonly TaxCategory[] = ['Z', 'E', 'O'];

export const taxCategory: Check = {
  name: 'tax-category',
  sentence: "The tax category fits the seller's and the buyer's country and the reseller status",
  severity: 'blocks',
  compare: (input) => {
    const { bill, invoice } = input;
    if (bill.customerBill.category === 'outpayment') return undefined;
    return bill.appliedCustomerBillingRate.flatMap((line) => {
      const found = line.appliedTax[0]?.taxCategory ?? 'O';
      const expected = categoriesOf(line, input);
      if (expected.includes(found) || (WITH_REASON.includes(found) && hasReason(line))) return [];
      const what = `line ${line.id}, from ${invoice.seller.country} to ${invoice.buyer.country}${resellerWords(input)}`;
      return [{ what, found, expected: expected.join(' or ') }];
    });
  },
};

/** The categories that a line may have without a reason of its own. */
function categoriesOf(line: BillLine, input: CheckInput): readonly TaxCategory[] {
  const { seller, buyer } = input.invoice;
  const place = placeOf(seller.country, buyer.country);
  if (place === 'domestic') return domestic(line, seller.country, input);
  // Art. 44 and 196 of Directive 2006/112/EC: services between businesses are AE, never K.
  if (place === 'eu' && isMemberState(seller.country)) return buyer.vatId === undefined ? ['S'] : ['AE'];
  return seller.country === 'JP' ? ['O', 'Z', 'G'] : ['O', 'AE'];
}

/** UStG section 13b(2) no. 12, CGI art. 283-2 octies: all of telecommunication. VATA 1994 s. 55A: voice and messages only. */
function domestic({ type }: BillLine, country: string, input: CheckInput): readonly TaxCategory[] {
  if (input.bill.customerBill.category === 'self-billed' || !isReseller(input)) return ['S'];
  if (country === 'DE' || country === 'FR') return ['AE'];
  if (country === 'GB' && type === 'usage') return ['AE'];
  return country === 'JP' ? ['S'] : ['AE', 'S'];
}

/** In Germany a reseller is one whose certificate (USt 1 TQ) is valid on the day of issue. */
function isReseller({ account: { taxStatus }, invoice: { seller }, issueDate }: CheckInput): boolean {
  if (!taxStatus?.telecomReseller) return false;
  if (taxStatus.validTo !== undefined && taxStatus.validTo < issueDate) return false;
  return seller.country !== 'DE' || taxStatus.certificate !== undefined;
}

function resellerWords(input: CheckInput): string {
  const { taxStatus } = input.account;
  if (isReseller(input)) return ', a reseller';
  return taxStatus?.telecomReseller ? ', a reseller without a certificate that is valid' : '';
}

function hasReason({ exemptionReason, exemptionReasonCode }: BillLine): boolean {
  return exemptionReason !== undefined || exemptionReasonCode !== undefined;
}
