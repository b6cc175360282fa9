import { expect, test } from 'vitest';
import * as z from 'zod';
import { ownEvent, parseEvent, parseWith } from '../../../functions/events/cloud-event.ts';
import { PermanentError } from '../../../functions/events/failure.ts';

const good = { specversion: '1.0', id: 'e-1', source: '/tmf', type: 'intake.received', time: '2026-11-02T09:00:00+01:00', data: { a: 1 } };

test('a CloudEvents 1.0 object is read as it is', () => {
  expect(parseEvent(JSON.stringify(good))).toEqual(good);
});

test.each([
  ['no JSON', '{"id": ', 'body', /not JSON/],
  ['another version', JSON.stringify({ ...good, specversion: '0.3' }), 'specversion', /specversion is "0\.3"/],
  ['no id', JSON.stringify({ ...good, id: undefined }), 'id', /id is missing/],
  ['an id of nothing', JSON.stringify({ ...good, id: '' }), 'id', /id is ""/],
  ['a time without offset', JSON.stringify({ ...good, time: '2026-11-02T09:00:00' }), 'time', /time is "2026-11-02T09:00:00"/],
  ['an array', '[]', '(record)', /\(record\) is \[\]/],
])('%s is refused with the field and the value', (_, body, field, sentence) => {
  expect(() => parseEvent(body)).toThrow(PermanentError);
  expect(() => parseEvent(body)).toThrow(sentence);
  expect(() => parseEvent(body)).toThrow(expect.objectContaining({ field }));
});

test('a value of five megabytes does not make a reason of five megabytes', () => {
  const schema = z.object({ name: z.string().max(200) });
  const error = captured(() => parseWith(schema, { name: 'x'.repeat(5_000_000) }, 'The customer'));
  expect(error.message.length).toBeLessThan(500);
  expect(error.message).toContain('(5000002 characters)');
});

test('saying the same thing twice is the same event, another thing is another', () => {
  const say = (key: string, at: string) => ownEvent('billing.chunk.render', key, {}, new Date(at)).id;
  expect(say('2026-10/DE/1', '2026-11-04T01:00:00Z')).toBe(say('2026-10/DE/1', '2026-11-04T05:00:00Z'));
  expect(say('2026-10/DE/1', '2026-11-04T01:00:00Z')).not.toBe(say('2026-10/DE/2', '2026-11-04T01:00:00Z'));
});

function captured(act: () => unknown): Error {
  try {
    act();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}
