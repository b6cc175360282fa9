import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { brokenAt } from '../../../functions/cli/output.ts';

const COMMAND = join(import.meta.dirname, '../../../bin/carrierpost.mjs');
const OUTPUT = join(import.meta.dirname, '../../../functions/cli/output.ts');

test('a reader that closes the pipe ends nothing and is told nothing', () => {
  const program = `
    import { print } from ${JSON.stringify(OUTPUT)};
    for (let i = 0; i < 20000; i++) { print('a line that somebody reads'); if (i % 1000 === 0) await new Promise(setImmediate); }
    process.stderr.write('done');`;
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['-o', 'pipefail', '-c', '"$0" --input-type=module -e "$1" | head -n 1', process.execPath, program],
    { encoding: 'utf8' },
  );
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'a line that somebody reads\n', stderr: 'done' });
});

test.each(['65536', '-1', 'http'])('a port of %s is a wrong command, not a start', (port) => {
  const { status, stderr } = spawnSync(process.execPath, [COMMAND, 'up', '--empty', `--port=${port}`], { encoding: 'utf8' });
  expect(status).toBe(2);
  expect(stderr).toMatch(/It must be a (port: 0 to 65535|whole number)/);
});

test.each([
  ['one two three', 80, ['one two three']],
  ['  one two three', 10, ['  one two', '    three']],
  ['  one aworditselftoolong two', 10, ['  one', '    aworditselftoolong', '    two']],
  ['  \u001b[31mone\u001b[39m two', 9, ['  \u001b[31mone\u001b[39m two']],
  ['', 10, ['']],
])('%j on %i columns', (text, columns, lines) => {
  expect(brokenAt(text, columns, 4)).toEqual(lines);
});
