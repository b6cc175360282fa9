import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { accountPage } from '../../../functions/directory/account-pages.ts';
import { accountsOfCustomer, getCustomer, getServices, numbersOf, servicesOf } from '../../../functions/directory/read.ts';
import { type GivenRecord, writeRecords } from '../../../functions/directory/write.ts';
import { useCloud } from '../../emulators/cloud.ts';
import { account, customer, entity, numbers, service } from '../intake/export.ts';

useCloud();

const RUNS = process.env.LONG === '1' ? 200 : 15;
const at = (hour: number) => `2026-11-01T${String(hour).padStart(2, '0')}:00:00.000Z`;
const lines = (...records: object[]): GivenRecord[] => records.map((given, index) => ({ line: index + 1, given }));
const source = (importId: string, hour: number) => ({ importId, time: at(hour) });

beforeAll(async () => {
  await writeRecords('legalEntities', lines(entity(), entity({ legalEntityId: 'GB01', calendar: 'GB-ENG' })), source('base', 0));
  await writeRecords('customers', lines(customer(), customer({ ocn: 'C2' })), source('base', 0));
  await writeRecords('billingAccounts', lines(account(), account({ bcn: 'B2', ocn: 'C2' })), source('base', 0));
});

describe('whatever the order and however often statements come', () => {
  const statement = fc.record({ hour: fc.integer({ min: 0, max: 5 }), updated: fc.option(fc.integer({ min: 0, max: 5 })) });
  let run = 0;

  test('the newest is what the directory holds', async () => {
    const property = fc.asyncProperty(
      fc.uniqueArray(statement, { minLength: 1, maxLength: 6, selector: ({ hour, updated }) => updated ?? hour }),
      fc.infiniteStream(fc.nat()),
      async (statements, order) => {
        run += 1;
        const ocn = `P${run}`;
        const shuffled = [...statements, ...statements].map((one) => ({ one, rank: order.next().value })).sort((a, b) => a.rank - b.rank);
        for (const { one } of shuffled) {
          const { hour, updated } = one;
          const name = `says ${updated ?? hour}`;
          const updatedAt = updated === null ? undefined : at(updated);
          await writeRecords('customers', lines(customer({ ocn, name, updatedAt })), source(`import ${hour} ${updated}`, hour));
        }
        const newest = Math.max(...statements.map(({ hour, updated }) => updated ?? hour));
        expect((await getCustomer(ocn))?.name).toBe(`says ${newest}`);
      },
    );
    await fc.assert(property, { numRuns: RUNS });
  });

  test('the same said anew keeps what was said in between away', async () => {
    const say = (name: string, hour: number) => writeRecords('customers', lines(customer({ ocn: 'S1', name })), source(`s${hour}`, hour));
    await say('right', 1);
    await say('right', 3);
    expect(await say('wrong', 2)).toMatchObject([{ outcome: 'older' }]);
    expect((await getCustomer('S1'))?.name).toBe('right');
  });

  test('two workers at once write one record once, and a repetition counts alike', async () => {
    const records = lines(...Array.from({ length: 50 }, (_, index) => customer({ ocn: `W${index}` })));
    const both = await Promise.all([1, 2].map(() => writeRecords('customers', records, source('twice', 1))));
    for (const outcomes of [...both, await writeRecords('customers', records, source('twice', 1))]) {
      expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['new']));
    }
  });

  test('of two lines about one record the later counts, across pieces and again after a crash', async () => {
    const [one, two] = [customer({ ocn: 'L1', name: 'one' }), customer({ ocn: 'L1', name: 'two' })];
    const piece = (line: number, given: object) => writeRecords('customers', [{ line, given }], source('lines', 1));
    expect(await piece(1, one)).toMatchObject([{ outcome: 'new' }]);
    const expected = [{ outcome: 'changed', repeats: { id: 'L1', line: 1 } }];
    expect(await piece(250, two)).toMatchObject(expected);
    expect(await piece(250, two)).toMatchObject(expected);
    expect((await getCustomer('L1'))?.name).toBe('two');
  });
});

