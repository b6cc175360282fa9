import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { Stream } from 'node:stream';

type Done<Value = unknown> = (error: unknown, value?: Value) => void;

interface Range {
  gt?: string;
  gte?: string;
  lt?: string;
  lte?: string;
  limit?: number;
  reverse?: boolean;
}

/** Keys of the tables' descriptions: read with every request, so they are kept parsed. */
const TABLE = 'table~';
/** What sorts after every key of a prefix. */
const LAST = '\uffff';

/**
 * The storage below dynalite's actions: one SQLite file in place of its LevelDB. Every call answers within the same
 * turn of the event loop, so an action runs from start to end without another one in between, and what several actions
 * write between `begin` and `commit` is there as a whole or not at all, also after a kill.
 */
export class TableStore {
  readonly options = { createTableMs: 0, deleteTableMs: 0, updateTableMs: 0, maxItemSize: 409_600 };
  readonly tableDb: KeySpace & { awsAccountId: string; awsRegion: string };
  readonly #db: DatabaseSync;
  readonly #spaces = new Map<string, KeySpace>();
  readonly #tables = new Map<string, unknown>();
  readonly #ranges = new Map<string, StatementSync>();
  readonly #statements: { get: StatementSync; put: StatementSync; remove: StatementSync };
  /** The table key of the item that is being written: makes index keys unique, for which dynalite keeps 24 bits of a hash. */
  itemKey = '';

  constructor(directory: string, account: string, region: string) {
    mkdirSync(directory, { recursive: true });
    this.#db = new DatabaseSync(path.join(directory, 'tables.db'));
    this.#db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16384');
    this.#db.exec('CREATE TABLE IF NOT EXISTS entries (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID');
    this.#statements = {
      get: this.#db.prepare('SELECT value FROM entries WHERE key = ?'),
      put: this.#db.prepare('INSERT OR REPLACE INTO entries (key, value) VALUES (?, ?)'),
      remove: this.#db.prepare('DELETE FROM entries WHERE key = ?'),
    };
    this.#forgetTokens();
    this.tableDb = Object.assign(this.#space('table'), { awsAccountId: account, awsRegion: region });
  }

  begin(): void {
    this.#db.exec('BEGIN IMMEDIATE');
  }

  commit(): void {
    this.#db.exec('COMMIT');
  }

  rollback(): void {
    this.#db.exec('ROLLBACK');
    this.#tables.clear();
  }

  close(): void {
    this.#db.close();
  }

  read(key: string): unknown {
    if (!key.startsWith(TABLE)) return this.#parsed(key);
    if (!this.#tables.has(key)) this.#tables.set(key, this.#parsed(key));
    return this.#tables.get(key);
  }

  #parsed(key: string): unknown {
    const row = this.#statements.get.get(key);
    return row === undefined ? undefined : JSON.parse(row.value as string);
  }

  write(key: string, value: unknown): void {
    this.#tables.delete(key);
    this.#statements.put.run(key, JSON.stringify(value));
  }

  remove(key: string): void {
    this.#tables.delete(key);
    this.#statements.remove.run(key);
  }

  /** Rows of a key range, in order, read as they are asked for. */
  *rows(column: 'key' | 'value', prefix: string, range: Range): Generator<string> {
    const [from, low] = range.gt !== undefined ? ['>', range.gt] : ['>=', range.gte ?? ''];
    const [to, high] = range.lte !== undefined ? ['<=', range.lte] : ['<', range.lt ?? LAST];
    const limit = range.limit !== undefined && range.limit >= 0 ? range.limit : -1;
    const order = range.reverse ? 'DESC' : 'ASC';
    const sql = `SELECT ${column} AS found FROM entries WHERE key ${from} ? AND key ${to} ? ORDER BY key ${order} LIMIT ?`;
    const statement = this.#ranges.get(sql) ?? this.#db.prepare(sql);
    // Two readers of one statement would disturb each other: while this one reads, the next prepares its own.
    this.#ranges.delete(sql);
    for (const row of statement.iterate(prefix + low, prefix + high, limit)) yield row.found as string;
    this.#ranges.set(sql, statement);
  }

  getItemDb(name: string): KeySpace {
    return this.#space(`item-${name}`);
  }

  getIndexDb(kind: string, table: string, index: string): KeySpace {
    return this.#space(`index-${kind.toLowerCase()}~${table}~${index}`, true);
  }

