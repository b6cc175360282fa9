import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

/** Folders of functions/ by floor: a file imports from its own folder or from a lower floor, never sideways or up. */
const FLOORS: readonly (readonly string[])[] = [
  ['events', 'money', 'calendars', 'tokens', 'spreadsheets', 'icalendar', 'pages'],
  ['aws'],
  ['audit'],
  ['directory', 'dead-letters', 'link-keys'],
  ['preferences', 'tasks'],
  ['messages'],
  ['documents', 'inbound-mail'],
  ['invoice-checks'],
  ['billing', 'planned-works'],
  ['first-invoice', 'intake', 'self-service'],
  ['privacy'],
  ['console', 'cli'],
];
const DOORS = FLOORS.length - 1;
const LONGEST_FILE = 250;
const SHAPELESS = /^(utils?|helpers?|common|misc|shared|dtos?|mappers|types)(\.|$)/;
/** What the CDK app may know of the functions: names and small nouns. */
const KNOWN_TO_INFRA = /^functions\/(aws\/resources\.ts|events\/|money\/|calendars\/|tokens\/)/;
/** The commands that start, move and look at the local cloud. */
const MAY_START_THE_LOCAL_CLOUD = /^functions\/cli\/(up|at|start)\.ts$/;

interface Import {
  readonly from: string;
  /** A path of the repository, or a package. */
  readonly to: string;
  readonly typeOnly: boolean;
}

const root = join(import.meta.dirname, '..');
const files = globSync(['functions/**/*.ts', 'infra/**/*.ts', 'templates/**/*.ts', 'samples/**/*.ts', 'test/**/*.ts'], {
  cwd: root,
})
  .filter((file) => !file.endsWith('.d.ts'))
  .sort();
const sources = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));
const imports = files.flatMap(importsOf);
const ofFunctions = imports.filter(({ from }) => from.startsWith('functions/'));

describe('floors', () => {
  test('every folder of functions/ stands on a floor', () => {
    expect([...new Set(ownFiles().map(folderOf))].filter((folder) => !FLOORS.flat().includes(folder))).toEqual([]);
  });

  test('a file imports from its own folder or from a lower floor', () => {
    const climbing = ofFunctions.filter(({ from, to }) => {
      if (!to.startsWith('functions/') || folderOf(from) === folderOf(to)) return false;
      return floorOf(to) >= floorOf(from);
    });
    expect(climbing.map(arrow)).toEqual([]);
  });

  test('nothing imports a handler', () => {
    expect(ofFunctions.filter(({ to }) => to.endsWith('.handler.ts')).map(arrow)).toEqual([]);
  });

  test('no circles', () => {
    expect(circles()).toEqual([]);
  });
});

describe('functions and infra', () => {
  test('functions know nothing of infra, but for the commands of the local cloud', () => {
    const knowing = ofFunctions.filter(({ from, to }) => to.startsWith('infra/') && !MAY_START_THE_LOCAL_CLOUD.test(from));
    expect(knowing.map(arrow)).toEqual([]);
  });

  test('infra knows of the functions only names and small nouns', () => {
    const knowing = imports.filter(({ from, to }) => from.startsWith('infra/') && to.startsWith('functions/') && !KNOWN_TO_INFRA.test(to));
    expect(knowing.filter(({ from }) => !from.startsWith('infra/local/')).map(arrow)).toEqual([]);
  });

  test('only functions/aws speaks to AWS', () => {
    const speaking = ofFunctions.filter(({ from, to }) => to.startsWith('@aws-sdk/') && folderOf(from) !== 'aws');
    expect(speaking.map(arrow)).toEqual([]);
  });
});

