import { describe, expect, test } from 'vitest';
import { now } from '../../../functions/aws/clock.ts';
import { pauseGroup, pauseSending, queueWaiting, resumeGroup, resumeSending } from '../../../functions/messages/brakes.ts';
import { countMessages } from '../../../functions/messages/counts.ts';
import { enqueue } from '../../../functions/messages/outbox.ts';
import { handler as send } from '../../../functions/messages/send.handler.ts';
import { step } from '../../../functions/messages/store.ts';
import { contextOf, sentMails, sqsEvent } from '../../emulators/cloud.ts';
import { contactOf, putDirectory } from './directory-of.ts';
import { idOf, invoice, person, queued, runSweep, useOutbox, workQueue } from './outbox-of.ts';

useOutbox();

const DECISION = { by: 'erika', reason: 'wrong bank details' };

describe('the brakes', () => {
  test.each([
    ['everything', () => pauseSending(undefined, DECISION, now()), () => resumeSending(undefined, DECISION, now())],
    ['one kind', () => pauseSending('invoice', DECISION, now()), () => resumeSending('invoice', DECISION, now())],
    ['one group', () => pauseGroup('G1', DECISION, now()), () => resumeGroup('G1', DECISION, now())],
  ])('a pause of %s at 40%% and a resume: nobody twice, nobody missed', async (_, pause, resume) => {
    const people = Array.from({ length: 10 }, (_, index) => ({
      contactId: `${person.contactId}-${index}`,
      address: `${index}-${person.address}`,
    }));
    await putDirectory(...people.map(({ contactId, address }) => contactOf({ contactId, email: address })));
    const messages = people.map((one) => invoice({ ...one, group: 'G1' }));
    await enqueue(messages, now());
    await send(sqsEvent('mail-invoices', ...messages.slice(0, 4).map(queued)), contextOf());
    await pause();
    await workQueue();
    const counts = await countMessages('G1');
    expect({ submitted: counts.submitted % 10, deferred: counts.deferred }).toEqual({ submitted: 4, deferred: 6 });
    await runSweep();
    await workQueue();
    expect((await countMessages('G1')).deferred).toBe(6);
    expect(await resume()).toBe(true);
    await Promise.all([queueWaiting(3, 'resume', now()), queueWaiting(100, 'resume', now())]);
    await runSweep();
    await workQueue();
    for (const { address } of people) expect(await sentMails(address)).toHaveLength(1);
    expect((await countMessages('G1')).deferred).toBe(0);
  });

  test('a message whose release was cut short goes on with any copy of it', async () => {
    const message = invoice({ group: 'G2' });
    await enqueue([message], now());
    await step(idOf(message), now(), () => ({ trigger: 'defer', cause: 'test', set: { waitsFor: 'GROUP#G2' } }));
    await workQueue();
    expect(await sentMails(person.address)).toHaveLength(1);
  });
});
