import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** An email as a customer's program sent it: replies/*.eml. */
export function savedMail(name: string): Buffer {
  return readFileSync(savedMailPath(name));
}

export function savedMailPath(name: string): string {
  return join(import.meta.dirname, 'replies', `${name}.eml`);
}

/** A short email with these headers. */
export function mailOf(headers: readonly string[], body = 'Hello.'): Buffer {
  return Buffer.from([...headers, '', body, ''].join('\r\n'));
}

/** An SNS notification of what SES received; changes go into the receipt. */
export function notificationOf(changes: object = {}, mail: object = { messageId: 'ses-1' }): string {
  const pass = { status: 'PASS' };
  const receipt = {
    recipients: ['planned-works@carrier.example'],
    spamVerdict: pass,
    virusVerdict: pass,
    spfVerdict: pass,
    dkimVerdict: pass,
    dmarcVerdict: pass,
    action: { type: 'S3', topicArn: 'arn', bucketName: 'inbound', objectKeyPrefix: 'works/', objectKey: 'works/ses-1' },
    ...changes,
  };
  return JSON.stringify({ Type: 'Notification', Message: JSON.stringify({ notificationType: 'Received', mail, receipt }) });
}
