import { beforeEach, expect, test } from 'vitest';
import { now } from '../../../functions/aws/clock.ts';
import { handler } from '../../../functions/billing/billing.handler.ts';
import { peek, queueGiven, redrive } from '../../../functions/dead-letters/dead-letters.ts';
import { ownEvent } from '../../../functions/events/cloud-event.ts';
import { contextOf, eventsIn, receiveAll, setClock, sqsEvent, useCloud } from '../../emulators/cloud.ts';

useCloud();

const AT = '2026-11-04T06:00:00Z';
const JANE = { by: 'Jane Clerk', reason: 'the bill is corrected' };

beforeEach(async () => {
  setClock(AT);
  await receiveAll('billing', { dlq: true });
  await receiveAll('billing');
});

const wrong = (key: string) => ownEvent('billing.run.settle', key, { runId: 'nonsense', cause: key }, new Date(AT));

test('what was refused can be looked at as often as one likes, with its reason', async () => {
  await handler(sqsEvent('billing', wrong('a'), wrong('b'), 'no JSON'), contextOf());
  for (let look = 0; look < 3; look += 1) {
    const letters = await peek('billing');
    expect(letters).toHaveLength(3);
    expect(letters.map(({ eventId }) => eventId).sort()).toEqual(['', wrong('a').id, wrong('b').id].sort());
    expect(letters.every(({ failedAt }) => failedAt === '2026-11-04T06:00:00.000Z')).toBe(true);
    expect(letters.find(({ eventId }) => eventId === wrong('a').id)?.reason).toContain('runId is "nonsense": a run id such as');
  }
});

test('redriving sends all, or those named, back to their queue and keeps the rest', async () => {
  await handler(sqsEvent('billing', wrong('a'), wrong('b')), contextOf());
  const [first] = await peek('billing');
  expect(await redrive('billing', [first?.messageId ?? ''], JANE, now())).toBe(1);
  expect((await eventsIn('billing')).map(({ id }) => id)).toEqual([first?.eventId]);
  expect(await peek('billing')).toHaveLength(1);
  expect(await redrive('billing', undefined, JANE, now())).toBe(1);
  expect(await peek('billing')).toEqual([]);
});

test('what is refused again while others are sent back goes back once, however quick its function is', async () => {
  const events = Array.from({ length: 30 }, (_, index) => wrong(`e${index}`));
  await handler(sqsEvent('billing', ...events), contextOf());
  let sending = true;
  const worker = async () => {
    while (sending) {
      const back = await eventsIn('billing');
      if (back.length > 0) await handler(sqsEvent('billing', ...back), contextOf());
    }
  };
  const work = worker();
  const sent = await redrive('billing', undefined, JANE, now());
  sending = false;
  await work;
  expect(sent).toBe(events.length);
  const left = [...(await peek('billing')).map(({ eventId }) => eventId), ...(await eventsIn('billing')).map(({ id }) => id)];
  expect(left.sort()).toEqual(events.map(({ id }) => id).sort());
});

test('a queue is named as the contracts name it', () => {
  expect(queueGiven('numbering')).toBe('numbering.fifo');
  expect(() => queueGiven('tea')).toThrow('one of intake, billing');
});
