import { expression } from '../aws/expression.ts';
import { getItem, putItem } from '../aws/tables.ts';
import type { CloudEvent } from '../events/cloud-event.ts';
import type { PlannedWorks } from './works.ts';

/*
 * The `works` table: pk WORKS#<worksId>, sk STATE, the works as their highest revision describes them.
 */

interface StoredWorks {
  readonly revision: number;
  readonly works: PlannedWorks;
}

/**
 * Keeps works if this is their highest revision so far, whichever comes first.
 * @returns false when the same or a higher revision is there
 */
export function storeWorks({ id, source, data }: CloudEvent<PlannedWorks>, now: Date): Promise<boolean> {
  const stored: StoredWorks = { revision: data.revision, works: data };
  return putItem(
    'works',
    { ...keyOf(data.worksId), ...stored, source, eventId: id, receivedAt: now.toISOString() },
    expression`attribute_not_exists(#pk) OR #revision < ${data.revision}`,
  );
}

/** Works by their highest revision; undefined when none have come. */
export async function getWorks(worksId: string): Promise<PlannedWorks | undefined> {
  return (await getItem<StoredWorks>('works', keyOf(worksId)))?.works;
}

function keyOf(worksId: string) {
  return { pk: `WORKS#${worksId}`, sk: 'STATE' };
}
