import type { FauxS3Store, Listing, ListOptions } from './fauxqs-parts.ts';
import type { ObjectFiles, StoredObject } from './object-files.ts';

/** A bucket's objects as fauxqs asks for them, read from disk each time: memory does not grow with them. */
class ObjectIndex extends Map<string, StoredObject> {
  readonly #files: ObjectFiles;
  readonly #bucket: string;

  constructor(files: ObjectFiles, bucket: string) {
    super();
    this.#files = files;
    this.#bucket = bucket;
  }

  override get size(): number {
    return this.#files.countObjects(this.#bucket);
  }

  override get(key: string): StoredObject | undefined {
    return this.#files.findObject(this.#bucket, key);
  }

  override has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  /** The files have it already: fauxqs tells its persistence first. */
  override set(): this {
    return this;
  }

  /** fauxqs tells its persistence next. */
  override delete(key: string): boolean {
    return this.has(key);
  }

  override *values(): MapIterator<StoredObject> {
    yield* this.#files.listObjects(this.#bucket, { prefix: '', after: '', limit: -1 });
  }
}

/** Lets a store find its objects on disk, and list them as S3 does: by their bytes (fauxqs sorts by language, pages by bytes). */
export function keepOnDisk(store: FauxS3Store, files: ObjectFiles): void {
  const create = store.createBucket.bind(store);
  store.createBucket = (name, type) => {
    create(name, type);
    if (!(store.buckets.get(name) instanceof ObjectIndex)) store.buckets.set(name, new ObjectIndex(files, name));
  };
  const list = store.listObjects.bind(store);
  store.listObjects = (bucket, options = {}) =>
    store.buckets.has(bucket) && !options.delimiter ? pageOf(files, bucket, options) : list(bucket, options);
}

function pageOf(files: ObjectFiles, bucket: string, { startAfter, marker, prefix = '', maxKeys = 1000 }: ListOptions): Listing {
  const found = files.listObjects(bucket, { prefix, after: startAfter ?? marker ?? '', limit: maxKeys + 1 });
  return { objects: found.slice(0, maxKeys), commonPrefixes: [], isTruncated: found.length > maxKeys };
}
