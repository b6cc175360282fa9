import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Carrier } from '../oracle/carrier.ts';
import type { LocalCloud } from './local-cloud.ts';
import { FEW, writeSlice } from './slice.ts';

/** Parked in the sample, because its VAT is a cent off. */
export const PARKED = 'B20016401';
/** Issued in the sample. */
export const ISSUED = 'B10020101';

/** What the carrier's billing system corrected: the cent, and the price of a line that was billed already. */
const CORRECTED: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  [`bills/${PARKED}.json`]: [
    ['"186.64"', '"186.63"'],
    ['"1168.92"', '"1168.91"'],
  ],
  [`bills/${ISSUED}.json`]: [
    ['"845.00"', '"835.00"'],
    ['"1728.78"', '"1718.78"'],
    ['"345.76"', '"343.76"'],
    ['"2074.54"', '"2062.54"'],
  ],
};

/** The export of the few accounts, or of others, delivered again with one bill mended and one changed. */
export function writeCorrected(folder: string, bcns: readonly string[] = FEW): Carrier {
  return writeSlice(folder, bcns, (name, content) => {
    const [, changes = []] = Object.entries(CORRECTED).find(([file]) => name.endsWith(file)) ?? [];
    return Buffer.from(
      changes.reduce((text, [from, to]) => text.replaceAll(from, to), content.toString('latin1')),
      'latin1',
    );
  });
}

/** Puts events onto the billing queue, all at once, as somebody's own system would. */
export async function sendToBilling({ file }: LocalCloud, type: string, data: object, ids: readonly string[]): Promise<void> {
  const { region, credentials, endpoints, queues } = file;
  const client = new SQSClient({ region, credentials, endpoint: endpoints.sqs });
  const event = { specversion: '1.0', source: '/billing-desk', type, time: '2026-11-05T09:00:00Z', subject: 'rerun', data };
  const bodies = ids.map((id) => JSON.stringify({ ...event, id }));
  await Promise.all(bodies.map((MessageBody) => client.send(new SendMessageCommand({ QueueUrl: queues.billing, MessageBody }))));
  client.destroy();
}
