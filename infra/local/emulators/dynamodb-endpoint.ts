import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { DynamoEmulator, type DynamoSettings } from './dynamodb.ts';
import { bodyOf, closeServer, listen, portOf } from './http.ts';
import { type Request, TableError } from './table-error.ts';

/** Starts the HTTP endpoint that the SDK talks to. */
export async function startDynamo({
  port,
  ...settings
}: DynamoSettings & { port: number }): Promise<{ port: number; stop: () => Promise<void> }> {
  const emulator = new DynamoEmulator(settings);
  const server = await listen(port, (request, response) => serve(emulator, request, response));
  return {
    port: portOf(server),
    stop: async () => {
      await closeServer(server);
      emulator.close();
    },
  };
}

async function serve(emulator: DynamoEmulator, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const operation = String(request.headers['x-amz-target'] ?? '').split('.')[1] ?? '';
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': randomUUID() };
  try {
    const result = await emulator.operate(operation, JSON.parse((await bodyOf(request)).toString()) as Request);
    response.writeHead(200, headers).end(JSON.stringify(result));
  } catch (error) {
    const body = error instanceof TableError ? error.body : { __type: 'InternalServerError', message: String(error) };
    response.writeHead(error instanceof TableError ? 400 : 500, headers).end(JSON.stringify(body));
  }
}
