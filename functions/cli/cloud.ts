import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { followClock } from '../aws/clock.ts';
import { variableOf } from '../aws/resources.ts';
import { type StageNames, stageNames } from '../aws/stage.ts';
import { Failed } from './output.ts';

/** The options every command takes. */
export interface CloudOptions {
  /** Where the local cloud keeps its state. */
  readonly data: string;
  /** A stage on AWS; without it the local cloud is meant. */
  readonly stage?: string;
  /** The file that describes the local cloud; another one while it is being prepared. */
  readonly stateFile?: string;
}

/** What a command works on: resources by logical name. The functions find them by the environment that `openCloud` sets. */
export interface Cloud extends StageNames {
  readonly stage: string;
  /** Only for the local cloud. */
  readonly local?: LocalCloud;
}

export interface LocalCloud {
  readonly pid: number;
  readonly urls: { readonly public: string; readonly console: string; readonly mailbox: string };
  /** Asks the local cloud itself: its clock, its mailbox, whether it is idle. */
  readonly ask: <Answer>(path: string, body?: object) => Promise<Answer>;
}

/** `DIR/local.json`, see the contract: any SDK can drive the local cloud with it. */
interface LocalFile extends StageNames {
  readonly pid: number;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly endpoints: Readonly<Record<string, string>>;
  readonly urls: LocalCloud['urls'];
}

interface Clock {
  readonly mode: 'machine' | 'set';
  readonly now: string;
}

/** The SDK reads an endpoint from `AWS_ENDPOINT_URL_<service>`. */
const ENDPOINT_VARIABLES: Readonly<Record<string, string>> = { secretsmanager: 'SECRETS_MANAGER' };

/**
 * Opens the cloud that the options name and makes the functions of this process work on it: names, endpoints, credentials, clock.
 * @throws Failed when no local cloud is running there, or the stage cannot be found
 */
export async function openCloud({ data, stage, stateFile }: CloudOptions): Promise<Cloud> {
  return stage ? openStage(stage) : openLocal(data, stateFile);
}

/** The local cloud, for commands that make no sense elsewhere. */
export async function openLocalCloud({ data, stage, stateFile }: CloudOptions): Promise<Cloud & { readonly local: LocalCloud }> {
  if (stage) throw new Failed('This command is for the local cloud only: leave out --stage.');
  return openLocal(data, stateFile);
}

/** Waits until every queue of the local cloud is empty and nothing works on a message. */
export async function waitUntilIdle({ local }: Cloud): Promise<void> {
  if (!local) return;
  while (!(await local.ask<{ idle: boolean }>('/idle?wait=10')).idle) await pause(20);
}

async function openStage(stage: string): Promise<Cloud> {
  const names = await stageNames(stage).catch((error: Error) => {
    throw new Failed(`Stage ${stage} cannot be found with these credentials in this region: ${error.name}: ${error.message}`);
  });
  setEnvironment(stage, names);
  return { stage, ...names };
}

async function openLocal(data: string, stateFile = 'local.json'): Promise<Cloud & { readonly local: LocalCloud }> {
  const file = await readState<LocalFile>(data, stateFile);
  const control = await readState<{ url: string }>(data, 'control.json');
  if (!alive(file.pid)) throw notRunning(data, `process ${file.pid} of ${join(data, stateFile)} is gone`);
  const ask = <Answer>(path: string, body?: object) => request<Answer>(new URL(path, control.url), data, body);
  const { mode, now } = await ask<Clock>('/clock');
  if (mode === 'set') followClock(() => Date.parse(now));
  const { queues, buckets, tables } = file;
  setEnvironment('local', { queues, buckets, tables });
  Object.assign(process.env, {
    AWS_REGION: file.region,
    AWS_ACCESS_KEY_ID: file.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: file.credentials.secretAccessKey,
    PUBLIC_ORIGIN: file.urls.public,
    ...endpointVariables(file.endpoints),
  });
  return { stage: 'local', queues, buckets, tables, local: { pid: file.pid, urls: file.urls, ask } };
}

async function readState<T>(data: string, name: string): Promise<T> {
  const path = join(data, name);
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw notRunning(data, error.message);
  });
  return JSON.parse(text) as T;
}

async function request<Answer>(url: URL, data: string, body?: object): Promise<Answer> {
  const options = body ? { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {};
  const response = await fetch(url, options).catch((error: Error) => {
    throw notRunning(data, `${url.origin} does not answer: ${error.message}`);
  });
  const answer = (await response.json()) as Answer & { error?: string };
  if (!response.ok) throw new Failed(answer.error ?? `${url.pathname} answered ${response.status}`);
  return answer;
}

function setEnvironment(stage: string, { queues, buckets, tables }: StageNames): void {
  process.env.STAGE = stage;
  for (const [name, url] of Object.entries(queues)) process.env[variableOf('QUEUE', name)] = url;
  for (const [name, bucket] of Object.entries(buckets)) process.env[variableOf('BUCKET', name)] = bucket;
  for (const [name, table] of Object.entries(tables)) process.env[variableOf('TABLE', name)] = table;
}

function endpointVariables(endpoints: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(endpoints).map(([service, url]) => {
    return [`AWS_ENDPOINT_URL_${ENDPOINT_VARIABLES[service] ?? service.toUpperCase()}`, url] as const;
  });
  return Object.fromEntries(entries);
}

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function notRunning(data: string, why: string): Failed {
  return new Failed(
    `No local cloud is running for ${data}: ${why}.\nStart one with \`carrierpost up --data ${data}\`, or name a stage on AWS with --stage.`,
  );
}
