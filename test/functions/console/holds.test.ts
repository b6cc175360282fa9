import { expect, test } from 'vitest';
import { now } from '../../../functions/aws/clock.ts';
import { bucketNamed } from '../../../functions/aws/environment.ts';
import { putObject } from '../../../functions/aws/objects.ts';
import { dropHeldMessage, heldMessagePage, releaseHeldMessage } from '../../../functions/console/held-page.ts';
import { holdsPage } from '../../../functions/console/holds-page.ts';
import type { DocumentsMessage } from '../../../functions/messages/message.ts';
import { enqueue } from '../../../functions/messages/outbox.ts';
import { sentMails } from '../../emulators/cloud.ts';
import { idOf, invoice, person, stateOf, subject, useOutbox, workQueue } from '../messages/outbox-of.ts';
import { ACTOR, asked, form, markupOf, textOf, VIEWER } from './asked.ts';

useOutbox();

const REASON = { reason: 'it is meant so' };

async function sentOff(message: DocumentsMessage): Promise<{ messageId: string }> {
  await enqueue([message], now());
  await workQueue();
  return { messageId: idOf(message) };
}

/** The second of two emails that say the same. */
async function repeated(): Promise<{ messageId: string }> {
  await sentOff(invoice());
  return sentOff(invoice({ subject: `${subject}-again` }));
}

const contentIn = (markup: string) => /name="content" value="([^"]*)"/.exec(markup)?.[1] ?? '';

test('a held email is listed and shown with its reason and what it says', async () => {
  const parameters = await repeated();
  const page = await heldMessagePage(asked({ parameters }));
  expect(textOf(await holdsPage(asked()))).toContain('this address was not told the very same within 24 hours');
  expect(textOf(page)).toContain('Exactly what was held, but for its links');
  // Who may only look must not come to the pages on which a contact decides.
  expect(textOf(page)).toContain('/d/…');
  expect(markupOf(page)).not.toMatch(/v1\.k1\./);
  expect(textOf(page)).toContain('1,234.56');
});

test('a person releases exactly what the page shows', async () => {
  const parameters = await repeated();
  const content = contentIn(markupOf(await heldMessagePage(asked({ parameters }))));
  await expect(releaseHeldMessage(asked({ parameters }), form({ ...REASON, content: '0'.repeat(64) }))).rejects.toThrow('look at it again');
  await expect(releaseHeldMessage(asked({ parameters }), form(REASON))).rejects.toThrow('look at it again');
  const to = `/messages/${parameters.messageId}`;
  expect(await releaseHeldMessage(asked({ parameters }), form({ ...REASON, content }))).toMatchObject({ to });
  await workQueue();
  expect(await sentMails(person.address)).toHaveLength(2);
  const message = await stateOf(invoice({ subject: `${subject}-again` }));
  expect(message?.released).toMatchObject({ by: ACTOR.name, reason: 'it is meant so' });
});

test('or drops it', async () => {
  const parameters = await repeated();
  expect(await dropHeldMessage(asked({ parameters }), form(REASON))).toMatchObject({ to: '/holds' });
  expect(await stateOf(invoice({ subject: `${subject}-again` }))).toMatchObject({
    state: 'skipped',
    reason: 'dropped by Jane Clerk: it is meant so',
  });
  expect((await heldMessagePage(asked({ parameters }))).status).toBe(404);
});

test('nobody is offered to release what may be another customer’s, or anything to who may only look', async () => {
  const key = `${subject}.pdf`;
  await putObject({ bucket: bucketNamed('portal'), key, body: Buffer.from('other'), contentType: 'application/pdf' });
  const attachments = [{ key, sha256: 'abc', filename: 'invoice.pdf', contentType: 'application/pdf', bytes: 5 }];
  const parameters = await sentOff(invoice({ attachments }));
  const page = await heldMessagePage(asked({ parameters }));
  expect(textOf(page)).toContain('Nobody can release it');
  expect(markupOf(page)).not.toContain('/release');
  expect(markupOf(page)).toContain('/drop');
  expect(markupOf(await heldMessagePage(asked({ parameters, person: VIEWER })))).not.toContain('<form');
});
