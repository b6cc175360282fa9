import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addressLine } from '../../../functions/directory/home-address.ts';
import { legalEntitySchema } from '../../../functions/directory/records.ts';
import { sellerOf } from '../../../functions/messages/composed.ts';

const ENTITIES = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../../samples/directory/legal-entities.json'), 'utf8')) as {
  legalEntityId: string;
}[];

describe('an address on one line', () => {
  // As the posts of these countries write it, and never with a country code: Royal Mail, Deutsche Post, La Poste, Japan Post.
  test.each([
    [{ street: '14 Signal Yard', postalCode: 'EC2A 4XX', city: 'London', country: 'GB' }, '14 Signal Yard, London, EC2A 4XX'],
    [{ street: 'Musterweg 1', postalCode: '10115', city: 'Berlin', country: 'DE' }, 'Musterweg 1, 10115 Berlin'],
    [{ street: '8 rue de l’Exemple', postalCode: '75002', city: 'Paris', country: 'FR' }, '8 rue de l’Exemple, 75002 Paris'],
    [
      { street: '見本町一丁目2番3号', postalCode: '100-0000', city: '東京都千代田区', country: 'JP' },
      '〒100-0000 東京都千代田区見本町一丁目2番3号',
    ],
    [{ street: '1-2-3 Mihoncho', postalCode: '100-0000', city: 'Tokyo', country: 'JP' }, '1-2-3 Mihoncho, Tokyo 100-0000'],
  ])('%o is %s', (address, line) => {
    expect(addressLine(address)).toBe(line);
  });

  test.each([
    ['NG-GB', 'Northgate Carrier Ltd, 14 Signal Yard, London, EC2A 4XX'],
    ['NG-DE', 'Northgate Carrier Deutschland GmbH, Beispielallee 27, 60311 Frankfurt am Main'],
  ])('stands after the name of %s in the foot of its emails', (id, line) => {
    const entity = ENTITIES.find(({ legalEntityId }) => legalEntityId === id);
    expect(sellerOf(legalEntitySchema.parse(entity)).lines[0]).toBe(line);
  });
});
