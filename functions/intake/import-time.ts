import { expression } from '../aws/expression.ts';
import { getItem, putItem } from '../aws/tables.ts';

const KEY = { pk: 'IMPORTS', sk: 'LAST-TIME' };

/**
 * The time for a new import's event: now, but always after the one before. A clock that was set back must not make what a
 * carrier says today older than what it said yesterday.
 */
export async function nextImportTime(now: Date): Promise<Date> {
  for (;;) {
    const last = (await getItem<{ time: string }>('intake', KEY))?.time;
    const time = new Date(Math.max(now.getTime(), last === undefined ? 0 : Date.parse(last) + 1));
    const unchanged = last === undefined ? expression`attribute_not_exists(#pk)` : expression`#time = ${last}`;
    if (await putItem('intake', { ...KEY, time: time.toISOString() }, unchanged)) return time;
  }
}