  getTagDb(name: string): KeySpace {
    return this.#space(`tag-${name}`);
  }

  deleteItemDb(name: string, done: Done): void {
    this.getItemDb(name).clear(done);
  }

  deleteIndexDb(kind: string, table: string, index: string, done: Done): void {
    this.getIndexDb(kind, table, index).clear(done);
  }

  deleteTagDb(name: string, done: Done): void {
    this.getTagDb(name).clear(done);
  }

  getTable(name: string, checkStatus: boolean | Done, done?: Done): void {
    const answer = typeof checkStatus === 'function' ? checkStatus : (done as Done);
    const table = this.read(`table~${name}`);
    if (table) {
      answer(null, table);
      return;
    }
    const message = `Requested resource not found${checkStatus === true ? '' : `: Table: ${name} not found`}`;
    const body = { __type: 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException', message };
    answer(Object.assign(new Error(message), { name: 'NotFoundError', statusCode: 400, body }));
  }

  /** Client tokens of transactions are known for ten minutes. */
  #forgetTokens(): void {
    const expired = `DELETE FROM entries WHERE key > 'token~' AND key < 'token~~' AND json_extract(value, '$.at') < ?`;
    this.#db.prepare(expired).run(Date.now() - 600_000);
  }

  #space(name: string, isIndex = false): KeySpace {
    const known = this.#spaces.get(name);
    if (known) return known;
    const space = new KeySpace(this, `${name}~`, isIndex);
    this.#spaces.set(name, space);
    return space;
  }
}

/** One table's or index's part of the store, with the calls that dynalite makes. */
class KeySpace {
  readonly #store: TableStore;
  readonly #prefix: string;
  readonly #isIndex: boolean;

  constructor(store: TableStore, prefix: string, isIndex: boolean) {
    this.#store = store;
    this.#prefix = prefix;
    this.#isIndex = isIndex;
  }

  /** Nothing runs between two steps of an action, so there is nobody to lock out. */
  lock(_key: string, work: (release: (done: Done) => Done) => void): void {
    work((done) => done);
  }

  get(key: string, done: Done): void {
    done(null, this.#store.read(this.#prefix + key));
  }

  put(key: string, value: unknown, done: Done): void {
    this.#store.write(this.#prefix + this.#unique(key), value);
    done(null);
  }

  del(key: string, done: Done): void {
    this.#store.remove(this.#prefix + this.#unique(key));
    done(null);
  }

  batch(operations: readonly { type: 'put' | 'del'; key: string; value?: unknown }[], done: Done): void {
    for (const { type, key, value } of operations) {
      if (type === 'put') this.#store.write(this.#prefix + key, value);
      else this.#store.remove(this.#prefix + key);
    }
    done(null);
  }

  clear(done: Done): void {
    for (const key of [...this.#store.rows('key', this.#prefix, {})]) this.#store.remove(key);
    done(null);
  }

  createKeyStream(range: Range = {}): Stream {
    return this.#stream('key', range, (key) => key.slice(this.#prefix.length));
  }

  createValueStream(range: Range = {}): Stream {
    return this.#stream('value', range, (value) => JSON.parse(value));
  }

  #unique(key: string): string {
    return this.#isIndex ? `${key}${this.#store.itemKey}` : key;
  }

  /** dynalite hears the events of a Stream once, those of any other emitter twice. */
  #stream(column: 'key' | 'value', range: Range, read: (found: string) => unknown): Stream {
    let stopped = false;
    const destroy = () => {
      stopped = true;
    };
    const stream = Object.assign(new Stream(), { destroy });
    const bounds = this.#isIndex ? afterItem(range, this.#store.itemKey) : range;
    queueMicrotask(() => {
      for (const found of this.#store.rows(column, this.#prefix, bounds)) {
        stream.emit('data', read(found));
        if (stopped) break;
      }
      stream.emit('end');
    });
    return stream;
  }
}

/** A page of an index goes on after the item of the start key, whose full key is longer than what dynalite knows. */
function afterItem(range: Range, itemKey: string): Range {
  if (itemKey === '') return range;
  if (range.reverse) return { ...range, lt: `${range.lt}${itemKey}` };
  return { ...range, gt: `${range.gt}${itemKey}` };
}
