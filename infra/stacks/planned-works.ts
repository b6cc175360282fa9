import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { CarrierStack, type CarrierStackProps } from '../constructs/place.ts';
import { QueueWorker } from '../constructs/queue-worker.ts';
import { table } from '../constructs/uses.ts';

/** Planned works, as the carrier's change management publishes them. */
export class PlannedWorksStack extends CarrierStack {
  constructor(scope: Construct, id: string, props: CarrierStackProps) {
    super(scope, id, { ...props, description: 'carrierpost: planned works' });
    new QueueWorker(this, 'Works', {
      queue: 'planned-works.fifo',
      function: 'works',
      failureMeans: 'A change of planned works is not known here: customers may be told old windows.',
      waitsAtMost: Duration.minutes(30),
      batchSize: 10,
      uses: [table('works', ['put'])],
    });
  }
}