describe('what moves', () => {
  test('a service to another account: both know it, each for its time', async () => {
    const id = 'FRA/MOVED';
    await writeRecords('services', lines(service({ serviceId: id })), source('m1', 1));
    const ownership = [
      { bcn: 'B1', from: '2025-01-01', to: '2026-10-14' },
      { bcn: 'B2', from: '2026-10-15' },
    ];
    await writeRecords('services', lines(service({ serviceId: id, ownership })), source('m2', 2));
    expect(await Array.fromAsync(servicesOf('B1'))).toMatchObject([{ serviceId: id }]);
    expect(await Array.fromAsync(servicesOf('B2'))).toMatchObject([{ serviceId: id }]);
    await writeRecords('services', lines(service({ serviceId: id, ownership: [{ bcn: 'B2', from: '2025-01-01' }] })), source('m3', 3));
    expect(await Array.fromAsync(servicesOf('B1'))).toEqual([]);
    expect(await getServices([id, 'NONE'])).toMatchObject([{ serviceId: id }]);
  });

  test('an account to another customer', async () => {
    await writeRecords('billingAccounts', lines(account({ bcn: 'M1' })), source('m1', 1));
    await writeRecords('billingAccounts', lines(account({ bcn: 'M1', ocn: 'C2' })), source('m2', 2));
    expect((await accountsOfCustomer('C1')).map(({ bcn }) => bcn)).not.toContain('M1');
    expect((await accountsOfCustomer('C2')).map(({ bcn }) => bcn)).toContain('M1');
  });

  test('a customer to another legal entity takes its accounts to the calendar there', async () => {
    await writeRecords('customers', lines(customer({ ocn: 'C9' })), source('m1', 1));
    const own = account({ bcn: 'M92', ocn: 'C9', calendar: 'FR' });
    await writeRecords('billingAccounts', lines(account({ bcn: 'M91', ocn: 'C9' }), own), source('m1', 1));
    expect(await calendarsOf('M91')).toEqual(['DE']);
    await writeRecords('customers', lines(customer({ ocn: 'C9', legalEntityId: 'GB01' })), source('m2', 2));
    expect(await calendarsOf('M91')).toEqual(['GB-ENG']);
    expect(await calendarsOf('M92')).toEqual(['FR']);
    await writeRecords('billingAccounts', lines({ ...own, calendar: '' }), source('m3', 3));
    expect(await calendarsOf('M92')).toEqual(['GB-ENG']);
  });
});

test('a number that came back is two ranges; one whose date was corrected is one', async () => {
  const [from, to] = ['+493023125200', '+493023125299'];
  const held = numbers({ bcn: 'B2', from, to, assignedOn: '2024-01-01', endedOn: '2024-06-30', status: 'ceased' });
  await writeRecords('numbers', lines(held, numbers({ bcn: 'B2', from, to, assignedOn: '2025-01-01' })), source('n1', 1));
  await writeRecords('numbers', lines(numbers({ bcn: 'B2', from, to, assignedOn: '2025-02-01' })), source('n2', 2));
  const ranges = await Array.fromAsync(numbersOf('B2'));
  expect(ranges.map(({ assignedOn }) => assignedOn)).toEqual(['2024-01-01', '2025-02-01']);
});

test('every account of a calendar comes once, by legal entity and BCN, over many pages', async () => {
  const count = process.env.LONG === '1' ? 20_000 : 1_500;
  const bcns = Array.from({ length: count }, (_, index) => `Z${String(index * 7).padStart(6, '0')}`);
  const accounts = bcns.map((bcn, index) => account({ bcn, ocn: index % 2 ? 'C1' : 'C2', calendar: index % 3 ? 'JP' : 'KR' }));
  for (let from = 0; from < count; from += 500) {
    await writeRecords('billingAccounts', lines(...accounts.slice(from, from + 500)), source(`z${from}`, 1));
  }
  const found = [...(await accountsIn('JP')), ...(await accountsIn('KR'))];
  const expected = (calendar: string) => accounts.filter((one) => 'calendar' in one && one.calendar === calendar).map(({ bcn }) => bcn);
  expect(found).toEqual([...expected('JP'), ...expected('KR')]);
});

async function accountsIn(calendar: 'JP' | 'KR' | 'DE' | 'GB-ENG' | 'FR'): Promise<string[]> {
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await accountPage(calendar, cursor);
    found.push(...page.accounts.map(({ bcn }) => bcn));
    cursor = page.cursor;
  } while (cursor !== undefined);
  return found;
}

async function calendarsOf(bcn: string): Promise<string[]> {
  const calendars = ['DE', 'GB-ENG', 'FR'] as const;
  const found = await Promise.all(calendars.map(async (calendar) => ((await accountsIn(calendar)).includes(bcn) ? [calendar] : [])));
  return found.flat();
}
