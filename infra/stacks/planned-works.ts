import { Duration, Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { FIVE_MINUTES, RunbookAlarm } from '../constructs/alarm.ts';
import { CarrierStack, type CarrierStackProps } from '../constructs/place.ts';
import { newQueue } from '../constructs/queue.ts';
import { QueueWorker } from '../constructs/queue-worker.ts';
import { ScheduledFunction } from '../constructs/scheduled-function.ts';
import { sendsTo, table } from '../constructs/uses.ts';

/** A ticket that nobody has fetched for so long is seen by nobody. */
const UNREAD = Duration.hours(4);

/** Planned works, as the carrier's change management publishes them, and what each customer is told of them. */
export class PlannedWorksStack extends CarrierStack {
  constructor(scope: Construct, id: string, props: CarrierStackProps) {
    super(scope, id, { ...props, description: 'carrierpost: planned works' });
    this.addWorks();
    this.addTelling();
    this.addSweep();
    this.addTickets();
  }

  private addWorks(): void {
    new QueueWorker(this, 'Works', {
      queue: 'planned-works.fifo',
      function: 'works',
      failureMeans: 'A change of planned works is not known here: customers may be told old windows.',
      waitsAtMost: Duration.minutes(30),
      batchSize: 10,
      uses: [
        table('works', ['get', 'getMany', 'query', 'put', 'update']),
        table('directory', ['get', 'getMany', 'query']),
        table('preferences', ['getMany']),
        table('messages', ['get']),
        sendsTo('works-customers.fifo'),
      ],
      environment: { WORKS_RECIPIENT_LIMIT: String(this.config.works.recipientLimit) },
    });
  }

  private addTelling(): void {
    new QueueWorker(this, 'Telling', {
      queue: 'works-customers.fifo',
      function: 'works-tell',
      failureMeans: 'A customer is not told of planned works, or has an old window in the diary.',
      waitsAtMost: Duration.minutes(30),
      batchSize: 10,
      uses: [
        table('works', ['get', 'query', 'put', 'remove']),
        table('directory', ['get', 'getMany', 'query']),
        table('preferences', ['getMany']),
        table('messages', ['get', 'put', 'update']),
        sendsTo('mail-emergency', 'mail-works'),
      ],
    });
  }

  /** Read by the carrier's ticket system: nobody here works on it, so it has no dead-letter queue. */
  private addTickets(): void {
    const tickets = newQueue(this, 'Tickets', 'works-tickets');
    Validations.of(tickets).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: "The carrier's own system reads this queue: what it cannot handle is its matter, and an alarm tells when it does not read.",
    });
    new RunbookAlarm(this, 'works-tickets-unread', {
      description:
        "The carrier's ticket system does not read what customers answer to planned works: who declined or asked for another time hears nothing.",
      runbook: 'works-tickets-unread',
      metric: tickets.metricApproximateAgeOfOldestMessage({ period: FIVE_MINUTES, statistic: 'Maximum' }),
      above: UNREAD.toSeconds(),
    });
  }

  private addSweep(): void {
    new ScheduledFunction(this, 'Sweep', {
      function: 'works-sweep',
      failureMeans: 'Contacts are not reminded of works, and who has left keeps them in the diary.',
      schedules: [
        {
          name: 'works-sweep',
          description: 'Reminders that are due, contacts whose last day has passed',
          expression: 'cron(0 * * * ? *)',
          timeZone: 'UTC',
        },
      ],
      givenUpAfter: Duration.hours(1),
      uses: [table('works', ['query', 'remove']), sendsTo('works-customers.fifo')],
    });
  }
}
