import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { carrierpostApp } from '../../infra/carrierpost.ts';
import { stageNamed } from '../../infra/config/stages.ts';

export interface Resource {
  readonly stack: string;
  readonly id: string;
  readonly type: string;
  readonly properties: Properties;
  readonly deletionPolicy: string | undefined;
}

/** A template's properties with every reference resolved to text. */
export type Properties = Readonly<Record<string, Value>>;
export type Value = string | number | boolean | readonly Value[] | { readonly [name: string]: Value };

interface Template {
  readonly Resources: Readonly<
    Record<string, { readonly Type: string; readonly Properties?: Properties; readonly DeletionPolicy?: string }>
  >;
}

const synthesized = new Map<string, readonly Resource[]>();

/** Every resource of a stage, from its synthesized templates; code is left out. */
export function resourcesOf(stage: string): readonly Resource[] {
  const known = synthesized.get(stage) ?? synthesize(stage, 'unchecked');
  synthesized.set(stage, known);
  return known;
}

/**
 * Synthesizes a stage.
 * @param validation `checked` also asks CloudFormation's own rules, which takes seconds; cdk-nag is always asked
 * @throws when a rule is broken
 */
export function synthesize(stage: string, validation: 'checked' | 'unchecked'): readonly Resource[] {
  const before = process.env.CDK_VALIDATION;
  process.env.CDK_VALIDATION = String(validation === 'checked');
  try {
    return readAssembly(newApp(stage).synth());
  } finally {
    if (before === undefined) delete process.env.CDK_VALIDATION;
    else process.env.CDK_VALIDATION = before;
  }
}

export function resourcesOfType(stage: string, type: string): readonly Resource[] {
  return resourcesOf(stage).filter((resource) => resource.type === type);
}

/** The text of a property; names of resources of the same template stand for their ARNs. */
export function textAt(properties: Value | undefined, ...path: readonly string[]): string {
  const value = path.reduce<Value | undefined>((at, name) => (at as { readonly [name: string]: Value } | undefined)?.[name], properties);
  return typeof value === 'object' ? JSON.stringify(value) : String(value ?? '');
}

function newApp(stage: string): App {
  const code = mkdtempSync(join(tmpdir(), 'no-code-'));
  writeFileSync(join(code, 'index.mjs'), 'export const handler = () => undefined;\n');
  return carrierpostApp([stageNamed(stage)], () => Code.fromAsset(code), { outdir: mkdtempSync(join(tmpdir(), 'assembly-')) });
}

function readAssembly(assembly: CloudAssembly): Resource[] {
  return assembly.stacks.flatMap((stack) => {
    const { Resources } = JSON.parse(readFileSync(stack.templateFullPath, 'utf8')) as Template;
    return Object.entries(Resources).map(([id, { Type, Properties = {}, DeletionPolicy }]) => ({
      stack: stack.stackName,
      id,
      type: Type,
      properties: resolve(Properties, Resources) as Properties,
      deletionPolicy: DeletionPolicy,
    }));
  });
}

/** Writes references as the text they will be: a resource by its physical name, a pseudo parameter by its own. */
function resolve(value: Value, resources: Template['Resources']): Value {
  if (Array.isArray(value)) return value.map((item) => resolve(item, resources));
  if (typeof value !== 'object') return value;
  const object = value as { readonly [name: string]: Value };
  const [[name, argument] = ['', '']] = Object.entries(object);
  if (name === 'Ref') return nameOf(String(argument), resources);
  if (name === 'Fn::GetAtt') return `${nameOf(String((argument as readonly Value[])[0]), resources)}.${(argument as readonly Value[])[1]}`;
  if (name === 'Fn::Join') {
    const [separator, parts] = argument as [string, readonly Value[]];
    return parts.map((part) => String(resolve(part, resources))).join(separator);
  }
  return Object.fromEntries(Object.entries(object).map(([key, item]) => [key, resolve(item, resources)]));
}

const PSEUDO: Readonly<Record<string, string>> = { 'AWS::Partition': 'aws', 'AWS::URLSuffix': 'amazonaws.com' };
const NAMES = ['QueueName', 'TableName', 'BucketName', 'FunctionName', 'LogGroupName', 'TopicName', 'Name'];

function nameOf(id: string, resources: Template['Resources']): string {
  const properties = resources[id]?.Properties ?? {};
  const name = NAMES.map((property) => properties[property]).find((text) => typeof text === 'string');
  return name === undefined ? (PSEUDO[id] ?? id) : String(name);
}
