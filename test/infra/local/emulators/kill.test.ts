import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { calm } from '../../../../infra/local/emulators/chaos.ts';
import { DynamoEmulator } from '../../../../infra/local/emulators/dynamodb.ts';

const KILLS = process.env.LONG === '1' ? 50 : 5;
const WRITER = fileURLToPath(new URL('./write-until-killed.ts', import.meta.url));

test('after a kill in the middle of transactions the counter and the numbers agree, and nothing answered is lost', async () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'carrierpost-kill-'));
  for (let kill = 0; kill < KILLS; kill += 1) {
    const answered = await writeAndKill(directory, 20 + kill * 7);
    const emulator = new DynamoEmulator({ directory, account: '000000000000', region: 'eu-west-1', chaos: calm });
    const { Items } = await emulator.operate('Scan', { TableName: 'numbers' });
    emulator.close();
    const items = Items as { pk: { S: string }; n?: { N: string } }[];
    const counter = Number(items.find(({ pk }) => pk.S === 'counter')?.n?.N);
    expect(items.length - 1).toBe(counter);
    expect(counter).toBeGreaterThanOrEqual(answered);
  }
  rmSync(directory, { recursive: true });
});

/** Kills the writer after so many answers; answers the last number it was told. */
async function writeAndKill(directory: string, after: number): Promise<number> {
  const writer = spawn(process.execPath, [WRITER, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
  let last = 0;
  let count = 0;
  let rest = '';
  writer.stdout.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      last = Number(line);
      count += 1;
      if (count === after) writer.kill('SIGKILL');
    }
  });
  await once(writer, 'close');
  return last;
}