describe('the pure core', () => {
  const core = () => ownFiles().filter((file) => !['aws', 'cli'].includes(folderOf(file)) && !file.endsWith('.handler.ts'));

  test.each([
    ['the environment', /\bprocess\.env\b/],
    ['the clock', /\bnew Date\(\)|\bDate\.now\(/],
  ])('never reads %s', (_, pattern) => {
    expect(core().filter((file) => pattern.test(codeOf(file)))).toEqual([]);
  });

  test('takes zod as a namespace, so that bundles carry what they use of it, not its forty languages', () => {
    expect(files.filter((file) => /import (type )?\{[^}]*\bz\b[^}]*\} from 'zod'/.test(sources.get(file) ?? ''))).toEqual([]);
  });

  test('below the doors nobody asks functions/aws/clock.ts for the time', () => {
    const asking = ofFunctions.filter(
      ({ from, to }) => to === 'functions/aws/clock.ts' && floorOf(from) < DOORS && folderOf(from) !== 'aws',
    );
    expect(asking.map(arrow)).toEqual([]);
  });
});

describe('files', () => {
  test('are not too long', () => {
    const lengths = files
      .filter((file) => /^(functions|infra|templates)\//.test(file))
      .map((file) => [file, (sources.get(file) ?? '').split('\n').length - 1] as const);
    expect(lengths.filter(([, lines]) => lines > LONGEST_FILE)).toEqual([]);
  });

  test('are kebab-case nouns and verbs, in folders that say what they are about', () => {
    const parts = files.flatMap((file) => file.split('/'));
    expect([...new Set(parts)].filter((part) => SHAPELESS.test(part))).toEqual([]);
    const odd = files.filter(
      (file) => file.startsWith('functions/') && !/^[a-z0-9]+(-[a-z0-9]+)*(\.handler)?\.ts$/.test(file.split('/').at(-1) ?? ''),
    );
    expect(odd.filter((file) => !file.includes('/calendars/'))).toEqual([]);
  });

  test('have no default exports and no escapes from the checks', () => {
    const escapes = new RegExp(
      ['biome' + '-ignore', '@ts' + '-(ignore|expect-error|nocheck)', '\\bas any\\b', '^export default'].join('|'),
      'm',
    );
    // Vitest wants a default export of its configurations and global set-ups, and of nothing else.
    expect(files.filter((file) => !/global-set-up\.ts$|vitest\.config\.ts$/.test(file) && escapes.test(sources.get(file) ?? ''))).toEqual(
      [],
    );
  });
});

test('the rules see the code', () => {
  expect(files.length).toBeGreaterThan(20);
  expect(ofFunctions.length).toBeGreaterThan(files.length / 2);
});

function ownFiles(): string[] {
  return files.filter((file) => file.startsWith('functions/'));
}

function folderOf(file: string): string {
  return file.split('/')[1] ?? '';
}

/** Handlers are doors wherever they lie. */
function floorOf(file: string): number {
  if (file.endsWith('.handler.ts')) return DOORS;
  return FLOORS.findIndex((floor) => floor.includes(folderOf(file)));
}

function importsOf(file: string): Import[] {
  const statements = codeOf(file).matchAll(/^(import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm);
  return [...statements].map(([, , type, named, dynamic]) => {
    const name = named ?? dynamic ?? '';
    const to = name.startsWith('.') ? relative(root, join(root, dirname(file), name)) : name;
    return { from: file, to, typeOnly: type !== undefined };
  });
}

/** The file without its comments, where words like `new Date()` are only talked about. */
function codeOf(file: string): string {
  return (sources.get(file) ?? '').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
}

/** Every circle of imports that exist at run time, by the file where it was found. */
function circles(): string[] {
  const next = Map.groupBy(
    imports.filter(({ to, typeOnly }) => sources.has(to) && !typeOnly),
    ({ from }) => from,
  );
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) found.push([...path.slice(path.indexOf(file)), file].join(' > '));
    if (done.has(file) || path.includes(file)) return;
    for (const { to } of next.get(file) ?? []) walk(to, [...path, file]);
    done.add(file);
  };
  for (const file of files) walk(file, []);
  return found;
}

function arrow({ from, to }: Import): string {
  return `${from} imports ${to}`;
}
