import { randomUUID } from 'node:crypto';
import { simpleParser } from 'mailparser';
import { describe, expect, test } from 'vitest';
import { now } from '../../../functions/aws/clock.ts';
import { putItem } from '../../../functions/aws/tables.ts';
import { serviceKey } from '../../../functions/directory/keys.ts';
import type { CloudEvent } from '../../../functions/events/cloud-event.ts';
import { handler as sweep } from '../../../functions/messages/sweep.handler.ts';
import { diariesOf } from '../../../functions/planned-works/diary-store.ts';
import { reconsider } from '../../../functions/planned-works/reconsider.ts';
import { worksSummary } from '../../../functions/planned-works/summary.ts';
import { handler as tell } from '../../../functions/planned-works/tell.handler.ts';
import { handler as works } from '../../../functions/planned-works/works.handler.ts';
import { getWorks } from '../../../functions/planned-works/works-store.ts';
import { setPreference } from '../../../functions/preferences/preferences.ts';
import { contextOf, eventOf, failSes, receiveAll, sentMails, setClock, sqsEvent } from '../../emulators/cloud.ts';
import { anna, annas, NOW, place, publish, putContact, serviceId, told, useDesk, workOff, worksId } from './desk.ts';
import { contactOf, OCN, serviceOf, windowOf } from './plan-of.ts';

useDesk();

describe('works go out', () => {
  test('as an invitation, once, and later revisions as updates of it', async () => {
    await publish();
    await publish();
    await publish({ revision: 2, windows: [windowOf('1', { start: '2026-11-19T00:00:00+01:00', end: '2026-11-19T02:00:00+01:00' })] });
    await publish({ revision: 1, title: 'late' });
    await publish({ revision: 3, status: 'cancelled' });
    expect(await annas()).toEqual([
      `REQUEST 0 ${worksId} confirmed: 18 Nov 2026, 00:00-04:00 CET`,
      `REQUEST 1 ${worksId} moved: 19 Nov 2026, 00:00-02:00 CET`,
      `CANCEL 2 ${worksId} cancelled: 19 Nov 2026, 00:00-02:00 CET`,
    ]);
  });

  test('later emails are replies to the first', async () => {
    await publish();
    await publish({ revision: 1, title: 'Another title' });
    const [first, second] = await Promise.all((await sentMails(anna.email)).map(({ raw }) => simpleParser(raw)));
    expect(second?.references).toBe(first?.messageId);
    expect(second?.inReplyTo).toBe(first?.messageId);
  });

  test('to a contact who leaves or comes while they are open', async () => {
    await publish();
    await putContact({ ...anna, activeTo: '2026-11-01' });
    await reconsider({ ocns: [OCN] }, 'import 1', now());
    await workOff();
    await putContact(anna);
    await reconsider({ ocns: [OCN] }, 'import 2', now());
    await workOff();
    expect((await annas()).map((mail) => mail.split(' ').slice(0, 2).join(' '))).toEqual(['REQUEST 0', 'CANCEL 1', 'REQUEST 2']);
  });

  test('to the owner of a service that the directory learns of later', async () => {
    await publish({ services: [{ serviceId: `${serviceId()}-late`, impact: 'outage' }] });
    expect(await getWorks(worksId)).toMatchObject({ unknownServices: [`${serviceId()}-late`] });
    const late = serviceOf(`${serviceId()}-late`);
    await putContact({ ...anna, serviceIds: [serviceId(), late.serviceId] });
    await putItem('directory', { ...serviceKey(late.serviceId), record: late });
    await reconsider({ serviceIds: [late.serviceId] }, 'import 3', now());
    await workOff();
    expect(await getWorks(worksId)).toMatchObject({ unknownServices: [] });
    expect(await annas()).toHaveLength(1);
  });

  test('once more after a doubt when a diary must be cleared, and never when the contact may do without', async () => {
    const mild = { services: [{ serviceId: serviceId(), impact: 'no-impact' }] };
    await publish(mild);
    await doubted(() => publish({ ...mild, revision: 1, title: 'Another title' }), 1);
    expect(await annas()).toHaveLength(1);
    await doubted(() => publish({ ...mild, revision: 2, status: 'cancelled' }), 2);
    expect((await annas()).map((mail) => mail.split(' ').slice(0, 2).join(' '))).toEqual(['REQUEST 0', 'CANCEL 2']);
  });

  test('not to who opted out between the decision and the sending, when the category may be switched off', async () => {
    const event: CloudEvent = {
      specversion: '1.0',
      id: randomUUID(),
      source: '/c',
      type: 'planned-works.published',
      data: told({ services: [{ serviceId: serviceId(), impact: 'no-impact' }] }),
    };
    await works(sqsEvent('planned-works.fifo', event), contextOf('works'));
    await tell(eventOf('works-customers.fifo', await receiveAll('works-customers.fifo')), contextOf('works-tell'));
    const decided = { changeId: randomUUID(), at: NOW, by: 'anna', how: 'page' };
    await setPreference(OCN, anna.contactId, { name: 'category', bcn: '*', category: 'other-works', value: 'off' }, decided);
    await workOff();
    expect(await annas()).toEqual([]);
  });

  test('a queued message that a newer revision has overtaken is never sent', async () => {
    const event = (revision: number): CloudEvent => ({
      specversion: '1.0',
      id: randomUUID(),
      source: '/c',
      type: 'planned-works.published',
      data: told({ revision, title: `Revision ${revision}` }),
    });
    for (const revision of [0, 1]) {
      await works(sqsEvent('planned-works.fifo', event(revision)), contextOf('works'));
      await tell(eventOf('works-customers.fifo', await receiveAll('works-customers.fifo')), contextOf('works-tell'));
    }
    await workOff();
    expect((await annas()).map((mail) => mail.split(' ')[1])).toEqual(['1']);
  });
});

