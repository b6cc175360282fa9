import { randomUUID } from 'node:crypto';
import { simpleParser } from 'mailparser';
import { beforeEach, describe, expect, test } from 'vitest';
import { now } from '../../../functions/aws/clock.ts';
import { bucketNamed } from '../../../functions/aws/environment.ts';
import { putObject } from '../../../functions/aws/objects.ts';
import { putItem } from '../../../functions/aws/tables.ts';
import { ACCOUNT, accountKey, customerKey } from '../../../functions/directory/keys.ts';
import { enqueue } from '../../../functions/messages/outbox.ts';
import { handler as send } from '../../../functions/messages/send.handler.ts';
import { decideFor } from '../../../functions/preferences/hand-over.ts';
import { setPreference } from '../../../functions/preferences/preferences.ts';
import type { InvoicesChoice } from '../../../functions/preferences/setting.ts';
import { suppress } from '../../../functions/preferences/suppression.ts';
import { contextOf, sentMails, sqsEvent } from '../../emulators/cloud.ts';
import { contactOf, putDirectory } from './directory-of.ts';
import { at, invoice, later, PDF, person, queued, records, stateOf, subject, useOutbox, workQueue } from './outbox-of.ts';

useOutbox();

describe('consent', () => {
  const switchOff = () =>
    setPreference(
      '100234',
      person.contactId,
      { name: 'category', bcn: 'B4711', category: 'documents', value: 'off' },
      { changeId: randomUUID(), at: at(0), by: 'contact', how: 'page' },
    );

  test('an opt-out that was answered before the claim wins, however close', async () => {
    // Ten rounds of opt-out and sending at the same time: whenever the opt-out was answered before the claim, nothing leaves.
    for (let round = 0; round < 10; round += 1) {
      const message = { ...records(), subject: `${subject}-${round}` };
      const contactId = `${person.contactId}-${round}`;
      const address = `${round}-${person.address}`;
      await putDirectory(contactOf({ contactId, email: address }));
      const mine = { ...message, contactId, address };
      await enqueue([mine], now());
      let answeredAt = Number.POSITIVE_INFINITY;
      const optOut = setPreference(
        '100234',
        contactId,
        { name: 'category', bcn: '*', category: 'documents', value: 'off' },
        { changeId: randomUUID(), at: at(0), by: 'contact', how: 'page' },
      ).then(() => {
        answeredAt = performance.now();
      });
      const sending = send(sqsEvent('mail-invoices', queued(mine)), contextOf());
      await Promise.all([optOut, sending]);
      const { state, reason } = (await stateOf(mine)) ?? {};
      const mails = await sentMails(address);
      expect(mails.length).toBe(state === 'submitted' ? 1 : 0);
      expect(answeredAt).toBeLessThan(Number.POSITIVE_INFINITY);
      if (state !== 'submitted') expect({ state, reason }).toEqual({ state: 'skipped', reason: 'the contact switched "documents" off' });
    }
  });

  test('an invoice comes even if other mail is switched off', async () => {
    await switchOff();
    await enqueue([invoice(), records()], now());
    await workQueue();
    expect((await stateOf(invoice()))?.state).toBe('submitted');
    expect((await stateOf(records()))?.state).toBe('skipped');
  });

  describe('who gets the invoices', () => {
    let colleague: { contactId: string; address: string };

    beforeEach(async () => {
      colleague = { contactId: `${person.contactId}-2`, address: `2-${person.address}` };
      await putDirectory(contactOf({ contactId: colleague.contactId, email: colleague.address, roles: ['technical'] }));
    });

    const handOver = (value: InvoicesChoice) =>
      decideFor(
        '100234',
        person.contactId,
        { name: 'invoices', bcn: 'B4711', value },
        { changeId: randomUUID(), at: now().toISOString(), by: 'contact', how: 'page' },
      );

    test('what waits for who hands over goes to who was named, once, without a billing role', async () => {
      await enqueue([invoice()], now());
      await handOver(`to:${colleague.contactId}`);
      await workQueue();
      expect(await stateOf(invoice())).toMatchObject({
        state: 'skipped',
        reason: 'the contact handed the invoices of this account over',
      });
      expect((await stateOf(invoice(colleague)))?.state).toBe('submitted');
      await enqueue([invoice(), invoice(colleague)], now());
      await workQueue();
      expect([await sentMails(person.address), await sentMails(colleague.address)].map(({ length }) => length)).toEqual([0, 1]);
    });

    test('what waits for who was named goes back to who takes it back', async () => {
      await handOver(`to:${colleague.contactId}`);
      await enqueue([invoice(colleague)], now());
      later(1);
      await handOver('here');
      await workQueue();
      expect((await stateOf(invoice(colleague)))?.state).toBe('skipped');
      expect((await stateOf(invoice()))?.state).toBe('submitted');
    });

    test('when the address of who was named takes no mail any more, it goes to who left', async () => {
      const lonely = { bcn: `B-${subject}`, ocn: `C-${subject}` };
      await putDirectory(contactOf({ contactId: person.contactId, ocn: lonely.ocn, email: person.address }));
      await putDirectory(contactOf({ contactId: colleague.contactId, ocn: lonely.ocn, email: colleague.address, roles: ['technical'] }));
      await putItem('directory', { ...accountKey(lonely.bcn), record: { bcn: lonely.bcn, ocn: lonely.ocn } });
      await putItem('directory', { pk: customerKey(lonely.ocn).pk, sk: `${ACCOUNT}${lonely.bcn}` });
      await decideFor(
        lonely.ocn,
        person.contactId,
        { name: 'invoices', bcn: lonely.bcn, value: `to:${colleague.contactId}` },
        { changeId: randomUUID(), at: now().toISOString(), by: 'contact', how: 'page' },
      );
      const waiting = invoice({ ...colleague, ...lonely });
      await enqueue([waiting], now());
      await suppress(colleague.address, { reason: 'bounce', at: at(0), messageId: 'm' });
      await workQueue();
      expect(await stateOf(waiting)).toMatchObject({ state: 'skipped' });
      expect(await stateOf(invoice(lonely))).toMatchObject({
        ...person,
        state: 'submitted',
        cause: expect.stringContaining(`instead of ${colleague.contactId}`),
      });
    });

    test('a colleague whom nobody named gets none', async () => {
      await enqueue([invoice(colleague)], now());
      await workQueue();
      expect(await stateOf(invoice(colleague))).toMatchObject({
        state: 'skipped',
        reason: 'the contact is no longer a billing contact of this account',
      });
    });
  });

  test('links-only leaves the attachment out', async () => {
    const sha256 = await putObject({ bucket: bucketNamed('portal'), key: `${subject}.pdf`, body: PDF, contentType: 'application/pdf' });
    await setPreference(
      '100234',
      person.contactId,
      { name: 'format', bcn: '*', value: 'links-only' },
      { changeId: 'x', at: at(0), by: 'contact', how: 'page' },
    );
    const message = invoice({
      attachments: [{ key: `${subject}.pdf`, sha256, filename: 'i.pdf', contentType: 'application/pdf', bytes: PDF.length }],
    });
    await enqueue([message], now());
    await workQueue();
    const mail = await simpleParser((await sentMails(person.address))[0]?.raw ?? '');
    expect(mail.attachments).toEqual([]);
  });
});
