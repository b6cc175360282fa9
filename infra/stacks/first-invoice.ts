import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { CarrierStack, type CarrierStackProps } from '../constructs/place.ts';
import { QueueWorker } from '../constructs/queue-worker.ts';
import { ScheduledFunction } from '../constructs/scheduled-function.ts';
import { objects, sendsTo, table, type UseIn } from '../constructs/uses.ts';

/** What a decision leads to: a task for people, or the word to billing. */
const DECIDES: readonly UseIn[] = [table('tasks', ['get', 'put', 'update']), sendsTo('billing')];

/** What an email to the customer is made of: the draft, who reads it, what was told before. */
const TELLS: readonly UseIn[] = [
  table('directory', ['get', 'getMany', 'query']),
  table('preferences', ['get', 'getMany']),
  table('messages', ['get', 'put']),
  objects('intake', { read: [''] }),
  sendsTo('mail-invoices'),
];

/** First invoices: checked and reviewed before billing issues them. */
export class FirstInvoiceStack extends CarrierStack {
  constructor(scope: Construct, id: string, props: CarrierStackProps) {
    super(scope, id, { ...props, description: 'carrierpost: the review of first invoices' });
    const { extraHolidays } = this.config;
    const environment = extraHolidays.length > 0 ? { EXTRA_HOLIDAYS: JSON.stringify(extraHolidays) } : undefined;
    new QueueWorker(this, 'Drafts', {
      queue: 'first-invoices.fifo',
      function: 'first-invoices',
      failureMeans:
        'A new customer does not get the draft of the first invoice, or still has one that was replaced: the invoice is not issued.',
      waitsAtMost: Duration.hours(1),
      uses: [table('reviews', ['get', 'query', 'put', 'update', 'remove']), ...TELLS, ...DECIDES],
      ...(environment && { environment }),
    });
    new ScheduledFunction(this, 'Sweep', {
      function: 'first-invoice-sweep',
      failureMeans: 'Customers are not reminded of first invoices, deadlines pass unnoticed, and nobody is warned of a legal limit.',
      schedules: [
        {
          name: 'first-invoice-sweep',
          description: 'Reminders, deadlines and legal limits of first invoices',
          expression: 'cron(0 * * * ? *)',
          timeZone: 'UTC',
        },
      ],
      givenUpAfter: Duration.hours(1),
      uses: [table('reviews', ['get', 'query', 'put', 'remove']), ...TELLS, ...DECIDES],
    });
  }
}
