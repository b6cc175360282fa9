import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ClockMemory } from '../clock-memory.ts';
import { WorkerCalls } from './calls.ts';
import { Secrets, startSecrets } from './secrets.ts';

export const ACCOUNT = '000000000000';
export const REGION = 'eu-west-1';

/** Loopback ports; 0 takes any free one. SQS, SNS and S3 share one. */
export interface Ports {
  readonly messaging: number;
  readonly dynamodb: number;
  readonly ses: number;
  readonly secrets: number;
}

export interface EmulatorSettings {
  readonly directory: string;
  readonly region: string;
  readonly checkExpiry: boolean;
  readonly chaosSeed?: number | undefined;
}

export interface EmulatorData {
  readonly settings: EmulatorSettings;
  readonly port: number;
  readonly clock: ClockMemory;
  /** The messaging port, for whoever publishes. */
  readonly peer: number;
}

export interface Emulators {
  readonly ports: Ports;
  readonly messaging: WorkerCalls;
  readonly mail: WorkerCalls;
  readonly secrets: Secrets;
  stop(): Promise<void>;
}

/** A port that somebody else has. */
export class PortTaken extends Error {
  constructor(what: string, port: number) {
    super(`Port ${port} (${what}) is taken by another program`);
    this.name = 'PortTaken';
  }
}

/**
 * Starts SQS, SNS, S3, DynamoDB, SES and Secrets Manager, each in a thread of its own so that ending the process ends
 * them all. Their data is below `directory` and survives a kill at any moment.
 * @throws PortTaken
 */
export async function startEmulators(settings: EmulatorSettings, clock: ClockMemory, ports: Ports): Promise<Emulators> {
  mkdirSync(settings.directory, { recursive: true });
  const messaging = await startWorker('messaging', { settings, clock, port: ports.messaging, peer: 0 });
  const tables = await startWorker('tables', { settings, clock, port: ports.dynamodb, peer: 0 });
  const mail = await startWorker('mail', { settings, clock, port: ports.ses, peer: messaging.port });
  const secrets = new Secrets(path.join(settings.directory, 'secrets.json'));
  const secretsServer = await startSecrets(secrets, ports.secrets).catch((error: unknown) => {
    throw named(error as Error, 'secrets', ports.secrets);
  });
  return {
    ports: { messaging: messaging.port, dynamodb: tables.port, ses: mail.port, secrets: secretsServer.port },
    messaging: messaging.calls,
    mail: mail.calls,
    secrets,
    stop: async () => {
      await mail.calls.stop();
      await Promise.all([messaging.calls.stop(), tables.calls.stop(), secretsServer.stop()]);
    },
  };
}

/** The environment that makes an AWS SDK talk to these emulators. */
export function endpointVariables(ports: Ports, region: string = REGION): Record<string, string> {
  const url = (port: number) => `http://127.0.0.1:${port}`;
  return {
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_SQS: url(ports.messaging),
    AWS_ENDPOINT_URL_SNS: url(ports.messaging),
    AWS_ENDPOINT_URL_S3: url(ports.messaging),
    AWS_ENDPOINT_URL_DYNAMODB: url(ports.dynamodb),
    AWS_ENDPOINT_URL_SES: url(ports.ses),
    AWS_ENDPOINT_URL_SECRETS_MANAGER: url(ports.secrets),
  };
}

async function startWorker(name: string, data: EmulatorData): Promise<{ port: number; calls: WorkerCalls }> {
  const worker = new Worker(new URL(`./${name}.worker.ts`, import.meta.url), { workerData: data, name });
  const calls = new WorkerCalls(worker);
  const port = await new Promise<number>((resolve, reject) => {
    calls.on('ready', (value) => resolve(value as number));
    worker.once('error', (error) => reject(named(error as Error, name, data.port)));
  });
  return { port, calls };
}

function named(error: Error, what: string, port: number): Error {
  return (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? new PortTaken(what, port) : error;
}
