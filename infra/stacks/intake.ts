import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { CarrierStack, type CarrierStackProps } from '../constructs/place.ts';
import { QueueWorker } from '../constructs/queue-worker.ts';
import { objects, sendsTo, table } from '../constructs/uses.ts';

/** A carrier's export comes in: directory, bills, usage. */
export class IntakeStack extends CarrierStack {
  constructor(scope: Construct, id: string, props: CarrierStackProps) {
    super(scope, id, { ...props, description: "carrierpost: the import of a carrier's exports" });
    new QueueWorker(this, 'Intake', {
      queue: 'intake',
      function: 'intake',
      failureMeans:
        'An export of the carrier is not imported, or only in part: new customers, contacts and bills are not known to the bill run.',
      waitsAtMost: Duration.minutes(30),
      uses: [
        table('intake', ['get', 'query', 'put', 'putMany', 'update']),
        table('directory', ['get', 'getMany', 'query', 'put', 'putMany']),
        table('preferences', ['get', 'getMany', 'query', 'put', 'update']),
        table('billing', ['get', 'put', 'remove']),
        table('documents', ['get', 'getMany', 'query', 'put']),
        objects('intake', { read: [''], write: ['reports/'] }),
        table('works', ['get', 'getMany', 'update']),
        sendsTo('billing', 'intake', 'works-customers.fifo', 'planned-works.fifo'),
      ],
    });
  }
}
