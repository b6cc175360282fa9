import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a fixture's function wrote down about a call. */
export interface Noted {
  readonly what: string;
  readonly id?: string;
  readonly received?: number;
  readonly group?: string;
  readonly now: string;
  readonly scheduledTime?: string;
  readonly batch?: number;
}

const BUILD = fileURLToPath(new URL('../../../build/', import.meta.url));

/** A function that notes every call and does what the message says. */
const WORKER = `
import { appendFileSync } from 'node:fs';
const now = () => new Date(globalThis[Symbol.for('carrierpost.clock')]()).toISOString();
const note = (line) => appendFileSync(process.env.NOTES, JSON.stringify({ ...line, now: now() }) + '\\n');
export const queue = async ({ Records }) => {
  const failed = [];
  for (const { body, messageId, attributes } of Records) {
    const message = JSON.parse(body);
    note({ what: 'message', id: message.id, received: Number(attributes.ApproximateReceiveCount), group: attributes.MessageGroupId, batch: Records.length });
    if (message.act === 'throw') throw new Error('told to');
    if (message.act === 'die') process.exit(3);
    if (message.act === 'hang') await new Promise((resolve) => setTimeout(resolve, 60_000));
    if (message.act === 'strange') failed.push('no-such-id');
    if (message.act === 'fail' || (message.act === 'fail-once' && attributes.ApproximateReceiveCount === '1')) failed.push(messageId);
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
};
export const schedule = async (event) => note({ what: event.name, scheduledTime: event.scheduledTime });
export const gate = async (event) => {
  note({ what: 'asked', id: event.routeArn.split('/').slice(2).join('/') });
  if (event.headers['x-say'] === 'throw') throw new Error('told to');
  if (event.headers['x-say'] === 'odd') return { isAuthorized: 'yes' };
  return { isAuthorized: event.headers['x-say'] !== 'no', context: { who: event.cookies?.join() ?? 'nobody', type: event.type, body: 'body' in event } };
};
export const page = async (event) => {
  if (event.rawPath === '/fails') throw new Error('told to');
  if (event.rawPath === '/large') return { statusCode: 200, body: 'x'.repeat(7 * 1024 * 1024) };
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(event) };
};
`;

export type Resources = Record<string, { Type: string; Properties?: Record<string, unknown>; Condition?: string }>;

export interface Fixture {
  readonly assembly: string;
  readonly data: string;
  notes(): Noted[];
  remove(): void;
}

/** A synthesized assembly of one stack with these resources, and a data folder. `CODE` in a function stands for the worker above. */
export function fixture(resources: Resources, more: Record<string, unknown> = {}): Fixture {
  mkdirSync(BUILD, { recursive: true });
  const folder = mkdtempSync(path.join(BUILD, 'fixture-'));
  const assembly = path.join(folder, 'cdk.out');
  const notesFile = path.join(folder, 'notes.jsonl');
  mkdirSync(path.join(assembly, 'asset.worker'), { recursive: true });
  writeFileSync(path.join(assembly, 'asset.worker', 'index.mjs'), WORKER);
  writeFileSync(notesFile, '');
  const put = (name: string, value: unknown) => writeFileSync(path.join(assembly, name), JSON.stringify(value));
  put('manifest.json', {
    artifacts: {
      Fixture: {
        type: 'aws:cloudformation:stack',
        environment: 'aws://000000000000/eu-west-1',
        properties: { templateFile: 'Fixture.template.json' },
      },
    },
  });
  put('Fixture.assets.json', { files: { worker: { source: { path: 'asset.worker' } } } });
  put('Fixture.template.json', { Resources: withNotes(resources, notesFile), ...more });
  return {
    assembly,
    data: path.join(folder, 'data'),
    notes: () =>
      readFileSync(notesFile, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Noted),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A function of the fixture. */
export function worker(handler: 'queue' | 'schedule' | 'page' | 'gate', properties: Record<string, unknown> = {}): Resources[string] {
  return {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Code: { S3Bucket: 'assets', S3Key: 'worker.zip' },
      Handler: `index.${handler}`,
      Timeout: 5,
      MemorySize: 128,
      ...properties,
    },
  };
}

/** A queue with its dead-letter queue, feeding the function `Worker`. */
export function workedQueue(name: string, properties: Record<string, unknown> = {}, mapping: Record<string, unknown> = {}): Resources {
  const fifo = name.endsWith('.fifo') ? { FifoQueue: true, ContentBasedDeduplication: true } : {};
  const id = name.replace(/\W/g, '');
  return {
    [`${id}Dead`]: { Type: 'AWS::SQS::Queue', Properties: { QueueName: name.replace(/(\.fifo)?$/, '-dlq$1'), ...fifo } },
    [id]: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        QueueName: name,
        VisibilityTimeout: 60,
        RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': [`${id}Dead`, 'Arn'] }, maxReceiveCount: 3 },
        ...fifo,
        ...properties,
      },
    },
    [`${id}Source`]: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: { 'Fn::GetAtt': [id, 'Arn'] },
        FunctionName: { Ref: 'Worker' },
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        BatchSize: 10,
        ...mapping,
      },
    },
  };
}

/** A schedule that calls the function `Clockwork`. */
export function schedule(name: string, expression: string, timeZone = 'UTC'): Resources {
  return {
    [name]: {
      Type: 'AWS::Scheduler::Schedule',
      Properties: {
        ScheduleExpression: expression,
        ScheduleExpressionTimezone: timeZone,
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: {
          Arn: { 'Fn::GetAtt': ['Clockwork', 'Arn'] },
          RoleArn: 'arn:aws:iam::000000000000:role/any',
          Input: JSON.stringify({ name, scheduledTime: '<aws.scheduler.scheduled-time>' }),
        },
      },
    },
  };
}

function withNotes(resources: Resources, file: string): Resources {
  const entries = Object.entries(resources).map(([id, resource]) => {
    if (resource.Type !== 'AWS::Lambda::Function') return [id, resource];
    return [id, { ...resource, Properties: { ...resource.Properties, Environment: { Variables: { NOTES: file } } } }];
  });
  return Object.fromEntries(entries) as Resources;
}
