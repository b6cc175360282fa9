import { copyFile, mkdir } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { bundleOf, FUNCTIONS, type FunctionName, type FunctionSpec } from './functions.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Packages that are still CommonJS ask for Node's own modules by `require`, which an ES module does not have. */
const BANNER = "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);";

/**
 * Takes Node's own modules as they are. Imported by an ES module each of them is read export by export first, and reading
 * those of `node:http` loads undici, which nobody uses: a third of a cold start.
 */
const BUILTINS: Plugin = {
  name: 'builtins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[\w:/]+$/ }, ({ path }) => (isBuiltin(path) ? { path, namespace: 'builtin' } : undefined));
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
    }));
  },
};

/**
 * Leaves out what unpacks WOFF2: our fonts are TrueType, and its dictionary would be a fifth of every function that draws.
 * A font that needs it after all says so.
 */
const NO_WOFF2: Plugin = {
  name: 'no WOFF2',
  setup({ onLoad }) {
    onLoad({ filter: /node_modules\/brotli\/decompress\.js$/ }, () => ({
      contents: "module.exports = () => { throw new Error('WOFF2 fonts cannot be read here: give the font as TrueType'); };",
    }));
  },
};

/** One pass of esbuild for Node 24. */
const OPTIONS = {
  absWorkingDir: ROOT,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  mainFields: ['module', 'main'],
  banner: { js: BANNER },
  // Names stay as they are written: a stack trace is read at night.
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  sourcemap: 'linked',
  sourcesContent: false,
  logLevel: 'warning',
} as const satisfies BuildOptions;

/**
 * Bundles every function with what it imports, the SDK included, and puts its files beside it.
 * @param folder where each bundle gets a folder of its own, `<folder>/<bundle>/index.mjs`
 * @param packages `external` leaves packages out: a bundle of our own code alone, for whoever wants to read it
 */
export async function bundleFunctions(folder: string, packages: 'bundle' | 'external' = 'bundle'): Promise<void> {
  const bundles = new Map(names().map((name) => [bundleOf(name), FUNCTIONS[name] as FunctionSpec]));
  await build({
    ...OPTIONS,
    entryPoints: [...bundles].map(([bundle, { entry }]) => ({ in: entry, out: join(bundle, 'index') })),
    outdir: folder,
    packages,
    plugins: [BUILTINS, NO_WOFF2],
  });
  await Promise.all([...bundles].flatMap(([bundle, { files = [] }]) => files.map((file) => putBeside(join(folder, bundle), file))));
}

/** The local cloud runs from its sources: it is large, has workers of its own, and starts once. */
const LOCAL_CLOUD: Plugin = {
  name: 'local cloud',
  setup({ onResolve }) {
    onResolve({ filter: /infra\/(local\/local-cloud|synthesize)\.ts$/ }, ({ path }) => ({ path, external: true }));
  },
};

/**
 * Bundles the command line: read as some hundred files it takes four times as long to answer.
 * @param folder two below the root, as its source is, so that paths relative to it stay right
 * @returns the files of ours that it was made from, relative to the root
 */
export async function bundleCommand(folder: string): Promise<string[]> {
  const { metafile } = await build({
    ...OPTIONS,
    entryPoints: ['carrierpost', 'command-line'].map((name) => ({ in: `functions/cli/${name}.ts`, out: name })),
    outdir: folder,
    splitting: true,
    metafile: true,
    plugins: [BUILTINS, NO_WOFF2, LOCAL_CLOUD],
  });
  return Object.keys(metafile.inputs).filter((input) => !/node_modules|^builtin:/.test(input));
}

function names(): FunctionName[] {
  return Object.keys(FUNCTIONS) as FunctionName[];
}

async function putBeside(bundle: string, file: string): Promise<void> {
  const to = join(bundle, file);
  await mkdir(dirname(to), { recursive: true });
  await copyFile(join(ROOT, file), to);
}
