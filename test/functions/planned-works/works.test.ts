import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CloudEvent } from '../../../functions/events/cloud-event.ts';
import { handler } from '../../../functions/planned-works/works.handler.ts';
import { getWorks } from '../../../functions/planned-works/works-store.ts';
import { contextOf, receiveAll, sqsEvent, useCloud } from '../../emulators/cloud.ts';

useCloud();

describe('works', () => {
  test('are kept as they were published, instants in UTC', async () => {
    await publish(works({ worksId: 'CRQ-1', coordinator: null, location: '' }));
    expect((await getWorks('CRQ-1'))?.works).toEqual({
      worksId: 'CRQ-1',
      revision: 0,
      status: 'confirmed',
      class: 'planned',
      title: 'Router software upgrade',
      description: 'A router gets new software.',
      windows: [
        {
          windowId: '1',
          start: '2026-11-17T23:00:00.000Z',
          end: '2026-11-18T03:00:00.000Z',
          expectedDowntimeMinutes: 15,
          status: 'confirmed',
        },
      ],
      services: [{ serviceId: 'FRA/FRA/LE-123456', impact: 'outage', windowIds: ['1'], expectedDowntimeMinutes: 10 }],
    });
  });

  test('stay at their highest revision, whatever the order', async () => {
    let run = 0;
    const property = fc.asyncProperty(fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 8 }), async (revisions) => {
      run += 1;
      const worksId = `P-${run}`;
      for (const revision of revisions) await publish(works({ worksId, revision, title: `Revision ${revision}` }));
      const highest = Math.max(...revisions);
      expect((await getWorks(worksId))?.works).toMatchObject({ revision: highest, title: `Revision ${highest}` });
    });
    await fc.assert(property, { numRuns: 15 });
  });

  test('of one revision stay as they came first', async () => {
    await publish(works({ worksId: 'SAME', title: 'first' }));
    await publish(works({ worksId: 'SAME', title: 'second' }));
    expect((await getWorks('SAME'))?.works).toMatchObject({ title: 'first' });
  });
});

describe('a wrong event goes to the dead-letter queue and says what would be right', () => {
  const window = { windowId: '1', start: '2026-11-18T04:00:00Z', end: '2026-11-18T00:00:00Z' };
  test.each<[object, string]>([
    [
      { worksId: '../x' },
      'worksId is "../x": an id is expected: 1 to 64 of A-Z a-z 0-9 . _ -, beginning with a letter or digit, without ".."',
    ],
    [{ revision: 1.5 }, 'revision is 1.5: a whole number from 0 to 1000000000 is expected'],
    [{ status: 'done' }, 'status is "done": one of tentative, confirmed, in-process, completed, cancelled is expected'],
    [{ class: '' }, 'class is "": one of planned, emergency is expected'],
    [{ windows: [], services: [] }, 'windows is []: a list with at least one entry is expected'],
    [{ windows: [window] }, 'windows.0.end is "2026-11-18T00:00:00Z": an end after the start is expected'],
    [
      { windows: [{ ...window, start: '2026-11-17 23:00' }] },
      'windows.0.start is "2026-11-17 23:00": an RFC 3339 instant with offset is expected, such as "2026-11-02T09:00:00Z"',
    ],
    [
      { services: [{ serviceId: 'S1', impact: 'bad' }] },
      'services.0.impact is "bad": one of no-impact, reduced-redundancy, degraded, outage is expected',
    ],
    [
      { services: [{ serviceId: 'S1', impact: 'outage', windowIds: ['2'] }] },
      'services.0.windowIds.0 is "2": the windowId of one of the windows is expected',
    ],
    [
      {
        services: [
          { serviceId: 'S1', impact: 'outage' },
          { serviceId: 'S1', impact: 'degraded' },
        ],
      },
      'services.1.serviceId is "S1": a service that is listed once is expected',
    ],
    [{ title: 'x'.repeat(501) }, `title is "${'x'.repeat(116)}... (503 characters): text of 1 to 500 characters is expected`],
  ])('%#', async (wrong, sentence) => {
    await publish(works({ worksId: 'WRONG', ...wrong }));
    const [message, ...others] = await receiveAll('planned-works.fifo', { dlq: true });
    expect(others).toEqual([]);
    expect(message?.MessageAttributes?.reason?.StringValue).toBe(`Event e-1 (planned-works.published): ${sentence}`);
    expect(await getWorks('WRONG')).toBeUndefined();
  });
});

function publish(data: object): Promise<unknown> {
  const event: CloudEvent = { specversion: '1.0', id: 'e-1', source: '/change-management', type: 'planned-works.published', data };
  return handler(sqsEvent('planned-works.fifo', event), contextOf('works'));
}

function works(more: object): object {
  return {
    worksId: 'CRQ-1001',
    revision: 0,
    status: 'confirmed',
    class: 'planned',
    title: 'Router software upgrade',
    description: 'A router gets new software.',
    windows: [
      {
        windowId: '1',
        start: '2026-11-18T00:00:00+01:00',
        end: '2026-11-18T04:00:00+01:00',
        expectedDowntimeMinutes: 15,
        status: 'confirmed',
      },
    ],
    services: [{ serviceId: 'FRA/FRA/LE-123456', impact: 'outage', windowIds: ['1'], expectedDowntimeMinutes: 10 }],
    ...more,
  };
}
