import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { sha256 } from '../evidence.ts';
import type { LocalCloud } from '../local-cloud.ts';

/** What every table holds, as one hash: two that are equal have not been written to in between. */
export async function hashOfTables({ file: { region, credentials, endpoints, tables } }: LocalCloud): Promise<string> {
  const client = new DynamoDBClient({ region, credentials, endpoint: endpoints.dynamodb });
  const items: string[] = [];
  for (const TableName of Object.values(tables)) {
    let ExclusiveStartKey: Record<string, never> | undefined;
    do {
      const page = await client.send(new ScanCommand({ TableName, ExclusiveStartKey }));
      items.push(
        ...(page.Items ?? []).map((item) => `${TableName} ${JSON.stringify(item, Object.keys(item).sort())} ${JSON.stringify(item)}`),
      );
      ExclusiveStartKey = page.LastEvaluatedKey as Record<string, never> | undefined;
    } while (ExclusiveStartKey);
  }
  client.destroy();
  return sha256(Buffer.from(items.sort().join('\n')));
}
