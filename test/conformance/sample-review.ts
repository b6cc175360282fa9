import { contactSchema } from '../../functions/directory/records.ts';
import type { Invoice } from '../../functions/documents/invoice.ts';
import { layoutDraft } from '../../functions/documents/layout/draft-pages.ts';
import { askedDocuments } from '../../functions/first-invoice/draft-lines.ts';
import type { Review } from '../../functions/first-invoice/review.ts';
import {
  correctedPage,
  issuedPage,
  linkSentPage,
  newerPage,
  notUnderstoodPage,
  type Reviewer,
  tooOldPage,
} from '../../functions/first-invoice/review-notices.ts';
import { reviewPage } from '../../functions/first-invoice/review-page.ts';
import { sheetPage } from '../../functions/first-invoice/sheet-page.ts';
import { LANGUAGE_CODES, type Language } from '../../functions/money/format.ts';
import { account, billOf, invoiceInput, invoice as invoiceOf, line, SELLERS } from '../functions/documents/samples.ts';
import type { Sample } from './sample-reader.ts';

const PATH = '/r/token';
const NOW = new Date('2026-11-05T09:00:00Z');

/** Every page of a customer's review, in every language. */
export const REVIEW_PAGES: readonly Sample[] = LANGUAGE_CODES.flatMap(pagesIn);

function pagesIn(language: Language): Sample[] {
  const reviewer = reviewerOf(language);
  const invoice = draftIn(language);
  const documents = askedDocuments([invoice]);
  const asked = documents[0]?.groups[0]?.lines[0];
  const lines = [{ billId: invoice.billId, lineId: asked?.line.id, reason: '<b>Twice</b> "as" much\nas agreed & {{signed}}' }];
  const customer = { kind: 'customer', contactId: 'C1', name: 'Anna <b>Beispiel</b>' } as const;
  const shown = (review: Review) => ({ review, documents, path: PATH, now: NOW });
  const open = reviewOf(invoice);
  const queried = reviewOf(invoice, {
    state: 'queried',
    answer: { trigger: 'query', actor: customer, at: '2026-11-05T08:30:00.000Z', version: 1, lines },
  });
  const approved = reviewOf(invoice, {
    state: 'approved',
    answer: { trigger: 'approve', actor: customer, at: '2026-11-05T08:30:00.000Z', version: 1 },
  });
  const pages = layoutDraft(invoice).pages;
  const page = pages[0];
  const html: Record<string, string> = {
    draft: reviewPage(reviewer, shown(open)),
    'draft, questions sent': reviewPage(reviewer, shown(queried), 'asked'),
    'draft, approved': reviewPage(reviewer, shown(approved), 'approved'),
    'draft, approved by a colleague': reviewPage(reviewer, shown(approved), 'decided-before'),
    'draft, both pressed': reviewPage(reviewer, shown(open), { is: 'incomplete', why: 'both', name: 'Anna', lines }),
    'draft, too late': reviewPage(reviewer, shown(reviewOf(invoice, { state: 'expired' }))),
    'draft, no day to answer by': reviewPage(reviewer, shown(reviewOf(invoice, { deadlines: { ...open.deadlines, noTime: true } }))),
    ...(page && { 'draft, a page': sheetPage(reviewer, { page, at: 1, of: pages.length + 1, period: '2026-10', path: PATH }) }),
    'draft, newer': newerPage(reviewer),
    'draft, link too old': tooOldPage(reviewer),
    'draft, link sent': linkSentPage(reviewer),
    'draft, corrected': correctedPage(reviewer),
    'draft, issued': issuedPage(reviewer, ['DE26000001']),
    'draft, not understood': notUnderstoodPage(reviewer),
  };
  return Object.entries(html).map(([name, page]) => ({ name: `${name}, ${language}`, html: page }));
}

function reviewerOf(language: Language): Reviewer {
  const contact = contactSchema.parse({
    contactId: 'C1',
    ocn: 'C1001',
    name: 'Anna <b>Beispiel</b>',
    email: 'anna@acme.example',
    language,
    // Where it is the next day already when the day to answer ends in Berlin.
    timeZone: 'Asia/Tokyo',
    roles: ['billing'],
  });
  const { customer } = invoiceInput();
  return { contact, customer, account: account(), legalEntity: SELLERS.DE, language, timeZone: contact.timeZone };
}

/** Lines of every type, with all that can be said of one, and names that are longer than a phone is wide. */
function draftIn(language: Language): Invoice {
  const october = { startDateTime: '2026-10-01', endDateTime: '2026-11-01' };
  const november = { startDateTime: '2026-11-01', endDateTime: '2026-12-01' };
  const month = { periodCoverage: november, quantity: '1', unitOfMeasure: 'month' };
  const line1 = { ...month, product: { id: 'FRA/FRA/LE-123456' }, unitPrice: '950.00', note: 'Prorated & agreed <with> "you"' };
  const calls = { product: { id: 'SIP-889' }, type: 'usage', callClass: 'mobile', periodCoverage: october, calls: 81234, seconds: 5578401 };
  const long = 'Donaudampfschifffahrtsgesellschaftsanschlussbereitstellung'.repeat(2);
  const bill = billOf([
    line('950.00', line1),
    line('12345678.90', { id: '2', type: 'one-off', name: long, product: { id: 'FRA/FRA/LE-123456' }, purchaseOrder: 'PO-2026-0815' }),
    line('284.50', { ...calls, id: '3', name: 'Calls to mobile networks' }),
    line('-45.10', { id: '4', type: 'credit', name: 'Goodwill', creditFor: 'Outage on 12 October' }),
  ]);
  return invoiceOf({ bill, language });
}

function reviewOf({ billId }: Invoice, changes: Partial<Review> = {}): Review {
  return {
    bcn: 'B4711',
    ocn: 'C1001',
    legalEntityId: 'DE01',
    period: '2026-10',
    calendar: 'DE',
    version: 1,
    fingerprint: 'f',
    bills: [{ billId, revision: 0, bucket: 'intake', key: 'k', sha256: '0' }],
    intraEu: false,
    state: 'awaiting-customer',
    revision: 1,
    draftedAt: '2026-11-04T06:00:00.000Z',
    checks: { blocks: 0, asks: 0, notes: 0 },
    deadlines: { remindAt: ['2026-11-06T08:00:00.000Z', '2026-11-10T08:00:00.000Z'], deadlineAt: '2026-11-11T16:00:00.000Z' },
    reminded: 0,
    ...changes,
  };
}
