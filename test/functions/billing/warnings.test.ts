import { beforeAll, describe, expect, test } from 'vitest';
import { accountRecords } from '../../../functions/billing/chunk.ts';
import type { InvoiceDrafted } from '../../../functions/billing/events.ts';
import { summaries } from '../../../functions/billing/run-summary.ts';
import { suppress } from '../../../functions/preferences/suppression.ts';
import { eventsIn, setClock, useCloud } from '../../emulators/cloud.ts';
import { complete, fire, GOOD, makeNew, PERIOD, PREPARE, PUBLISH, putBill, putCarrier, say } from './month.ts';

const RUN = `${PERIOD}.DE.1`;
const ZERO = { net: '0.00', vat: '0.00', gross: '0.00' };
const UNREACHABLE = 'A billing contact of the account can be reached';

async function warnings() {
  const [summary] = await Array.fromAsync(summaries(PERIOD));
  return summary?.warnings ?? [];
}

describe('a month whose bills are good and look odd', () => {
  useCloud();
  const bcns = { good: 'BW000', zero: 'BW001', first: 'BW002' };

  beforeAll(async () => {
    setClock('2026-11-03T12:00:00Z');
    const carrier = await putCarrier('W', 3);
    await makeNew([bcns.first], carrier);
    for (const bcn of carrier.bcns) await putBill(bcn, bcn === bcns.zero ? ZERO : GOOD);
    await complete();
    await fire('prepare', PREPARE);
  });

  test('a later invoice that looks odd is a warning of its run, and is issued all the same', async () => {
    expect(await warnings()).toEqual([
      { bcn: bcns.zero, reason: 'The total is above nothing: total is 0.00 EUR, expected is more than 0.' },
    ]);
    expect((await accountRecords(RUN, Object.values(bcns))).get(bcns.zero)).toMatchObject({
      state: 'numbered',
      checks: { counts: { blocks: 0, asks: 1, notes: 0 } },
    });
  });

  test('a corrected bill takes its warning with it', async () => {
    await putBill(bcns.zero, { ...GOOD, revision: 1 });
    await say('billing.bills.changed', { period: PERIOD, bcns: [bcns.zero] }, 'corrected');
    expect(await warnings()).toEqual([]);
  });

  test('an address that mail comes back from is found at preparation', async () => {
    await suppress('anna.W@example.com', { reason: 'bounce', at: '2026-11-03T12:00:00Z', messageId: 'M1' });
    await putBill(bcns.good, { ...GOOD, revision: 1 });
    await say('billing.bills.changed', { period: PERIOD, bcns: [bcns.good] }, 'suppressed');
    expect(await warnings()).toEqual([{ bcn: bcns.good, reason: expect.stringContaining(UNREACHABLE) }]);
  });

  test("a first invoice's findings go with its draft, and are no warning of the run", async () => {
    await fire('publish', PUBLISH);
    const drafted = (await eventsIn<InvoiceDrafted>('first-invoices.fifo')).filter(({ type }) => type === 'invoice.drafted');
    expect(drafted.map(({ data: { bcn, checks } }) => [bcn, checks?.results.length])).toEqual([[bcns.first, 1]]);
    expect((await warnings()).map(({ bcn }) => bcn)).not.toContain(bcns.first);
  });
});
