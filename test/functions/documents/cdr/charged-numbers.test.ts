import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { writeCdr } from '../../../../functions/documents/cdr/write-cdr.ts';

const HEADER =
  'recordId,chargedNumber,aNumber,bNumber,direction,startTime,durationSeconds,ratedSeconds,callClass,destination,timeBand,charge,currency,serviceId';

let id = 0;
const call = (number: string, day: string, recordId = `R${id++}`): string =>
  `${recordId},${number},${number},+442079460999,outbound,${day}T10:00:00+00:00,60,60,national,,,0.01,GBP,`;

test('which numbers were charged on which days, in whatever order the file is; calls that do not count are left out', async () => {
  const spool = mkdtempSync(join(tmpdir(), 'charged-'));
  const rows = [
    call('+442079460001', '2026-10-05'),
    call('+442079460002', '2026-10-07'),
    call('+442079460001', '2026-10-03'),
    call('+442079460001', '2026-10-05', 'TWICE'),
    call('+442079460003', '2026-10-06', 'TWICE'),
    call('', '2026-10-06'),
    call('+442079460004', '2025-01-01'),
  ];
  const { charged } = await writeCdr({
    input: Readable.from([Buffer.from(`${[HEADER, ...rows].join('\n')}\n`)]),
    layout: 'carrierpost',
    account: { bcn: 'B1', currency: 'GBP', itemisation: 'none' },
    period: '2026-10',
    spool,
  });
  rmSync(spool, { recursive: true });
  expect([...charged]).toEqual([
    { number: '+442079460001', calls: 3, days: ['2026-10-03', '2026-10-05'] },
    { number: '+442079460002', calls: 1, days: ['2026-10-07'] },
  ]);
});
