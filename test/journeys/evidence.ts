import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import pLimit from 'p-limit';
import type { Carrier } from '../oracle/carrier.ts';
import { type Expected, judge } from '../oracle/invoices.ts';
import { expectedMails, type Mail, mailFaults, readMails, sentMails } from '../oracle/mails.ts';
import { PUBLICATIONS } from '../oracle/month.ts';
import { type IssuedLine, registerFaults, seriesFaults } from '../oracle/register.ts';
import { cellsOf } from '../oracle/usage.ts';
import type { LocalCloud, LocalFile } from './local-cloud.ts';
import { PERIOD } from './slice.ts';

/** A row of `carrierpost documents --json`. */
export interface DocumentRow {
  readonly ocn: string;
  readonly bcn: string;
  readonly period: string;
  readonly kind: string;
  readonly number: string | null;
  readonly version: number;
  readonly key: string;
  readonly sha256: string;
  readonly publishedAt: string;
}

/** A row of `carrierpost runs --json`. */
export interface RunRow {
  readonly period: string;
  readonly calendar: string;
  readonly state: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly publishedAt?: string | null;
  readonly failures: readonly { readonly bcn: string; readonly reason: string }[];
}

/** Where the objects are. */
export type Storage = Pick<LocalFile, 'region' | 'credentials' | 'buckets'> & { readonly endpoints: Pick<LocalFile['endpoints'], 's3'> };

/** What the export asks for of the month, by calendar. */
export function expectedOf(carrier: Carrier): Map<string, ReturnType<typeof judge>> {
  return new Map(
    Object.entries(PUBLICATIONS[PERIOD] ?? {}).map(([calendar, { issueDate }]) => [calendar, judge(carrier, PERIOD, calendar, issueDate)]),
  );
}

export function everythingExpected(carrier: Carrier): Expected[] {
  return [...expectedOf(carrier).values()].flatMap(({ issued }) => issued);
}

/** The register as the carrier's ledger would fetch it. */
export async function registerLines({ file }: { readonly file: Storage }, period = PERIOD): Promise<IssuedLine[]> {
  const client = s3(file);
  const bucket = file.buckets.register as string;
  const keys = await keysOf(client, bucket, `issued/${period}/`);
  const texts = await Promise.all(keys.map(async (key) => (await objectOf(client, bucket, key)).toString('utf8')));
  return texts.flatMap((text) => text.split('\n').filter(Boolean)).map((line) => JSON.parse(line) as IssuedLine);
}

/** Numbers of a series that were given up before anybody saw them, as the auditor's file names them. */
export async function voidedNumbers({ file }: LocalCloud, series: string): Promise<{ number: string; bcn: string }[]> {
  const text = (await objectOf(s3(file), file.buckets.register as string, `series/${series}.csv`)).toString('utf8');
  const rows = text.trim().split('\n').map(cellsOf);
  const [number, status, bcn] = ['number', 'status', 'bcn'].map((name) => rows[0]?.indexOf(name) ?? -1) as [number, number, number];
  return rows.filter((row) => row[status] === 'void').map((row) => ({ number: row[number] ?? '', bcn: row[bcn] ?? '' }));
}

/** An object of the portal bucket. */
export async function portalObject({ file }: LocalCloud, key: string): Promise<Buffer> {
  return objectOf(s3(file), file.buckets.portal as string, key);
}

/** Dead-letter queues that hold something, with how much. */
export async function deadLetters({ file: { region, credentials, endpoints, queues } }: LocalCloud): Promise<string[]> {
  const client = new SQSClient({ region, credentials, endpoint: endpoints.sqs });
  const names = Object.keys(queues).filter((name) => name.includes('-dlq'));
  const depths = await Promise.all(
    names.map(async (name) => {
      const command = new GetQueueAttributesCommand({ QueueUrl: queues[name], AttributeNames: ['ApproximateNumberOfMessages'] });
      return `${name}: ${(await client.send(command)).Attributes?.ApproximateNumberOfMessages}`;
    }),
  );
  client.destroy();
  return depths.filter((depth) => !depth.endsWith(': 0'));
}

/** What every customer of the carrier can see of the month. */
export async function visibleDocuments(cloud: LocalCloud, carrier: Carrier): Promise<DocumentRow[]> {
  const ask = pLimit(2);
  const rows = carrier.customers.map(({ ocn }) => ask(() => cloud.json<DocumentRow[]>('documents', ocn, PERIOD)));
  return (await Promise.all(rows)).flat();
}

export async function exportedMails(cloud: LocalCloud): Promise<Mail[]> {
  const folder = mkdtempSync(join(cloud.data, 'mails-'));
  await cloud.must('mail', 'export', folder);
  return readMails(folder);
}

/** Everything that is wrong with a month that should be over. Nothing when all is there, once and right. */
export async function faultsOfMonth(cloud: LocalCloud, carrier: Carrier): Promise<string[]> {
  return faultsOf(carrier, await registerLines(cloud), await exportedMails(cloud));
}

/** What is wrong with register, numbers and emails of a month. */
export function faultsOf(carrier: Carrier, lines: readonly IssuedLine[], mails: readonly Mail[]): string[] {
  return [
    ...registerFaults(everythingExpected(carrier), lines),
    ...seriesFaults(carrier.legalEntities, lines),
    ...difference('email', expectedMails(carrier, lines), sentMails(mails, lines)),
    ...mails.flatMap((mail) => mailFaults(carrier, mail, lines)),
  ];
}

/** What is missing, unasked or doubled in a list of keys. */
export function difference(what: string, expected: readonly string[], found: readonly string[]): string[] {
  const missing = expected.filter((key) => !found.includes(key)).map((key) => `${what} missing: ${key}`);
  const unasked = found.filter((key) => !expected.includes(key)).map((key) => `${what} not asked for: ${key}`);
  const doubled = found.filter((key, place) => found.indexOf(key) < place).map((key) => `${what} twice: ${key}`);
  return [...missing, ...unasked, ...doubled];
}

export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function keysOf(client: S3Client, Bucket: string, Prefix: string): Promise<string[]> {
  const keys: string[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await client.send(new ListObjectsV2Command({ Bucket, Prefix, ContinuationToken }));
    keys.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []));
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken);
  return keys.sort();
}

async function objectOf(client: S3Client, Bucket: string, Key: string): Promise<Buffer> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

function s3({ region, credentials, endpoints }: Storage): S3Client {
  return new S3Client({ region, credentials, endpoint: endpoints.s3, forcePathStyle: true });
}
