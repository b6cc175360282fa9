import { csvLine, neutralised } from '../spreadsheets/cells.ts';
import type { MadeFile } from './composed.ts';
import type { Invitation } from './invitation.ts';

const HEADER = ['service_id', 'impact', 'expected_downtime_minutes', 'product', 'a_end', 'z_end', 'billing_account'];

/** All circuits of an invitation as CSV (RFC 4180, UTF-8 with a mark that spreadsheets know it by). */
export function circuitsFile(filename: string, { circuits }: Pick<Invitation, 'circuits'>): MadeFile {
  const lines = circuits.map(({ serviceId, impact, expectedDowntimeMinutes, product, aEnd, bEnd, bcn }) =>
    csvLine([serviceId, impact, String(expectedDowntimeMinutes ?? ''), product, aEnd, bEnd ?? '', bcn].map(neutralised)),
  );
  return { filename, contentType: 'text/csv; charset=utf-8', content: Buffer.from(`\ufeff${csvLine(HEADER)}${lines.join('')}`) };
}
