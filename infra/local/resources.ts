import { type Emulators, endpointVariables, type Ports } from './emulators/emulators.ts';
import { ResourceMaker } from './emulators/resources.ts';
import type { Blueprint } from './template/parts.ts';

/** Makes what the template has and the emulators have not: resources that exist keep their contents. */
export async function build(blueprint: Blueprint, { ports, mail, secrets }: Emulators): Promise<void> {
  const maker = new ResourceMaker(ports, blueprint.region);
  // A queue names its dead-letter queue, which must be there before it.
  const deadLettersFirst = [...blueprint.queues].sort(
    (a, b) => Number('RedrivePolicy' in a.attributes) - Number('RedrivePolicy' in b.attributes),
  );
  for (const { name, attributes } of deadLettersFirst) await maker.queue(name, { ...attributes });
  await Promise.all([...blueprint.tables.map((table) => maker.table(table)), ...blueprint.buckets.map((bucket) => maker.bucket(bucket))]);
  for (const topic of blueprint.topics) await maker.topic(topic);
  for (const { topicArn, queueArn, raw } of blueprint.subscriptions) await maker.subscription(topicArn, queueArn, raw);
  maker.close();
  for (const { name, recipe, value } of blueprint.secrets) {
    if (value !== undefined && secrets.find(name) === undefined) secrets.set(name, value);
    else secrets.ensure(name, recipe);
  }
  await mail.call('setRules', { sets: blueprint.sesSets, identities: blueprint.identities });
}

/** What `local.json` says, so that any AWS SDK can drive the cloud from outside. */
export function localFile(blueprint: Blueprint, ports: Ports, urls: object): Record<string, unknown> {
  const { account, region } = blueprint;
  const origin = (port: number) => `http://127.0.0.1:${port}`;
  const queueUrl = (name: string) => `${origin(ports.messaging)}/${account}/${name}`;
  const variables = endpointVariables(ports, region);
  return {
    pid: process.pid,
    region,
    credentials: { accessKeyId: variables.AWS_ACCESS_KEY_ID, secretAccessKey: variables.AWS_SECRET_ACCESS_KEY },
    endpoints: {
      sqs: origin(ports.messaging),
      s3: origin(ports.messaging),
      sns: origin(ports.messaging),
      dynamodb: origin(ports.dynamodb),
      ses: origin(ports.ses),
      secretsmanager: origin(ports.secrets),
    },
    queues: Object.fromEntries(blueprint.queues.map(({ name }) => [logicalName(name, blueprint), queueUrl(name)])),
    buckets: Object.fromEntries(blueprint.buckets.map((name) => [logicalName(name, blueprint), name])),
    tables: Object.fromEntries(blueprint.tables.map(({ TableName }) => [logicalName(TableName, blueprint), TableName])),
    urls,
  };
}

/** `carrierpost-local-portal-000000000000-eu-central-1` is called `portal`. */
function logicalName(physical: string, { account, region }: Blueprint): string {
  return physical.replace(/^carrierpost-[a-z0-9]+-/, '').replace(`-${account}-${region}`, '');
}
