import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { now } from '../../../functions/aws/clock.ts';
import { releaseWorks } from '../../../functions/planned-works/reconsider.ts';
import { handler as sweep } from '../../../functions/planned-works/sweep.handler.ts';
import { getWorks } from '../../../functions/planned-works/works-store.ts';
import { setPreference } from '../../../functions/preferences/preferences.ts';
import { contextOf, setClock } from '../../emulators/cloud.ts';
import { anna, annas, NOW, PERSON, publish, putContact, serviceId, useDesk, workOff, worksId } from './desk.ts';
import { contactOf, OCN, windowOf } from './plan-of.ts';

useDesk();

describe('the brake', () => {
  const short = { noticeDays: 15 };

  test('short notice waits for a named person, with the figures; the same is not held again', async () => {
    await publish(short);
    expect(await annas()).toEqual([]);
    const held = await getWorks(worksId);
    expect(held?.hold).toMatchObject({
      customers: 1,
      recipients: 1,
      reason: expect.stringContaining('15 working days (DE) of notice are agreed, 12 are left'),
    });
    await releaseWorks(worksId, PERSON, now());
    await workOff();
    await publish({ ...short, revision: 1, title: 'Another title' });
    expect((await annas()).map((mail) => mail.split(' ')[1])).toEqual(['0', '1']);
    await expect(releaseWorks(worksId, PERSON, now())).rejects.toThrow('are not held');
  });

  test('while a revision is held, customers know the one before', async () => {
    await publish({ noticeDays: 5 });
    await publish({
      noticeDays: 5,
      revision: 1,
      windows: [windowOf('1', { start: '2026-11-04T00:00:00+01:00', end: '2026-11-04T04:00:00+01:00' })],
    });
    expect(await getWorks(worksId)).toMatchObject({ revision: 1, told: { revision: 0 }, hold: expect.anything() });
    await publish({ noticeDays: 5, revision: 2, status: 'cancelled' });
    expect((await annas()).map((mail) => mail.split(' ')[0])).toEqual(['REQUEST', 'CANCEL']);
    expect((await getWorks(worksId))?.hold).toBeUndefined();
  });

  test('emergencies pass', async () => {
    await publish({ ...short, class: 'emergency' });
    expect(await annas()).toEqual([`REQUEST 0 EMERGENCY ${worksId}: confirmed, 18 Nov 2026, 00:00-04:00 CET`]);
  });

  test('more recipients than the stage tells by itself', async () => {
    for (let n = 0; n <= 100; n += 1) await putContact({ ...contactOf(`${worksId}-${n}`), serviceIds: [serviceId()] });
    await publish();
    expect((await getWorks(worksId))?.hold).toMatchObject({
      recipients: 102,
      reason: '102 recipients would be told, more than the 100 that go out by themselves',
    });
  });
});

describe('reminders', () => {
  const wantsReminders = () =>
    setPreference(OCN, anna.contactId, { name: 'reminders', value: 'on' }, { changeId: randomUUID(), at: NOW, by: 'anna', how: 'page' });
  const hour = async (scheduledTime: string) => {
    setClock(scheduledTime);
    await sweep({ scheduledTime }, contextOf('works-sweep'));
    await workOff();
  };

  test('come once, 24 hours before, to who wants them', async () => {
    await wantsReminders();
    await publish();
    await hour('2026-11-16T22:00:00Z');
    expect(await annas()).toHaveLength(1);
    await hour('2026-11-16T23:00:00Z');
    await hour('2026-11-17T00:00:00Z');
    expect((await annas()).slice(1)).toEqual([`none - ${worksId} tomorrow: 18 Nov 2026, 00:00-04:00 CET`]);
  });

  test('never for who did not ask', async () => {
    await publish();
    await hour('2026-11-16T23:00:00Z');
    expect(await annas()).toHaveLength(1);
  });

  test('a contact whose last day passes is told to clear the diary', async () => {
    await putContact({ ...anna, activeTo: '2026-11-10' });
    await publish();
    await hour('2026-11-10T22:00:00Z');
    expect(await annas()).toHaveLength(1);
    await hour('2026-11-10T23:00:00Z');
    expect((await annas()).map((mail) => mail.split(' ').slice(0, 2).join(' '))).toEqual(['REQUEST 0', 'CANCEL 1']);
  });
});
