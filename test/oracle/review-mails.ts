import type { Carrier } from './carrier.ts';
import type { Expected } from './invoices.ts';
import type { Mail } from './mails.ts';
import { recipientsOf } from './recipients.ts';
import type { IssuedLine } from './register.ts';
import { saysAmount } from './said.ts';

/** True for an email that asks for a look at a draft: its link leads to the draft's page. */
export function isReview({ links }: Mail): boolean {
  return links.some((link) => new URL(link).pathname.startsWith('/r/'));
}

/** What is wrong with the emails about first invoices that nobody answered for yet: each reader of a held account has one, and it is no invoice. */
export function reviewFaults(carrier: Carrier, held: readonly Expected[], lines: readonly IssuedLine[], mails: readonly Mail[]): string[] {
  const reviews = mails.filter(isReview);
  const wanted = held.flatMap((draft) =>
    recipientsOf(carrier, draft.ocn, draft.bcn, draft.issueDate).map((address) => ({ draft, address, about: `${draft.bcn} ${address}` })),
  );
  const faults = wanted.flatMap(({ draft, address, about }) => {
    const [mail, ...more] = reviews.filter(({ to, text }) => to.includes(address) && text.includes(draft.bcn));
    if (!mail || more.length > 0) return [`review of ${about}: ${mail ? more.length + 1 : 0} emails`];
    const isInvoice = mail.attachments.length > 0 || lines.some(({ number }) => mail.text.includes(number));
    return [
      ...(saysAmount(mail.text, draft.gross) ? [] : [`review of ${about} lacks the total ${draft.gross}`]),
      ...(isInvoice ? [`review of ${about} looks like an invoice`] : []),
    ];
  });
  return reviews.length === wanted.length ? faults : [...faults, `${reviews.length} emails about reviews, ${wanted.length} wanted`];
}
