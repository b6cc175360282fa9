import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { readClock } from '../clock-memory.ts';
import { type FunctionData, type Invocation, LOADED, type Outcome } from './invocation.ts';

/** Lambda's limit for a synchronous response. */
const MAX_RESPONSE = 6 * 1024 * 1024;

type Handler = (event: unknown, context: unknown) => unknown;

const data = workerData as FunctionData;
const parent = parentPort as MessagePort;

(globalThis as Record<symbol, unknown>)[Symbol.for('carrierpost.clock')] = () => readClock(data.clock);
// Reading the maps costs every environment a tenth of its start; names of functions are in a trace without them.
process.setSourceMapsEnabled(process.env.DEBUG !== undefined);
process.on('unhandledRejection', (reason) => {
  console.error('Unhandled rejection', reason);
  process.exit(1);
});

const loaded = load();
loaded.catch(() => undefined).then(() => parent.postMessage(LOADED));
parent.on('message', async (invocation: Invocation) => {
  parent.postMessage(await run(invocation));
  keepCompiledCode();
});

let kept = false;

/** What the first event needed compiled, the next environment finds compiled. */
function keepCompiledCode(): void {
  if (!kept) flushCompileCache();
  kept = true;
}

async function run({ id, event, timeoutSeconds }: Invocation): Promise<Outcome> {
  try {
    const handler = await loaded;
    const deadline = performance.now() + timeoutSeconds * 1000;
    const result = await handler(JSON.parse(event), contextOf(deadline));
    const body = JSON.stringify(result ?? null);
    if (Buffer.byteLength(body) > MAX_RESPONSE) return { id, error: 'Function.ResponseSizeTooLarge: Response payload size exceeded 6 MB' };
    return { id, body };
  } catch (error) {
    console.error(error);
    return { id, error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

function contextOf(deadline: number) {
  return {
    callbackWaitsForEmptyEventLoop: false,
    functionName: data.name,
    functionVersion: '$LATEST',
    invokedFunctionArn: data.arn,
    memoryLimitInMB: String(data.memoryMegabytes),
    awsRequestId: randomUUID(),
    logGroupName: `/aws/lambda/${data.name}`,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => Math.max(0, Math.round(deadline - performance.now())),
  };
}

async function load(): Promise<Handler> {
  const dot = data.handler.lastIndexOf('.');
  const [base, exported] = [data.handler.slice(0, dot), data.handler.slice(dot + 1)];
  const file = ['.mjs', '.js', '.cjs']
    .map((extension) => path.join(data.folder, base + extension))
    .find((candidate) => existsSync(candidate));
  if (!file) throw new Error(`Runtime.ImportModuleError: there is no ${base}.mjs, .js or .cjs in ${data.folder}`);
  const module = (await import(pathToFileURL(file).href)) as Record<string, unknown> & { default?: Record<string, unknown> };
  const handler = module[exported] ?? module.default?.[exported];
  if (typeof handler !== 'function') throw new Error(`Runtime.HandlerNotFound: ${data.handler} is undefined or not exported`);
  return handler as Handler;
}
