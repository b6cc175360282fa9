import { now } from '../aws/clock.ts';
import { optionalSetting } from '../aws/environment.ts';
import { queueDoor, route } from '../aws/queue-door.ts';
import { invoiceDrafted, invoiceIssued } from '../billing/events.ts';
import { parseExtraHolidays } from '../calendars/extra-holidays.ts';
import { checkDraft } from './check-draft.ts';
import { takeDraft, takeIssue } from './take-draft.ts';
import { tellCustomer } from './tell-customer.ts';

/** What billing drafted is checked and reviewed; what it issued needs no review any more. One account after the other. */
export const handler = queueDoor({
  'invoice.drafted': route(invoiceDrafted, async ({ data }) => {
    await takeDraft(data, { check: checkDraft, tell: tellCustomer, extra: parseExtraHolidays(optionalSetting('EXTRA_HOLIDAYS')) }, now());
  }),
  'invoice.issued': route(invoiceIssued, ({ data }) => takeIssue(data, now())),
});
