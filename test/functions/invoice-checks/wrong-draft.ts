import type { CheckInput } from '../../../functions/invoice-checks/check.ts';
import { line, SELLERS, service } from '../documents/samples.ts';
import { type Draft, LINES, SERVICES, USAGE } from './drafts.ts';

/** A draft with one thing wrong, the check that finds it, and the two values of its finding. */
export interface Wrong extends Draft {
  readonly check: string;
  readonly what: string;
  readonly found: string;
  readonly expected: string;
}

export const all = Object.values(LINES);
export const nothing = (over: object) => line('0.00', { id: '9', type: 'one-off', name: 'Visit', ...over });
export const taxed = (taxCategory: string, taxRate: string) => ({ appliedTax: [{ taxCategory, taxRate }] });
export const usage = (over: object) => ({ parts: { usage: { ...USAGE, ...over } } });
export const eur = (value: string) => ({ unit: 'EUR', value });
export const replaced = (id: string, over: object) => all.map((each) => (each.id === id ? { ...each, ...over } : each));
export const without = (...ids: string[]) => all.filter(({ id }) => !ids.includes(String(id)));
export const reversed = { taxStatus: { telecomReseller: true }, vatId: undefined, address: { ...SELLERS.DE.address, country: 'AT' } };
export const creditNote = { category: 'credit-note', correctsPeriod: '2026-09', correctionReason: 'Outage', billingPeriod: month() };

export function month() {
  return { startDateTime: '2026-10-01', endDateTime: '2026-11-01' };
}

export function eurLine(value: string) {
  return { taxExcludedAmount: eur(value) };
}

export function withoutUsage(): Pick<Draft, 'parts'> {
  return { parts: { usage: undefined } };
}

/** The trunk belonged to the account at this time only. */
export function owned(time: object) {
  return [SERVICES[0] ?? service(), service({ ...SERVICES[1], ownership: [{ bcn: 'B4711', ...time }] })];
}

export function withNet(input: CheckInput, minor: bigint): CheckInput {
  return { ...input, invoice: { ...input.invoice, totals: { ...input.invoice.totals, net: { currency: 'EUR', minor } } } };
}
