import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { CALENDARS } from '../../functions/calendars/calendars.ts';
import { CarrierStack, type CarrierStackProps } from '../constructs/place.ts';
import { QueueWorker } from '../constructs/queue-worker.ts';
import { type Schedule, ScheduledFunction } from '../constructs/scheduled-function.ts';
import { objects, sendsTo, table, type UseIn } from '../constructs/uses.ts';

/** Opens a publication, and publishes it. */
const PUBLISHES = table('documents', ['put', 'update']);

/** What takes a run from one stage to the next: its control report, its publication, and the work that it queues. */
const SETTLES: readonly UseIn[] = [
  table('messages', [], ['byGroup']),
  objects('register', { read: ['control/'], write: ['control/'] }),
  sendsTo('billing', 'prepare', 'numbering.fifo', 'render', 'ledger.fifo', 'deliver', 'print'),
];

/** The bill run: planned, prepared, numbered, rendered, published, recorded, delivered. */
export class BillingStack extends CarrierStack {
  constructor(scope: Construct, id: string, props: CarrierStackProps) {
    super(scope, id, { ...props, description: 'carrierpost: the bill run' });
    this.addRuns();
    this.addChunks();
    this.addPrint();
    this.addSchedules();
  }

  private addRuns(): void {
    new QueueWorker(this, 'Billing', {
      queue: 'billing',
      function: 'billing',
      failureMeans: 'A bill run does not go on: its documents may not be published at 07:00, or nothing was queued after they were.',
      waitsAtMost: Duration.minutes(15),
      uses: [
        table('billing', ['get', 'getMany', 'query', 'put', 'update', 'remove', 'check']),
        table('directory', ['get', 'getMany', 'query']),
        table('tasks', ['put', 'update']),
        objects('intake', { read: [''] }),
        table('documents', ['getMany', 'put', 'update']),
        ...SETTLES,
      ],
    });
    new QueueWorker(this, 'Ledger', {
      queue: 'ledger.fifo',
      function: 'ledger',
      failureMeans:
        'What was issued is not written back to the carrier: the register of issued documents and the number series lack lines.',
      waitsAtMost: Duration.hours(2),
      uses: [
        table('billing', ['get', 'query']),
        table('documents', ['getMany']),
        objects('register', { write: ['issued/', 'series/'] }),
        sendsTo('ledger.fifo'),
      ],
    });
  }

  private addChunks(): void {
    const { concurrency } = this.config;
    new QueueWorker(this, 'Prepare', {
      queue: 'prepare',
      function: 'prepare',
      failureMeans: 'Bills of a few hundred accounts are not checked and laid out: these accounts get no documents this morning.',
      waitsAtMost: Duration.hours(2),
      concurrency: concurrency.prepare,
      uses: [
        table('billing', ['get', 'getMany', 'query', 'put', 'update', 'remove', 'check']),
        table('directory', ['get', 'getMany', 'query']),
        table('preferences', ['get']),
        table('documents', ['getMany', 'query', 'put', 'update']),
        objects('intake', { read: [''] }),
        objects('portal', { write: [''] }),
        sendsTo('billing', 'numbering.fifo'),
      ],
    });
    new QueueWorker(this, 'Number', {
      queue: 'numbering.fifo',
      function: 'number',
      failureMeans: 'The invoices of one legal entity get no numbers and cannot be published; other entities go on.',
      waitsAtMost: Duration.hours(1),
      uses: [
        table('billing', ['get', 'getMany', 'put', 'update', 'remove', 'check']),
        table('directory', ['get']),
        table('documents', ['getMany', 'query', 'update']),
        sendsTo('render'),
      ],
    });
    new QueueWorker(this, 'Render', {
      queue: 'render',
      function: 'render',
      failureMeans: 'Documents of some accounts are numbered but not made: these accounts get nothing this morning.',
      waitsAtMost: Duration.hours(2),
      concurrency: concurrency.render,
      uses: [
        table('billing', ['get', 'getMany', 'query', 'put', 'update', 'remove', 'check']),
        table('directory', ['get', 'getMany']),
        table('documents', ['getMany', 'query', 'put', 'update']),
        objects('intake', { read: [''] }),
        objects('portal', { write: [''] }),
        sendsTo('billing'),
      ],
    });
    new QueueWorker(this, 'Deliver', {
      queue: 'deliver',
      function: 'deliver',
      failureMeans: 'Documents are in the portal, but the emails of a few hundred accounts are not written.',
      waitsAtMost: Duration.hours(1),
      concurrency: concurrency.deliver,
      uses: [
        table('billing', ['get', 'getMany', 'query', 'put', 'update', 'remove']),
        table('directory', ['get', 'getMany', 'query']),
        table('documents', ['getMany']),
        table('messages', ['get', 'put']),
        table('preferences', ['get', 'getMany']),
        sendsTo('mail-invoices', 'billing', 'first-invoices.fifo'),
      ],
    });
  }

  private addPrint(): void {
    new QueueWorker(this, 'Print', {
      queue: 'print',
      function: 'print',
      failureMeans: 'Invoices that go out by post are not made ready for whoever prints them.',
      waitsAtMost: Duration.hours(4),
      uses: [
        table('billing', ['get', 'getMany', 'query', 'put', 'update']),
        table('directory', ['getMany']),
        objects('portal', { read: [''] }),
        objects('print', { write: [''] }),
        sendsTo('print'),
      ],
    });
  }

  private addSchedules(): void {
    const { extraHolidays } = this.config;
    new ScheduledFunction(this, 'CalendarDay', {
      function: 'calendar-day',
      failureMeans: "On a third business day this calendar's documents are not prepared, or not published at 07:00.",
      schedules: calendarSchedules(),
      givenUpAfter: Duration.hours(12),
      environment: extraHolidays.length > 0 ? { EXTRA_HOLIDAYS: JSON.stringify(extraHolidays) } : {},
      uses: [table('billing', ['get', 'query', 'put']), table('directory', ['get', 'getMany', 'query']), PUBLISHES, ...SETTLES],
    });
    new ScheduledFunction(this, 'Sweep', {
      function: 'billing-sweep',
      failureMeans: 'Runs that came to a stand are not set going again, and a publication whose emails were not queued is not noticed.',
      schedules: [
        {
          name: 'billing-sweep',
          description: 'Finds runs that stand still and publications that were not queued',
          expression: 'rate(5 minutes)',
        },
      ],
      givenUpAfter: Duration.minutes(5),
      uses: [table('billing', ['get', 'query', 'put']), table('directory', ['get']), PUBLISHES, ...SETTLES],
    });
  }
}

/** Twice a day for every calendar, in its own time zone: ahead of the morning, and at the hour documents become visible. */
function calendarSchedules(): Schedule[] {
  return Object.entries(CALENDARS).flatMap(([calendar, { timeZone, name }]) => [
    {
      name: `${calendar}-prepare`,
      description: `${name}: prepare ahead when today is the third business day`,
      expression: 'cron(0 2 * * ? *)',
      timeZone,
      input: { calendar, step: 'prepare' },
    },
    {
      name: `${calendar}-publish`,
      description: `${name}: publish when today is the third business day`,
      expression: 'cron(0 7 * * ? *)',
      timeZone,
      input: { calendar, step: 'publish' },
    },
  ]);
}
