import { createHash } from 'node:crypto';
import type { Item, Key } from '../aws/tables.ts';
import { addressKey } from './address-key.ts';

/*
 * The `directory` table. Everything is read consistently, because a lagging index could lose an account from a bill run; only who looks a
 * contact up by its address asks an index.
 *
 * | what                          | pk                                   | sk                            |
 * |-------------------------------|--------------------------------------|-------------------------------|
 * | legal entity                  | ENTITY#<legalEntityId>               | RECORD                        |
 * | customer                      | CUSTOMER#<ocn>                       | RECORD                        |
 * | contact                       | CUSTOMER#<ocn>                       | CONTACT#<contactId>           |
 * | billing account               | ACCOUNT#<bcn>                        | RECORD                        |
 * | service                       | SERVICE#<serviceId>                  | RECORD                        |
 * | number range                  | ACCOUNT#<bcn>                        | NUMBER#<from>#<assignedOn>    |
 * | pointer: every legal entity   | ENTITIES                             | <legalEntityId>               |
 * | pointer: customer's accounts  | CUSTOMER#<ocn>                       | ACCOUNT#<bcn>                 |
 * | pointer: account's services   | ACCOUNT#<bcn>                        | SERVICE#<serviceId>           |
 * | pointer: entity's accounts    | ACCOUNTS#<entity>#<calendar>#<shard> | <bcn>                         |
 * | pointer: entity's calendars   | CALENDARS#<entity>                   | <calendar>                    |
 * | index byMailbox: contacts     | MAILBOX#<hash of the address>        | <ocn>#<contactId>             |
 *
 * A pointer is written before the record that needs it and never removed; whoever follows it looks at the record and
 * drops what is no longer so. That way a crash in between leaves a pointer too many, never one too few.
 *
 * A service belongs to one account at a time but may move, so its record stands alone and every account that ever
 * owned it has a pointer. A number that was given back and assigned again is two ranges of the account.
 *
 * `<calendar>` is the account's own or `-` (the entity's): an entity that changes its calendar moves no pointer. The
 * calendars of an entity's accounts say which shards are worth reading: most calendars have none.
 */

/** A million accounts of one entity spread over so many partitions. */
export const ACCOUNT_SHARDS = 16;

/** Stands for "no calendar of its own". */
export const ENTITY_CALENDAR = '-';

/** Names of the sort keys below a partition. */
export const CONTACT = 'CONTACT#';
export const ACCOUNT = 'ACCOUNT#';
export const SERVICE = 'SERVICE#';
export const NUMBER = 'NUMBER#';
export const ENTITIES = 'ENTITIES';

/** How a record stands in the table. */
export interface Stored<T> extends Item {
  readonly record: T;
  /** When the carrier said so: the record's `updatedAt`, else its event's time. */
  readonly at: string;
  /** Orders the statements about one record; see write.ts. */
  readonly version: string;
  /** What writing this version was: an import that is repeated after a crash counts it the same way again. */
  readonly written: 'new' | 'changed' | 'same';
  /** Hash of the record, to tell a change without comparing field by field. */
  readonly sha256: string;
}

export function entityKey(legalEntityId: string): Key {
  return { pk: `ENTITY#${legalEntityId}`, sk: 'RECORD' };
}

export function customerKey(ocn: string): Key {
  return { pk: `CUSTOMER#${ocn}`, sk: 'RECORD' };
}

export function contactKey(ocn: string, contactId: string): Key {
  return { pk: `CUSTOMER#${ocn}`, sk: `${CONTACT}${contactId}` };
}

export function accountKey(bcn: string): Key {
  return { pk: `ACCOUNT#${bcn}`, sk: 'RECORD' };
}

export function serviceKey(serviceId: string): Key {
  return { pk: `SERVICE#${serviceId}`, sk: 'RECORD' };
}

export function numberKey(bcn: string, from: string, assignedOn: string): Key {
  return { pk: `ACCOUNT#${bcn}`, sk: `${NUMBER}${from}#${assignedOn}` };
}

/** Under which the index byMailbox has the contacts of an address, however it is spelt. */
export function mailboxKey(email: string): string {
  return `MAILBOX#${createHash('sha256').update(addressKey(email.trim())).digest('hex')}`;
}

/** The partition of an entity's accounts that follow this calendar (or `-`), one of ACCOUNT_SHARDS. */
export function accountsPartition(legalEntityId: string, calendar: string, shard: number): string {
  return `ACCOUNTS#${legalEntityId}#${calendar}#${String(shard).padStart(2, '0')}`;
}

/** The partition of the calendars (or `-`) that accounts of an entity follow. */
export function calendarsPartition(legalEntityId: string): string {
  return `CALENDARS#${legalEntityId}`;
}

/** Which shard an account's pointer stands in. */
export function shardOf(bcn: string): number {
  return createHash('sha256').update(bcn).digest().readUInt8(0) % ACCOUNT_SHARDS;
}
