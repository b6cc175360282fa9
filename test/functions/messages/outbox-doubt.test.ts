import { describe, expect, test } from 'vitest';
import { now } from '../../../functions/aws/clock.ts';
import { expression } from '../../../functions/aws/expression.ts';
import { putItem, updateItem } from '../../../functions/aws/tables.ts';
import type { DocumentsMessage } from '../../../functions/messages/message.ts';
import { enqueue } from '../../../functions/messages/outbox.ts';
import { handler as send } from '../../../functions/messages/send.handler.ts';
import { handler as sesEvents } from '../../../functions/messages/ses-events.handler.ts';
import { keyOfMessage, step } from '../../../functions/messages/store.ts';
import { suppressionOf } from '../../../functions/preferences/suppression.ts';
import { contextOf, eventOf, failSes, receiveAll, sentMails, sqsEvent } from '../../emulators/cloud.ts';
import { contactOf, putDirectory } from './directory-of.ts';
import { at, idOf, invoice, later, person, queued, records, runSweep, stateOf, useOutbox, workQueue } from './outbox-of.ts';

useOutbox();

async function tellEvents(match: (text: string) => boolean, times = 1): Promise<void> {
  for (let waited = 0; waited < 100; waited += 1) {
    const found = (await receiveAll('ses-events')).filter(({ Body }) => match(Body ?? ''));
    const all = Array.from({ length: times }, () => found).flat();
    if (found.length > 0) {
      await sesEvents(eventOf('ses-events', all), contextOf('ses-events'));
      return;
    }
  }
  throw new Error('No such SES event came');
}

describe('crashes and doubt', () => {
  /** SES took the mail, then the function died: what the table says is the claim. */
  async function crashAfterSes(message: DocumentsMessage): Promise<void> {
    await enqueue([message], now());
    await workQueue();
    const { claims } = (await stateOf(message)) ?? { claims: [] };
    await updateItem('messages', keyOfMessage(idOf(message)), expression`SET #state = ${'claimed'}`, expression`attribute_exists(#pk)`);
    await putDueAgain(idOf(message));
    expect(claims).toHaveLength(1);
  }

  async function putDueAgain(messageId: string): Promise<void> {
    const { dueOf } = await import('../../../functions/messages/due.ts');
    await putItem('messages', dueOf(messageId, new Date(at(15))));
  }

  test("SES's SEND event settles a claim whose record was lost: one mail", async () => {
    const message = invoice();
    await crashAfterSes(message);
    await send(sqsEvent('mail-invoices', queued(message)), contextOf());
    await tellEvents((text) => text.includes(idOf(message)), 3);
    later(16);
    await runSweep();
    await workQueue();
    expect(await sentMails(person.address)).toHaveLength(1);
    expect((await stateOf(message))?.state).toMatch(/submitted|delivered/);
  });

  test('without any word for 15 minutes mandatory mail goes once more, optional mail never', async () => {
    const [mandatory, optional] = [invoice(), records()];
    await failSes('InternalFailure', 2);
    await enqueue([mandatory, optional], now());
    await workQueue();
    await failSes('InternalFailure', 0);
    expect((await stateOf(mandatory))?.state).toBe('unknown');
    later(14);
    await runSweep();
    await workQueue();
    expect(await sentMails(person.address)).toHaveLength(0);
    later(15);
    await runSweep();
    await runSweep();
    await workQueue();
    expect((await stateOf(mandatory))?.state).toBe('submitted');
    expect((await stateOf(optional))?.state).toBe('unknown');
    expect(await sentMails(person.address)).toHaveLength(1);
  });

  test('a crash between the outbox and the queue is mended when the caller repeats itself', async () => {
    const message = invoice();
    await enqueue([message], now());
    await receiveAll('mail-invoices');
    await enqueue([message], now());
    await workQueue();
    expect(await sentMails(person.address)).toHaveLength(1);
  });

  test('a throttled message goes back, comes again later and is no failure', async () => {
    const message = invoice();
    await failSes('Throttling', 1);
    await enqueue([message], now());
    await send(eventOf('mail-invoices', await receiveAll('mail-invoices')), contextOf());
    expect(await stateOf(message)).toMatchObject({ state: 'queued', throttles: 1 });
    expect(await receiveAll('mail-invoices')).toEqual([]);
    await send(sqsEvent('mail-invoices', queued(message)), contextOf());
    expect((await stateOf(message))?.state).toBe('submitted');
    expect(await receiveAll('mail-invoices', { dlq: true })).toEqual([]);
  });
});

describe('what SES tells', () => {
  test('a hard bounce suppresses the address, however it is spelt', async () => {
    const message = invoice({ address: 'bounce@simulator.amazonses.com' });
    await putDirectory(contactOf({ contactId: person.contactId, email: 'bounce@simulator.amazonses.com' }));
    await enqueue([message], now());
    await workQueue();
    await tellEvents((text) => text.includes('bouncedRecipients') && text.includes(idOf(message)), 2);
    expect((await stateOf(message))?.state).toBe('bounced');
    expect(await suppressionOf('BOUNCE@simulator.amazonses.com')).toMatchObject({ reason: 'bounce' });
  });

  test('a claim of somebody else changes nothing', async () => {
    const message = invoice();
    await enqueue([message], now());
    const mail = { messageId: 'ses-1', tags: { messageId: [idOf(message)], claim: ['not-ours'] } };
    const body = JSON.stringify({ Type: 'Notification', Message: JSON.stringify({ eventType: 'Send', mail }) });
    await sesEvents(sqsEvent('ses-events', body), contextOf());
    expect((await stateOf(message))?.state).toBe('queued');
  });

  test('a late SEND event keeps a message that was queued again from leaving twice', async () => {
    const message = invoice();
    await enqueue([message], now());
    const id = idOf(message);
    await step(id, now(), () => ({ trigger: 'claim', cause: 'test', set: { claims: ['c1'] } }));
    await step(id, now(), () => ({ trigger: 'give-back', cause: 'test' }));
    const mail = { messageId: `ses-${id}`, tags: { messageId: [id], claim: ['c1'] } };
    const body = JSON.stringify({ Type: 'Notification', Message: JSON.stringify({ eventType: 'Send', mail }) });
    await sesEvents(sqsEvent('ses-events', body), contextOf());
    await workQueue();
    expect((await stateOf(message))?.state).toBe('submitted');
    expect(await sentMails(person.address)).toEqual([]);
  });
});
