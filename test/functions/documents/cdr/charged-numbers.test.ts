import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { writeCdr } from '../../../../functions/documents/cdr/write-cdr.ts';

interface Call {
  readonly number: string;
  readonly day: string;
}

const HEADER =
  'recordId,chargedNumber,aNumber,bNumber,direction,startTime,durationSeconds,ratedSeconds,callClass,destination,timeBand,charge,currency,serviceId';

const rowOf = ({ number, day }: Call, id: string): string =>
  `${id},${number},+442079460100,+442079460999,outbound,${day}T10:00:00,60,60,national,,,0.01,GBP,`;

async function chargedIn(rows: readonly string[]) {
  const spool = mkdtempSync(join(tmpdir(), 'charged-'));
  try {
    const { charged } = await writeCdr({
      input: Readable.from([Buffer.from(`${[HEADER, ...rows].join('\n')}\n`)]),
      layout: 'carrierpost',
      account: { bcn: 'B1', currency: 'GBP', itemisation: 'none' },
      period: '2026-10',
      lateUsageDays: 60,
      spool,
    });
    return [...charged].sort((a, b) => (a.number < b.number ? -1 : 1));
  } finally {
    rmSync(spool, { recursive: true });
  }
}

test('calls that do not count are left out: twice in the file, without a number, of another year', async () => {
  const calls = [
    rowOf({ number: '+442079460001', day: '2026-10-05' }, 'A'),
    rowOf({ number: '+442079460003', day: '2026-10-06' }, 'A'),
    rowOf({ number: '', day: '2026-10-06' }, 'B'),
    rowOf({ number: '+442079460004', day: '2025-01-01' }, 'C'),
  ];
  expect(await chargedIn(calls)).toEqual([{ number: '+442079460001', calls: 1, days: ['2026-10-05'] }]);
});

test('numbers, calls and days are those of the file, in whatever order and spelling', async () => {
  const digits = fc.stringMatching(/^[1-9]\d{2,14}$/);
  const number = fc.oneof(
    { weight: 3, arbitrary: digits.map((text) => `+${text}`) },
    digits,
    fc.constantFrom('02079460001', '+02079460001', 'anonymous', '+447700900123', '447700900123', '12345678901234567890'),
  );
  const day = fc.oneof(
    fc.integer({ min: 1, max: 31 }).map((n) => `2026-10-${String(n).padStart(2, '0')}`),
    fc.constantFrom('2026-09-30', '2026-08-31', '2026-09-01'),
  );
  const calls = fc.array(fc.record({ number, day }), { minLength: 1, maxLength: 80 });
  await fc.assert(
    fc.asyncProperty(calls, async (all) => {
      const expected = [...Map.groupBy(all, (call) => call.number)].map(([called, own]) => ({
        number: called,
        calls: own.length,
        days: [...new Set(own.map((call) => call.day))].sort(),
      }));
      expect(await chargedIn(all.map((call, i) => rowOf(call, `R${i}`)))).toEqual(expected.sort((a, b) => (a.number < b.number ? -1 : 1)));
    }),
    { numRuns: 60 },
  );
});

test('very many numbers are all kept', async () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => rowOf({ number: `+4420${79_460_000 + i}`, day: '2026-10-07' }, `R${i}`));
  expect((await chargedIn(rows)).length).toBe(20_000);
});
