import { getItems, queryItems, queryPage } from '../aws/tables.ts';
import type { CalendarCode } from '../calendars/calendars.ts';
import { ACCOUNT_SHARDS, accountKey, accountsPartition, calendarsPartition, ENTITY_CALENDAR, type Stored } from './keys.ts';
import { getCustomers, legalEntities } from './read.ts';
import type { BillingAccount, LegalEntity } from './records.ts';

export interface AccountOfCalendar {
  readonly bcn: string;
  readonly ocn: string;
  readonly legalEntityId: string;
}

export interface AccountPage {
  readonly accounts: AccountOfCalendar[];
  /** Hand back to read on; missing on the last page. */
  readonly cursor?: string | undefined;
}

/** Pointers read from each shard at once; a page has up to ACCOUNT_SHARDS times as many accounts. */
const PER_SHARD = 60;
/** Ids begin at `0` and hold nothing above `z`. */
const FIRST = '0';
const LAST = '~';

/**
 * Pages through every account of a billing calendar (the account's own, else its entity's), closed ones too, sorted by
 * legal entity and BCN. A page may be empty and still have a cursor.
 */
export async function accountPage(calendar: CalendarCode, cursor?: string): Promise<AccountPage> {
  const [fromEntity = '', after] = cursor?.split('/') ?? [];
  const entities = (await legalEntities()).filter(({ legalEntityId }) => legalEntityId >= fromEntity);
  for (const entity of entities) {
    const start = entity.legalEntityId === fromEntity ? after : undefined;
    const { bcns, last } = await mergedPointers(await partitionsOf(entity, calendar), start);
    if (bcns.length === 0) continue;
    const accounts = await followed(bcns, entity, calendar);
    const rest = last ?? LAST;
    return { accounts, cursor: `${entity.legalEntityId}/${rest}` };
  }
  return { accounts: [] };
}

/** An entity's accounts that follow a calendar: by their own choice, and, when it is the entity's, all without a choice. */
async function partitionsOf({ legalEntityId, calendar: ofEntity }: LegalEntity, calendar: CalendarCode): Promise<string[]> {
  const choices: string[] = [];
  for await (const { sk } of queryItems<{ sk: string }>('directory', { pk: calendarsPartition(legalEntityId) })) {
    if (sk === calendar || (sk === ENTITY_CALENDAR && ofEntity === calendar)) choices.push(sk);
  }
  return choices.flatMap((choice) => Array.from({ length: ACCOUNT_SHARDS }, (_, shard) => accountsPartition(legalEntityId, choice, shard)));
}

/**
 * The next pointers over all shards in order. Beyond the last pointer of a shard that has more nothing is known of that
 * shard, so the page ends there.
 */
async function mergedPointers(
  partitions: readonly string[],
  after: string | undefined,
): Promise<{ bcns: string[]; last?: string | undefined }> {
  const from = after === undefined ? FIRST : `${after}-`;
  if (from > LAST) return { bcns: [] };
  const pages = await Promise.all(
    partitions.map((pk) => queryPage<{ sk: string }>('directory', { pk, between: [from, LAST], pageSize: PER_SHARD })),
  );
  const ends = pages.flatMap(({ items, cursor }) => (cursor ? [items.at(-1)?.sk ?? from] : []));
  const last = ends.sort()[0];
  const bcns = new Set(pages.flatMap(({ items }) => items.map(({ sk }) => sk)));
  return { bcns: [...bcns].filter((bcn) => last === undefined || bcn <= last).sort(), last };
}

/** Drops the pointers whose account has moved to another entity or calendar since. */
async function followed(bcns: readonly string[], entity: LegalEntity, calendar: CalendarCode): Promise<AccountOfCalendar[]> {
  const accounts = (await getItems<Stored<BillingAccount>>('directory', bcns.map(accountKey))).map(({ record }) => record);
  const customers = await getCustomers([...new Set(accounts.map(({ ocn }) => ocn))]);
  const entityOf = new Map(customers.map(({ ocn, legalEntityId }) => [ocn, legalEntityId]));
  return accounts
    .filter((account) => entityOf.get(account.ocn) === entity.legalEntityId && (account.calendar ?? entity.calendar) === calendar)
    .map(({ bcn, ocn }) => ({ bcn, ocn, legalEntityId: entity.legalEntityId }))
    .sort((a, b) => (a.bcn < b.bcn ? -1 : 1));
}
