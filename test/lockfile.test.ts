import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

interface Locked {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

test('the lockfile names the packages of every platform, or `npm ci` refuses it: pin a version whose platform packages all exist', () => {
  const lockfile = readFileSync(join(import.meta.dirname, '../package-lock.json'), 'utf8');
  const { packages } = JSON.parse(lockfile) as { packages: Record<string, Locked> };
  const places = Object.keys(packages);
  const missing = Object.entries(packages).flatMap(([, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !places.some((place) => place.endsWith(`node_modules/${name}`))),
  );
  expect(missing).toEqual([]);
});
