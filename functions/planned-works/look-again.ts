import { createHash } from 'node:crypto';
import { putItem, queryPage, removeItem } from '../aws/tables.ts';
import type { Place } from './diary-store.ts';
import { askFor } from './fan-out.ts';

const SHARDS = 4;
const PAGE = 100;
const CAUSE = 'schedule works-sweep';

type Line = Place & { readonly pk: string; readonly sk: string };

/** Lets the sweep ask about a customer again at an instant. */
export async function lookAgain({ worksId, ocn }: Place, at: Date | undefined): Promise<void> {
  if (!at) return;
  const shard = createHash('sha256').update(`${worksId}#${ocn}`).digest().readUInt8(0) % SHARDS;
  await putItem('works', { pk: `DUE#${shard}`, sk: `${at.toISOString()}#${worksId}#${ocn}`, worksId, ocn });
}

/** Asks about every customer whose instant has come. A line goes away last: a sweep that is cut short is repeated by the next. */
export async function sweepWorks(now: Date): Promise<void> {
  for (let shard = 0; shard < SHARDS; shard += 1) {
    for (;;) {
      const range = { pk: `DUE#${shard}`, between: ['0', `${now.toISOString()}#~`] as const, pageSize: PAGE };
      const { items } = await queryPage<Line>('works', range);
      if (items.length === 0) break;
      await askFor(items, CAUSE, now);
      for (const { pk, sk } of items) await removeItem('works', { pk, sk });
    }
  }
}
