import type { SQSEvent } from 'aws-lambda';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { lastFailure } from '../../../functions/aws/failures.ts';
import { queueDoor, route } from '../../../functions/aws/queue-door.ts';
import { ownEvent } from '../../../functions/events/cloud-event.ts';
import { PassingError, PermanentError } from '../../../functions/events/failure.ts';
import { contextOf, receiveAll, setClock, sqsEvent, useCloud } from '../../emulators/cloud.ts';

useCloud();

const AT = new Date('2026-11-04T07:00:00Z');
const letter = z.object({ name: z.string(), does: z.enum(['well', 'badly', 'pass']).default('well') });

/** A door that notes what it handled, and fails when the letter says so. */
function doorOf(handled: string[]) {
  return queueDoor({
    letter: route(letter, async ({ data }) => {
      if (data.does === 'badly') throw new PermanentError(`name is ${JSON.stringify(data.name)}: another name is expected`, 'name');
      if (data.does === 'pass') throw new PassingError('the neighbour is down');
      handled.push(data.name);
    }),
  });
}

const said = (name: string, does?: string) => ownEvent('letter', name, { name, does }, AT);

test('each message is handled by the route of its type and acknowledged', async () => {
  const handled: string[] = [];
  const answer = await doorOf(handled)(sqsEvent('prepare', said('a'), said('b')), contextOf('prepare'));
  expect(handled.sort()).toEqual(['a', 'b']);
  expect(answer).toEqual({ batchItemFailures: [] });
});

test.each([
  ['a permanent error', JSON.stringify(said('x', 'badly')), 'name is "x": another name is expected', 'name'],
  ['no JSON', '{"specversion', 'The message is not JSON', 'body'],
  ['an unknown type', JSON.stringify({ ...said('x'), type: 'parcel' }), 'type is "parcel": this queue takes letter', 'type'],
  ['bad data', JSON.stringify({ ...said('x'), data: { name: 7 } }), 'name is 7', 'name'],
])('%s goes to the dead-letter queue with its reason and is acknowledged', async (_, body, reason, field) => {
  setClock(AT.toISOString());
  const event = withBodies(sqsEvent('render', said('x')), [body]);
  expect(await doorOf([])(event, contextOf('render'))).toEqual({ batchItemFailures: [] });
  const [dead] = await receiveAll('render', { dlq: true });
  expect(dead?.Body).toBe(body);
  expect(dead?.MessageAttributes?.reason?.StringValue).toContain(reason);
  expect(dead?.MessageAttributes?.field?.StringValue).toBe(field);
  expect(dead?.MessageAttributes?.failedAt?.StringValue).toBe(AT.toISOString());
});

test('control characters and five megabytes in a value still make a dead letter', async () => {
  const long = 'x'.repeat(5_000_000);
  const event = sqsEvent('deliver', ownEvent('letter', 'l', { name: ['\u0000', long.slice(0, 100_000)] }, AT));
  expect(await doorOf([])(event, contextOf('deliver'))).toEqual({ batchItemFailures: [] });
  const [dead] = await receiveAll('deliver', { dlq: true });
  expect(dead?.MessageAttributes?.reason?.StringValue).toContain('name is');
});

test('a passing error is reported, its reason kept, and the neighbours in the batch go on', async () => {
  const handled: string[] = [];
  const event = sqsEvent('prepare', said('good'), said('later', 'pass'));
  const answer = await doorOf(handled)(event, contextOf('prepare'));
  const failed = event.Records[1]?.messageId as string;
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: failed }] });
  expect(handled).toEqual(['good']);
  expect(await lastFailure(failed)).toMatchObject({ reason: 'PassingError: the neighbour is down' });
});

test('on a FIFO queue a failed message stops its group, not the others', async () => {
  const handled: string[] = [];
  const event = sqsEvent('numbering.fifo', said('a1', 'pass'), said('b1'), said('a2'));
  event.Records.forEach((record, index) => {
    record.attributes.MessageGroupId = index === 1 ? 'b' : 'a';
  });
  const answer = await doorOf(handled)(event, contextOf('numbering.fifo'));
  expect(handled).toEqual(['b1']);
  expect(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual([
    event.Records[0]?.messageId,
    event.Records[2]?.messageId,
  ]);
});

function withBodies(event: SQSEvent, bodies: readonly string[]): SQSEvent {
  return { Records: event.Records.map((record, index) => ({ ...record, body: bodies[index] ?? record.body })) };
}
