import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect } from 'vitest';
import type { LocalCloud } from '../../local-cloud.ts';
import { circuit, contact, customer } from '../carrier-records.ts';
import { FIRST, heard, type Scenario, SECOND, THIRD } from '../scenario.ts';
import { hit, NIGHT, published } from '../works-events.ts';

interface DeadLetter {
  readonly eventId: string;
  readonly reason: string;
}

/** What is wrong with the data, and which field the reason must name. */
const BAD: Readonly<Record<string, readonly [data: object, field: RegExp]>> = {
  'an end before the start': [{ windows: [{ ...NIGHT, end: '2026-12-08T00:00:00+01:00' }] }, /windows\W*0\W*end/],
  'a window of no length': [{ windows: [{ ...NIGHT, end: NIGHT.start }] }, /windows\W*0\W*end/],
  'no window': [{ windows: [] }, /windows/],
  'a window that no service can mean': [{ services: [{ ...hit('bad/1'), windowIds: ['7'] }] }, /services\W*0\W*windowIds/],
  'an unknown status': [{ status: 'postponed' }, /status/],
  'an unknown impact': [{ services: [{ serviceId: 'bad/1', impact: 'broken' }] }, /services\W*0\W*impact/],
  'an instant without a zone': [{ windows: [{ ...NIGHT, start: '2026-12-09T00:00:00' }] }, /windows\W*0\W*start/],
  'a revision that is none': [{ revision: -1 }, /revision/],
};

const badEvents: Scenario = {
  title: 'bad events end in the dead-letter queue with the field named; the same works sent right go out',
  directory: customer('bad', { contacts: [contact('bad', 'noc')], services: [circuit('bad', 1)] }),
  steps: [
    {
      at: FIRST,
      act: async ({ cloud }) => {
        for (const [index, [data]] of Object.values(BAD).entries()) await putOnQueue(cloud, badEvent(index, data));
      },
    },
    { at: SECOND, act: async ({ cloud, keep }) => keep('letters', await cloud.json<DeadLetter[]>('dlq', 'list', 'planned-works.fifo')) },
    { at: THIRD, publish: [badEvent(0, {})] },
  ],
  check: (seen) => {
    const letters = seen.kept<DeadLetter[]>('letters');
    for (const [index, [what, [, field]]] of Object.entries(BAD).entries()) {
      const own = letters.filter(({ eventId }) => eventId === badEvent(index, {}).id);
      expect(own.length, what).toBe(1);
      expect(own[0]?.reason, what).toMatch(field);
    }
    expect(heard(seen.mails)).toEqual(['REQUEST 0']);
    expect(seen.mails[0]?.event?.maintenanceId).toBe('CRQ-bad-0');
  },
};

/** How many of them there are. */
export const BAD_COUNT = Object.keys(BAD).length;

export const BAD_EVENTS: readonly Scenario[] = [badEvents];

function badEvent(index: number, data: object) {
  const event = published(`CRQ-bad-${index}`, 0, { services: [hit('bad/1')] });
  return { ...event, id: `bad-${index}`, data: { ...event.data, ...data } };
}

/** The command would refuse such an event: the carrier's own systems put it there. */
async function putOnQueue({ file: { region, credentials, endpoints, queues } }: LocalCloud, event: { subject: string }): Promise<void> {
  const client = new SQSClient({ region, credentials, endpoint: endpoints.sqs });
  await client.send(
    new SendMessageCommand({ QueueUrl: queues['planned-works.fifo'], MessageBody: JSON.stringify(event), MessageGroupId: event.subject }),
  );
  client.destroy();
}
