/**
 * What contacts receive, in the words of the preference page. Mandatory categories cannot be switched off: a customer has to get
 * the invoice and has to hear of works that touch the service.
 */
export const CATEGORIES = {
  invoices: { mandatory: true },
  'first-invoice-reviews': { mandatory: true },
  'emergency-works': { mandatory: true },
  'service-affecting-works': { mandatory: true },
  /** what a contact asked for a moment ago */
  'settings-links': { mandatory: true },
  'other-works': { mandatory: false },
  /** call records and number lists without an invoice */
  documents: { mandatory: false },
} as const satisfies Record<string, { mandatory: boolean }>;

export type Category = keyof typeof CATEGORIES;

export function isMandatory(category: Category): boolean {
  return CATEGORIES[category].mandatory;
}

/** The categories that a contact may switch off. */
export const OPTIONAL = (Object.keys(CATEGORIES) as Category[]).filter((category) => !isMandatory(category));

/**
 * Which category a works notice belongs to. Service-affecting is any impact but `no-impact`; an emergency is always heard.
 * @param impact the worst impact on the customer's circuits
 */
export function worksCategory(worksClass: 'planned' | 'emergency', impact: string): Category {
  if (worksClass === 'emergency') return 'emergency-works';
  return impact === 'no-impact' ? 'other-works' : 'service-affecting-works';
}
