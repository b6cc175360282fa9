import { type BucketName, type OutletName, physicalName, type QueueName, type TableName, variableOf } from './resources.ts';

/**
 * A setting that the stack gives every function that needs it.
 * @throws Error naming the variable: a function without it was deployed wrong
 */
export function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`The environment variable ${name} is missing: the stack must set it`);
  return value;
}

/** A setting that may be missing. */
export function optionalSetting(name: string): string | undefined {
  return process.env[name] || undefined;
}

/** The function that runs this code, without the stage: `self-service`; undefined in a process that is no function. */
export function ownFunction(): string | undefined {
  const name = optionalSetting('AWS_LAMBDA_FUNCTION_NAME');
  return name?.replace(physicalName(optionalSetting('STAGE') ?? '', ''), '');
}

/** The table's physical name. */
export function tableNamed(name: TableName): string {
  return setting(variableOf('TABLE', name));
}

/** The bucket's physical name. */
export function bucketNamed(name: BucketName): string {
  return setting(variableOf('BUCKET', name));
}

/** The queue's URL. */
export function queueUrlOf(name: QueueName | OutletName): string {
  return setting(variableOf('QUEUE', name));
}
