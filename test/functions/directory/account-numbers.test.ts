import { beforeAll, expect, test } from 'vitest';
import { accountNumbers } from '../../../functions/directory/account-numbers.ts';
import { type GivenRecord, writeRecords } from '../../../functions/directory/write.ts';
import { buildUnl } from '../../../functions/documents/unl.ts';
import { useCloud } from '../../emulators/cloud.ts';
import { account, customer, entity, numbers, service } from '../intake/export.ts';

useCloud();

const lines = (...records: object[]): GivenRecord[] => records.map((given, index) => ({ line: index + 1, given }));
const SOURCE = { importId: 'moves', time: '2026-11-01T00:00:00.000Z' };
const MOVE = [
  { bcn: 'B1', from: '2024-01-01', to: '2026-10-15' },
  { bcn: 'B2', from: '2026-10-15' },
];
/** Told under the old account, under the new one, under both, ended with the move, and of a service that never moved. */
const RANGES = [
  numbers({ bcn: 'B1', serviceId: 'MOVED', from: '+441614960100', to: undefined }),
  numbers({ bcn: 'B2', serviceId: 'MOVED', from: '+441614960200', to: undefined }),
  numbers({ bcn: 'B1', serviceId: 'MOVED', from: '+441614960300', to: undefined }),
  numbers({ bcn: 'B2', serviceId: 'MOVED', from: '+441614960300', to: undefined, assignedOn: '2026-10-15' }),
  numbers({ bcn: 'B1', serviceId: 'MOVED', from: '+441614960400', to: undefined, status: 'ceased', endedOn: '2026-10-15' }),
  numbers({ bcn: 'B1', serviceId: 'STAYS', from: '+441614960500', to: undefined }),
];

beforeAll(async () => {
  await writeRecords('legalEntities', lines(entity()), SOURCE);
  await writeRecords('customers', lines(customer({ ocn: 'C1' })), SOURCE);
  await writeRecords('billingAccounts', lines(account({ bcn: 'B1', ocn: 'C1' }), account({ bcn: 'B2', ocn: 'C1' })), SOURCE);
  const moved = service({ serviceId: 'MOVED', ownership: MOVE });
  const stays = service({ serviceId: 'STAYS', ownership: [{ bcn: 'B1', from: '2024-01-01' }] });
  const written = await writeRecords('services', lines(moved, stays), SOURCE);
  const held = await writeRecords('numbers', lines(...RANGES), SOURCE);
  expect([...written, ...held].map(({ outcome }) => outcome)).toEqual(Array(8).fill('new'));
});

test.each([
  ['B1', '2026-10', ['0400', '0500']],
  ['B2', '2026-10', ['0100', '0200', '0300']],
  ['B1', '2026-09', ['0100', '0200', '0300', '0400', '0500']],
  ['B2', '2026-09', []],
])('numbers of %s in %s follow their service', async (bcn, period, listed) => {
  const { ranges, ownerOf } = await accountNumbers(bcn);
  const unl = buildUnl({ ocn: 'C1', bcn, name: 'Moves' }, ranges, period, ownerOf);
  expect(unl.rows.map(({ from }) => from.slice(-4))).toEqual(listed);
  expect(unl.problems).toEqual([]);
});
