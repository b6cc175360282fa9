import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { putItem } from '../../../functions/aws/tables.ts';
import { accountKey, contactKey, customerKey } from '../../../functions/directory/keys.ts';
import { contactsOf } from '../../../functions/directory/read.ts';
import { decideFor, invoiceReadersOf, LAST_READER } from '../../../functions/preferences/hand-over.ts';
import { preferenceHistory } from '../../../functions/preferences/preferences.ts';
import type { InvoicesChoice } from '../../../functions/preferences/setting.ts';
import { suppress } from '../../../functions/preferences/suppression.ts';
import { useCloud } from '../../emulators/cloud.ts';
import { contactOf } from '../messages/directory-of.ts';

useCloud();

const NOW = '2026-11-04T09:00:00.000Z';

let ocn: string;
let minute = 0;

beforeEach(async () => {
  ocn = randomUUID().slice(0, 8);
  for (const bcn of [`${ocn}-1`, `${ocn}-2`]) {
    await putItem('directory', { ...accountKey(bcn), record: { bcn, ocn } });
    await putItem('directory', { pk: customerKey(ocn).pk, sk: `ACCOUNT#${bcn}` });
  }
  for (const contactId of ['anna', 'bert']) await put(contactId);
});

async function put(contactId: string, changes: Partial<Parameters<typeof contactOf>[0]> = {}): Promise<void> {
  const contact = contactOf({ contactId, ocn, email: `${contactId}@${ocn}.example`, ...changes });
  await putItem('directory', { ...contactKey(ocn, contactId), record: contact });
}

function decide(contactId: string, value: InvoicesChoice, bcn = '*', at = nextMinute()): Promise<unknown> {
  return decideFor(ocn, contactId, { name: 'invoices', bcn, value }, { changeId: randomUUID(), at, by: contactId, how: 'page' });
}

/** Each decision is newer than the one before. */
function nextMinute(): string {
  minute += 1;
  return new Date(Date.parse(NOW) + minute * 60_000).toISOString();
}

async function readers(account = 1): Promise<string[]> {
  return (await invoiceReadersOf(await contactsOf(ocn), `${ocn}-${account}`, NOW.slice(0, 10))).map(({ contactId }) => contactId);
}

describe('handing invoices over', () => {
  test('one leaves, the other cannot follow, but may name somebody', async () => {
    await decide('anna', 'others');
    expect(await readers()).toEqual(['bert']);
    await expect(decide('bert', 'others')).rejects.toThrow(LAST_READER);
    await expect(decide('bert', 'others')).rejects.toMatchObject({ field: 'invoices' });
    await put('carla', { roles: ['technical'] });
    await decide('bert', 'to:carla');
    expect([await readers(1), await readers(2)]).toEqual([['carla'], ['carla']]);
    await decide('bert', 'here');
    expect(await readers()).toEqual(['bert']);
  });

  test('for one account alone', async () => {
    await decide('anna', 'others', `${ocn}-1`);
    expect([await readers(1), await readers(2)]).toEqual([['bert'], ['anna', 'bert']]);
    await expect(decide('anna', 'others', 'B-nowhere')).rejects.toThrow(
      'bcn is "B-nowhere": a billing account that contact anna looks after',
    );
  });

  test('an account that only one looks after keeps its reader', async () => {
    await put('bert', { bcns: [`${ocn}-1`] });
    await expect(decide('anna', 'others')).rejects.toThrow(`for ${ocn}-2 nobody would get them`);
    await decide('anna', 'others', `${ocn}-1`);
    expect([await readers(1), await readers(2)]).toEqual([['bert'], ['anna']]);
  });

  test.each<[string, InvoicesChoice, () => Promise<void>, string]>([
    ['oneself', 'to:anna', async () => undefined, 'another contact of the same customer is expected'],
    ['nobody known', 'to:zoe', async () => undefined, 'another contact of the same customer is expected'],
    ['who left', 'to:carla', () => put('carla', { activeTo: '2026-11-03' }), 'another contact of the same customer is expected'],
    ['who takes no mail', 'to:bert', () => silence('bert'), 'a contact whose address takes mail is expected'],
    ['who handed over too', 'to:bert', async () => void (await decide('bert', 'others')), 'has not handed over its own invoices'],
  ])('naming %s is refused', async (_, choice, prepare, reason) => {
    await prepare();
    await expect(decide('anna', choice)).rejects.toThrow(reason);
    expect(await preferenceHistory(ocn, 'anna')).toEqual([]);
  });

  test('nobody relies on others whose addresses take no mail', async () => {
    await silence('bert');
    await expect(decide('anna', 'others')).rejects.toThrow(LAST_READER);
  });

  test('whoever was named cannot pass it on to nobody', async () => {
    await put('carla', { roles: [] });
    await decide('anna', 'to:carla');
    await decide('bert', 'to:carla');
    await expect(decide('carla', 'others')).rejects.toThrow(LAST_READER);
  });

  test('of two who leave at the same instant one stays', async () => {
    for (let round = 0; round < 10; round += 1) {
      for (const contactId of ['anna', 'bert'])
        await decide(contactId, 'here', '*', new Date(Date.parse(NOW) + round * 2000).toISOString());
      const at = new Date(Date.parse(NOW) + round * 2000 + 1000).toISOString();
      const both = await Promise.allSettled(['anna', 'bert'].map((contactId) => decide(contactId, 'others', '*', at)));
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(await readers()).toHaveLength(1);
    }
  });

  test('when those who remain cannot be reached any more, who left gets them', async () => {
    await decide('anna', 'others');
    await silence('bert');
    expect(await readers()).toEqual(['bert', 'anna']);
  });
});

async function silence(contactId: string): Promise<void> {
  await suppress(`${contactId}@${ocn}.example`, { reason: 'bounce', at: NOW, messageId: 'm' });
}