test('works of another century are over: nobody is told, and the status says why', async () => {
  await publish({ windows: [windowOf('1', { start: '1970-01-01T00:00:00Z', end: '1970-01-01T04:00:00Z' })] });
  expect(await annas()).toEqual([]);
  expect(await worksSummary(worksId, now())).toMatchObject({ invitations: [], windows: [{ windowId: '1', over: true }] });
  await publish({ revision: 1, windows: [windowOf('1', { start: '2100-01-01T00:00:00Z', end: '2100-01-01T04:00:00Z' })] });
  expect(await annas()).toEqual([`REQUEST 0 ${worksId} confirmed: 1 Jan 2100, 01:00-05:00 CET`]);
});

describe('a worker that dies', () => {
  test('after the outbox and before the queues: its successor queues what was left', async () => {
    for (let n = 0; n < 39; n += 1) await putContact({ ...contactOf(`${worksId}-${n}`), serviceIds: [serviceId()] });
    const event: CloudEvent = { specversion: '1.0', id: randomUUID(), source: '/c', type: 'planned-works.published', data: told() };
    await works(sqsEvent('planned-works.fifo', event), contextOf('works'));
    const [message] = await receiveAll('works-customers.fifo');
    const queue = process.env.QUEUE_MAIL_WORKS;
    process.env.QUEUE_MAIL_WORKS = `${queue}-gone`;
    await tell(eventOf('works-customers.fifo', message ? [message] : []), contextOf('works-tell'));
    process.env.QUEUE_MAIL_WORKS = queue;
    await tell(eventOf('works-customers.fifo', message ? [message] : []), contextOf('works-tell'));
    await workOff();
    const [diary] = await diariesOf(place());
    const mails = await Promise.all((diary?.holders ?? []).map(({ email }) => sentMails(email)));
    expect(mails.map((sent) => sent.length)).toEqual(Array.from({ length: 40 }, () => 1));
  });
});

/** Does something whose email SES never answers about, and looks again `half` half hours after the beginning. */
async function doubted(act: () => Promise<void>, half: number): Promise<void> {
  await failSes('InternalFailure', 1);
  await act();
  setClock(new Date(Date.parse(NOW) + half * 1_800_000).toISOString());
  await sweep({ scheduledTime: now().toISOString() }, contextOf('mail-sweep'));
  await workOff();
}
