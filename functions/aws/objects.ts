import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { now } from './clock.ts';
import { optionalSetting } from './environment.ts';

/** An object's facts. Buckets are passed by physical name: `bucketNamed('portal')`, or the one that an event names. */
export interface ObjectFacts {
  readonly key: string;
  readonly bytes: number;
  /** The SHA-256 that its writer put into the metadata. */
  readonly sha256?: string | undefined;
}

export interface NewObject {
  readonly bucket: string;
  readonly key: string;
  readonly body: Buffer;
  readonly contentType: string;
  /** `attachment; filename="..."`, when a browser should save it. */
  readonly disposition?: string;
}

let client: S3Client | undefined;

function s3(): S3Client {
  // A local endpoint has no wildcard DNS, so the bucket goes into the path there.
  client ??= new S3Client({ maxAttempts: 6, forcePathStyle: optionalSetting('AWS_ENDPOINT_URL_S3') !== undefined });
  return client;
}

/** Stores an object with its SHA-256 in the metadata and answers that hash (hex). */
export async function putObject({ bucket, key, body, contentType, disposition }: NewObject): Promise<string> {
  const sha256 = createHash('sha256').update(body).digest('hex');
  const command = new PutObjectCommand({
    Bucket: bucket,
    Key: key,
    Body: body,
    ContentType: contentType,
    ContentDisposition: disposition,
    Metadata: { sha256 },
  });
  await s3().send(command);
  return sha256;
}

/** Stores a stream of unknown length; at most a few parts of 8 MB are in memory. The hash must be known before (spool to disk). */
export async function putObjectStream(object: Omit<NewObject, 'body'> & { body: Readable; sha256?: string }): Promise<void> {
  const upload = new Upload({
    client: s3(),
    params: {
      Bucket: object.bucket,
      Key: object.key,
      Body: object.body,
      ContentType: object.contentType,
      ContentDisposition: object.disposition,
      Metadata: object.sha256 ? { sha256: object.sha256 } : undefined,
    },
    partSize: 8 * 1024 * 1024,
    queueSize: 2,
  });
  await upload.done();
}

/** The whole object; undefined when there is none. */
export async function getObject(bucket: string, key: string): Promise<Buffer | undefined> {
  const body = await getObjectStream(bucket, key);
  if (!body) return undefined;
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/**
 * The object as a stream, from `start` on (bytes); undefined when there is none.
 * The reader must consume or destroy it.
 */
export async function getObjectStream(bucket: string, key: string, start = 0): Promise<Readable | undefined> {
  try {
    const { Body } = await s3().send(new GetObjectCommand({ Bucket: bucket, Key: key, Range: start > 0 ? `bytes=${start}-` : undefined }));
    return Body as Readable;
  } catch (error) {
    if (error instanceof NoSuchKey || error instanceof NotFound) return undefined;
    throw error;
  }
}

/** The object's facts; undefined when there is none. */
export async function headObject(bucket: string, key: string): Promise<ObjectFacts | undefined> {
  try {
    const { ContentLength, Metadata } = await s3().send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    return { key, bytes: ContentLength ?? 0, sha256: Metadata?.sha256 };
  } catch (error) {
    if (error instanceof NoSuchKey || error instanceof NotFound) return undefined;
    throw error;
  }
}

/** Every object below a prefix, in key order, page by page; only those after the key `after` when it is given. */
export async function* listObjects(bucket: string, prefix: string, after?: string): AsyncGenerator<ObjectFacts> {
  let token: string | undefined;
  do {
    const page = await s3().send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, StartAfter: after, ContinuationToken: token }));
    for (const { Key, Size } of page.Contents ?? []) yield { key: Key as string, bytes: Size ?? 0 };
    token = page.NextContinuationToken;
  } while (token);
}

/**
 * A URL that reads one object for a short while.
 * @param seconds how long it lives; it dies earlier with the function's credentials
 */
export function signedUrl(bucket: string, key: string, seconds: number): Promise<string> {
  return getSignedUrl(s3(), new GetObjectCommand({ Bucket: bucket, Key: key }), { expiresIn: seconds, signingDate: now() });
}
