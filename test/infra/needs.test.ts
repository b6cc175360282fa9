import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { variableOf } from '../../functions/aws/resources.ts';
import { bundleFunctions } from '../../infra/bundle.ts';
import { bundleOf, FUNCTIONS, type FunctionName } from '../../infra/functions.ts';
import { type BundleNeeds, needsOf } from './bundle-needs.ts';
import { grantsOf, variablesOf } from './role.ts';

const STAGE = 'production';
const OPERATIONS: Readonly<Record<string, string>> = {
  'dynamodb:GetItem': 'get',
  'dynamodb:BatchGetItem': 'getMany',
  'dynamodb:Query': 'query',
  'dynamodb:PutItem': 'put',
  'dynamodb:BatchWriteItem': 'putMany',
  'dynamodb:UpdateItem': 'update',
  'dynamodb:DeleteItem': 'remove',
  'dynamodb:ConditionCheckItem': 'check',
};

const folder = mkdtempSync(join(tmpdir(), 'bundles-'));
const known = new Map<string, BundleNeeds>();

beforeAll(() => bundleFunctions(folder, 'external'), 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** The bundles tell what the code does, the templates what it may: the two have to agree, in both directions. */
describe.each(Object.keys(FUNCTIONS) as FunctionName[])('%s', (name) => {
  test('may do with tables what its code does, no more and no less', () => {
    const allowed = grantsOf(STAGE)
      .filter(({ who, what }) => who === name && what.startsWith('table '))
      .flatMap(({ what, actions }) =>
        actions.split(' ').map((action) => `${what.slice('table '.length).replace('/index/', '/')}:${OPERATIONS[action]}`),
      );
    expect(allowed.sort()).toEqual([...needs(name).tables].sort());
  });

  test('is told every setting, table, bucket and queue that its code asks for', () => {
    const { settings, tables, buckets, queues } = needs(name);
    const asked = [
      ...settings,
      ...[...tables].map((table) => variableOf('TABLE', table.split(/[:/]/)[0] ?? '')),
      ...[...buckets].map((bucket) => variableOf('BUCKET', bucket)),
      ...[...queues].map((queue) => variableOf('QUEUE', queue)),
    ];
    expect(asked.filter((variable) => !(variable in variablesOf(STAGE, name)))).toEqual([]);
  });
});

function needs(name: FunctionName): BundleNeeds {
  const bundle = bundleOf(name);
  const found = known.get(bundle) ?? needsOf(readFileSync(join(folder, bundle, 'index.mjs'), 'utf8'));
  known.set(bundle, found);
  return found;
}
