import path from 'node:path';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { answerCalls, emitTo } from './calls.ts';
import { chaosFrom } from './chaos.ts';
import { startDynamo } from './dynamodb-endpoint.ts';
import { ACCOUNT, type EmulatorData } from './emulators.ts';

const { settings, port } = workerData as EmulatorData;
const parent = parentPort as MessagePort;

const dynamo = await startDynamo({
  directory: path.join(settings.directory, 'tables'),
  port,
  account: ACCOUNT,
  region: settings.region,
  chaos: chaosFrom(settings.chaosSeed),
});
answerCalls(parent, { stop: () => dynamo.stop() });
emitTo(parent, 'ready', dynamo.port);
