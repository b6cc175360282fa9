import { queueUrlOf } from '../aws/environment.ts';
import { sendEvent } from '../aws/queues.ts';
import { completionOf } from '../billing/received.ts';
import { ownEvent } from '../events/cloud-event.ts';
import { completionsOf } from './announced.ts';
import { changesOf } from './import-state.ts';
import type { Progress, StepWork } from './progress.ts';

/** Tells billing whose input changed and which calendars' period is complete. Saying it twice is saying it once. */
export async function* announce({ importId, bucket, prefix, periods, time, at: done }: StepWork): AsyncGenerator<Progress> {
  if (done.line !== undefined) return;
  const at = new Date(time);
  for await (const { sk, period, bcns } of changesOf(importId)) {
    await sendEvent(queueUrlOf('billing'), { event: ownEvent('billing.bills.changed', `${importId}/${sk}`, { period, bcns }, at) });
  }
  const looked = ownEvent('billing.directory.changed', importId, { importId }, at);
  await sendEvent(queueUrlOf('billing'), { event: looked });
  for (const period of periods) {
    for await (const { calendar } of completionsOf(bucket, prefix, period)) {
      if (!(await completionOf(period, calendar))) continue;
      const event = ownEvent('billing.period.completed', `${importId}/${period}/${calendar}`, { period, calendar }, at);
      await sendEvent(queueUrlOf('billing'), { event });
    }
  }
  yield { at: { line: 1 }, file: '' };
}
