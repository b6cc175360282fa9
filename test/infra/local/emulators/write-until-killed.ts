import { calm } from '../../../../infra/local/emulators/chaos.ts';
import { DynamoEmulator } from '../../../../infra/local/emulators/dynamodb.ts';

/** Takes numbers in transactions until it is killed, and says each one that was answered. */
const emulator = new DynamoEmulator({ directory: process.argv[2] ?? '', account: '000000000000', region: 'eu-west-1', chaos: calm });
const key = (name: string) => ({ AttributeName: name, KeyType: 'HASH' });
const create = {
  TableName: 'numbers',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  KeySchema: [key('pk')],
};
await emulator.operate('CreateTable', create).catch(() => undefined);
for (;;) {
  const { Item } = await emulator.operate('GetItem', { TableName: 'numbers', Key: { pk: { S: 'counter' } } });
  const next = Number((Item as { n: { N: string } } | undefined)?.n.N ?? 0) + 1;
  const update = {
    TableName: 'numbers',
    Key: { pk: { S: 'counter' } },
    UpdateExpression: 'SET n = :next',
    ExpressionAttributeValues: { ':next': { N: String(next) } },
  };
  await emulator.operate('TransactWriteItems', {
    TransactItems: [{ Update: update }, { Put: { TableName: 'numbers', Item: { pk: { S: `number-${next}` } } } }],
  });
  process.stdout.write(`${next}\n`);
}
