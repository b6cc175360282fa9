import { readFileSync } from 'node:fs';
import path from 'node:path';
import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { expect, test } from 'vitest';
import { startLocalCloud } from '../../../infra/local/local-cloud.ts';
import { fixture } from './fixture.ts';

const MAIL = Buffer.from('From: a@carrier.example\r\nTo: b@customer.example\r\nSubject: Your invoice\r\n\r\nHello');

test('the mailbox is opened by whoever asks for it first, with what was sent before', async () => {
  const made = fixture({ Sender: { Type: 'AWS::SES::EmailIdentity', Properties: { EmailIdentity: 'carrier.example' } } });
  const cloud = await startLocalCloud({ assembly: made.assembly, data: made.data });
  cloud.announce();
  try {
    await send(made.data);
    const page = await fetch(cloud.urls.mailbox, { headers: { accept: 'text/html' } });
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<html')]);
    const list = await fetch(`${cloud.urls.mailbox}/api/email`);
    expect(await list.json()).toMatchObject([{ subject: 'Your invoice', envelope: { to: [{ address: 'b@customer.example' }] } }]);
  } finally {
    await cloud.stop();
    made.remove();
  }
});

async function send(data: string): Promise<void> {
  const { endpoints } = JSON.parse(readFileSync(path.join(data, 'local.json'), 'utf8')) as { endpoints: Record<string, string> };
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new SESClient({ region: 'eu-west-1', credentials, endpoint: endpoints.ses ?? '' });
  await client.send(new SendRawEmailCommand({ Destinations: ['b@customer.example'], RawMessage: { Data: MAIL } }));
  client.destroy();
}
