import { readFileSync } from 'node:fs';
import path from 'node:path';

export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
  readonly Condition?: string;
}

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Parameters?: Readonly<Record<string, { readonly Default?: unknown }>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Mappings?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: unknown } }>>;
}

/** One synthesized stack, with the folder of each file asset by its hash. */
export interface StackTemplate {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly template: Template;
  readonly assets: ReadonlyMap<string, string>;
}

interface Artifact {
  readonly type: string;
  readonly environment?: string;
  readonly dependencies?: readonly string[];
  readonly properties?: { readonly templateFile?: string; readonly stackName?: string };
}

interface AssetFile {
  readonly files: Readonly<Record<string, { readonly source: { readonly path: string } }>>;
}

/**
 * Reads a synthesized CDK assembly: every stack, those that others import from first.
 * @param folder the `cdk.out` folder
 */
export function readAssembly(folder: string): StackTemplate[] {
  const { artifacts } = readJson<{ artifacts: Record<string, Artifact> }>(path.join(folder, 'manifest.json'));
  const done = new Set<string>();
  const stacks: StackTemplate[] = [];
  const add = (id: string) => {
    const artifact = artifacts[id];
    if (!artifact || done.has(id)) return;
    done.add(id);
    for (const dependency of artifact.dependencies ?? []) add(dependency);
    if (artifact.type === 'aws:cloudformation:stack') stacks.push(readStack(folder, id, artifact));
  };
  for (const id of Object.keys(artifacts)) add(id);
  return stacks;
}

function readStack(folder: string, id: string, { environment = '', properties = {} }: Artifact): StackTemplate {
  const [, account = '', region = ''] = /^aws:\/\/([^/]+)\/(.+)$/.exec(environment) ?? [];
  const file = properties.templateFile ?? `${id}.template.json`;
  return {
    name: properties.stackName ?? id,
    account: /^\d{12}$/.test(account) ? account : '000000000000',
    region: region.startsWith('unknown') || region === '' ? 'eu-west-1' : region,
    template: readJson<Template>(path.join(folder, file)),
    assets: readAssets(folder, file.replace('.template.json', '.assets.json')),
  };
}

function readAssets(folder: string, file: string): Map<string, string> {
  const { files } = readJson<AssetFile>(path.join(folder, file));
  return new Map(Object.entries(files).map(([hash, { source }]) => [hash, path.resolve(folder, source.path)]));
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}
