import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** An object as fauxqs holds it. */
export interface StoredObject {
  key: string;
  body: Buffer;
  contentLength: number;
  lastModified: Date;
  [field: string]: unknown;
}

interface ObjectStore {
  createBucket(name: string, type?: string): void;
}

interface KeyRange {
  readonly prefix: string;
  readonly after: string;
  /** -1: all of them. */
  readonly limit: number;
}

/**
 * Keeps S3 objects over a kill: a body is a file that is complete before the row that names it is written, so an
 * object is the old one or the new one, never half of each. Nothing of an object stays in memory.
 */
export class ObjectFiles {
  readonly #directory: string;
  readonly #db: DatabaseSync;
  readonly #put: StatementSync;
  readonly #find: StatementSync;
  readonly #remove: StatementSync;
  readonly #list: StatementSync;

  constructor(directory: string) {
    this.#directory = directory;
    mkdirSync(directory, { recursive: true });
    this.#db = new DatabaseSync(path.join(directory, 'objects.db'));
    this.#db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    this.#db.exec('CREATE TABLE IF NOT EXISTS buckets (name TEXT PRIMARY KEY, type TEXT)');
    this.#db.exec(
      'CREATE TABLE IF NOT EXISTS objects (bucket TEXT, key TEXT, file TEXT NOT NULL, facts TEXT NOT NULL, PRIMARY KEY (bucket, key)) WITHOUT ROWID',
    );
    this.#put = this.#db.prepare('INSERT OR REPLACE INTO objects (bucket, key, file, facts) VALUES (?, ?, ?, ?)');
    this.#find = this.#db.prepare('SELECT file, facts FROM objects WHERE bucket = ? AND key = ?');
    this.#remove = this.#db.prepare('DELETE FROM objects WHERE bucket = ? AND key = ?');
    this.#list = this.#db.prepare(
      'SELECT facts FROM objects WHERE bucket = ? AND key >= max(?, ?) AND key <> ? AND key < ? || char(1114111) ORDER BY key LIMIT ?',
    );
  }

  insertBucket(name: string, _created: Date, type: string): void {
    this.#db.prepare('INSERT OR IGNORE INTO buckets (name, type) VALUES (?, ?)').run(name, type);
  }

  deleteBucket(name: string): void {
    this.#db.prepare('DELETE FROM buckets WHERE name = ?').run(name);
  }

  upsertObject(bucket: string, object: StoredObject): void {
    const before = this.#fileOf(bucket, object.key);
    const id = randomUUID();
    const file = `${id.slice(0, 2)}/${id}`;
    mkdirSync(path.join(this.#directory, id.slice(0, 2)), { recursive: true });
    writeFileSync(path.join(this.#directory, file), object.body);
    const { body: _, ...facts } = object;
    this.#put.run(bucket, object.key, file, JSON.stringify(facts));
    if (before) rmSync(path.join(this.#directory, before), { force: true });
  }

  deleteObject(bucket: string, key: string): void {
    const file = this.#fileOf(bucket, key);
    if (!file) return;
    this.#remove.run(bucket, key);
    rmSync(path.join(this.#directory, file), { force: true });
  }

  readBody(bucket: string, key: string): Buffer {
    const file = this.#fileOf(bucket, key);
    if (!file) throw new Error(`No object ${bucket}/${key}`);
    return readFileSync(path.join(this.#directory, file));
  }

  completeMultipartUpload(_uploadId: string, bucket: string, object: StoredObject): void {
    this.upsertObject(bucket, object);
  }

  /** Parts of an upload live in memory: after a kill their uploader starts again. */
  insertMultipartUpload(): void {}
  upsertMultipartPart(): void {}
  deleteMultipartUpload(): void {}

  loadS3(store: ObjectStore): void {
    for (const { name, type } of this.#db.prepare('SELECT name, type FROM buckets').all()) store.createBucket(String(name), String(type));
  }

  findObject(bucket: string, key: string): StoredObject | undefined {
    const row = this.#find.get(bucket, key);
    return row && objectOf(String(row.facts));
  }

  /** Objects in the order of their keys' bytes. */
  listObjects(bucket: string, { prefix, after, limit }: KeyRange): StoredObject[] {
    return this.#list.all(bucket, after, prefix, after, prefix, limit).map(({ facts }) => objectOf(String(facts)));
  }

  countObjects(bucket: string): number {
    return Number(this.#db.prepare('SELECT count(*) AS total FROM objects WHERE bucket = ?').get(bucket)?.total ?? 0);
  }

  close(): void {
    this.#db.close();
  }

  #fileOf(bucket: string, key: string): string | undefined {
    return this.#find.get(bucket, key)?.file as string | undefined;
  }
}

/** fauxqs reads the body of an object with an empty one from its persistence. */
function objectOf(facts: string): StoredObject {
  const object = JSON.parse(facts) as StoredObject;
  return { ...object, body: Buffer.alloc(0), lastModified: new Date(object.lastModified) };
}
