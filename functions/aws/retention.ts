/** How long something is kept, in months. Thirteen months compare a month with the same one a year ago, and outlive every link. */
export const LOG_MONTHS = 13;
/** Evidence that an invoice was mailed, where the legal entity names no retention of its own: ten years and the year that they begin after. The audit trail is kept as long. */
export const INVOICE_MONTHS = 132;
/** How a decision came about: three years, the year that they begin after, and some weeks to answer. */
export const CONSENT_MONTHS = 49;
/** Findings of an import, planned works: a year and the weeks until somebody asks. */
export const KEPT_DAYS = 400;

const DAY_SECONDS = 86_400;

/** When a table may forget an item, as its `expiresAt` wants it: seconds since 1970. */
export function expiresAfterMonths(from: string, months: number): number {
  const at = new Date(from);
  return Math.floor(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, at.getUTCDate() + 1) / 1000);
}

/** The same after days. */
export function expiresAfterDays(from: string, days: number): number {
  return Math.floor(Date.parse(from) / 1000) + days * DAY_SECONDS;
}
