import type { Resource, StackTemplate } from './assembly.ts';
import { attributesOf, physicalIdOf } from './physical.ts';

type Mapping = Readonly<Record<string, unknown>>;

/** Something in a template that the local cloud does not know. It never guesses. */
export class UnknownInTemplate extends Error {}

/** Values that stacks hand to each other, by export name. */
export type Exports = Map<string, unknown>;

/** Fills in the intrinsics of one stack's template. */
export class Resolver {
  readonly stack: StackTemplate;
  readonly #exports: Exports;

  constructor(stack: StackTemplate, exports: Exports) {
    this.stack = stack;
    this.#exports = exports;
  }

  /** The resources that exist: those without a condition, or whose condition is true. */
  resources(): [string, Resource][] {
    return Object.entries(this.stack.template.Resources).filter(
      ([, { Condition }]) => Condition === undefined || this.#condition(Condition),
    );
  }

  /** Registers what the stack exports, for the stacks after it. */
  publishExports(): void {
    for (const { Value, Export } of Object.values(this.stack.template.Outputs ?? {})) {
      if (Export) this.#exports.set(String(this.value(Export.Name)), this.value(Value));
    }
  }

  /**
   * A template value with every intrinsic filled in.
   * @throws UnknownInTemplate naming the intrinsic
   */
  value(given: unknown): unknown {
    if (Array.isArray(given)) return given.map((part) => this.value(part)).filter((part) => part !== undefined);
    if (typeof given !== 'object' || given === null) return given;
    const entries = Object.entries(given);
    const [name, argument] = entries[0] ?? [];
    if (entries.length === 1 && name !== undefined && (name === 'Ref' || name === 'Condition' || name.startsWith('Fn::'))) {
      return this.#intrinsic(name, argument);
    }
    return Object.fromEntries(entries.map(([key, part]) => [key, this.value(part)]).filter(([, part]) => part !== undefined));
  }

  /** The physical name or address of a resource, as Ref gives it. */
  physicalId(logicalId: string): string {
    const resource = this.stack.template.Resources[logicalId];
    if (!resource) throw this.#unknown(`Ref to ${logicalId}, which is no resource of the template`);
    return physicalIdOf(this.stack, logicalId, resource, (value) => this.value(value));
  }

  attribute(logicalId: string, name: string): unknown {
    const resource = this.stack.template.Resources[logicalId];
    if (!resource) throw this.#unknown(`Fn::GetAtt of ${logicalId}, which is no resource of the template`);
    const found = attributesOf(this.stack, resource, this.physicalId(logicalId))[name];
    if (found === undefined) throw this.#unknown(`Fn::GetAtt ${name} of a ${resource.Type} (${logicalId})`);
    return found;
  }

  #intrinsic(name: string, argument: unknown): unknown {
    switch (name) {
      case 'Ref':
        return this.#reference(String(argument));
      case 'Fn::GetAtt':
        return this.#getAttribute(argument);
      case 'Fn::Join':
        return this.#list(argument, 1).join(this.#text(argument, 0));
      case 'Fn::Sub':
        return this.#substitute(argument);
      case 'Fn::Select':
        return this.#list(argument, 1)[Number(this.#text(argument, 0))];
      case 'Fn::Split':
        return this.#text(argument, 1).split(this.#text(argument, 0));
      case 'Fn::ImportValue':
        return this.#import(String(this.value(argument)));
      case 'Fn::If': {
        const [condition, yes, no] = argument as [string, unknown, unknown];
        return this.value(this.#condition(condition) ? yes : no);
      }
      case 'Fn::FindInMap': {
        const [map, first, second] = (argument as unknown[]).map((part) => String(this.value(part)));
        return this.#found(
          this.stack.template.Mappings?.[map ?? '']?.[first ?? '']?.[second ?? ''],
          `Fn::FindInMap ${map} ${first} ${second}`,
        );
      }
      case 'Fn::Base64':
        return Buffer.from(String(this.value(argument))).toString('base64');
      case 'Condition':
        return this.#condition(String(argument));
      case 'Fn::Equals':
      case 'Fn::Not':
      case 'Fn::And':
      case 'Fn::Or':
        return this.#test(name, argument as unknown[]);
    }
    throw this.#unknown(`the intrinsic ${name}`);
  }

  #reference(name: string): unknown {
    const { account, region } = this.stack;
    const pseudo: Mapping = {
      'AWS::AccountId': account,
      'AWS::Region': region,
      'AWS::Partition': 'aws',
      'AWS::URLSuffix': 'amazonaws.com',
      'AWS::StackName': this.stack.name,
      'AWS::StackId': `arn:aws:cloudformation:${region}:${account}:stack/${this.stack.name}/local`,
      'AWS::NoValue': undefined,
    };
    if (name in pseudo) return pseudo[name];
    const parameter = this.stack.template.Parameters?.[name];
    return parameter ? parameter.Default : this.physicalId(name);
  }

  #getAttribute(argument: unknown): unknown {
    const parts = typeof argument === 'string' ? argument.split('.') : (argument as string[]);
    return this.attribute(parts[0] ?? '', parts.slice(1).join('.'));
  }

  #substitute(argument: unknown): string {
    const [text, given = {}] = (Array.isArray(argument) ? argument : [argument]) as [string, Mapping?];
    return text.replace(/\$\{(!?)([^}]+)\}/g, (whole, literal: string, name: string) => {
      if (literal) return whole.replace('!', '');
      if (name in given) return String(this.value(given[name]));
      return String(name.includes('.') ? this.#getAttribute(name) : this.#reference(name));
    });
  }

  #import(name: string): unknown {
    return this.#found(this.#exports.get(name), `Fn::ImportValue of ${name}, which no stack exports`);
  }

  #condition(name: string): boolean {
    const condition = this.stack.template.Conditions?.[name];
    if (condition === undefined) throw this.#unknown(`the condition ${name}`);
    return this.value(condition) === true;
  }

  #test(name: string, parts: readonly unknown[]): boolean {
    const values = parts.map((part) => this.value(part));
    if (name === 'Fn::Equals') return String(values[0]) === String(values[1]);
    if (name === 'Fn::Not') return values[0] !== true;
    return name === 'Fn::And' ? values.every((value) => value === true) : values.some((value) => value === true);
  }

  #list(argument: unknown, index: number): unknown[] {
    return this.value((argument as unknown[])[index]) as unknown[];
  }

  #text(argument: unknown, index: number): string {
    return String(this.value((argument as unknown[])[index]));
  }

  #found<T>(value: T | undefined, what: string): T {
    if (value === undefined) throw this.#unknown(what);
    return value;
  }

  #unknown(what: string): UnknownInTemplate {
    return new UnknownInTemplate(`The template of ${this.stack.name} has ${what}: the local cloud does not know it`);
  }
}
