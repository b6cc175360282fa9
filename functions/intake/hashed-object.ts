import { createHash } from 'node:crypto';
import { getObjectStream } from '../aws/objects.ts';

export interface HashedObject {
  readonly sha256: string;
  readonly bytes: number;
  /** The content; missing when it is larger than what was asked for. */
  readonly content?: Buffer | undefined;
}

/** Reads an object once and hashes it on the way; holds at most `most` bytes of it. */
export async function hashedObject(bucket: string, key: string, most: number): Promise<HashedObject> {
  const hash = createHash('sha256');
  const held: Buffer[] = [];
  let bytes = 0;
  const stream = await getObjectStream(bucket, key);
  if (!stream) throw new Error(`The object ${key} has gone from ${bucket} while it was imported`);
  for await (const chunk of stream) {
    hash.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
    if (bytes <= most) held.push(chunk as Buffer);
  }
  return { sha256: hash.digest('hex'), bytes, content: bytes <= most ? Buffer.concat(held) : undefined };
}
