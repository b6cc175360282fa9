import { physicalName } from '../../functions/aws/resources.ts';
import { stageNamed } from '../../infra/config/stages.ts';
import { FUNCTIONS, type FunctionName } from '../../infra/functions.ts';
import { type Properties, type Resource, resourcesOfType, textAt } from './assembly.ts';

/** One thing that a role allows, in few words. */
export interface Grant {
  /** The function; `<function> schedules` for the role that calls it. */
  readonly who: string;
  /** `dynamodb:GetItem dynamodb:Query`, sorted. */
  readonly actions: string;
  /** `table billing`, `table messages/index/byGroup`, `queue render`, `bucket register/control/*`, `log`, ... */
  readonly what: string;
  readonly condition: string;
}

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: object;
}

/** Everything that the roles of a stage allow, one line for each resource of each statement. */
export function grantsOf(stage: string): Grant[] {
  const policies = resourcesOfType(stage, 'AWS::IAM::Policy');
  return policies.flatMap((policy) => {
    const who = ownerOf(stage, policy);
    return statementsOf(policy.properties).flatMap(({ Action, Resource, Condition }) =>
      [Resource].flat().map((resource) => ({
        who,
        actions: [Action].flat().sort().join(' '),
        what: shortOf(stage, [Action].flat()[0] ?? '', resource),
        condition: Condition ? JSON.stringify(Condition) : '',
      })),
    );
  });
}

/** The environment variables of a function. */
export function variablesOf(stage: string, name: FunctionName): Readonly<Record<string, string>> {
  const lambda = resourcesOfType(stage, 'AWS::Lambda::Function').find(
    ({ properties }) => properties.FunctionName === physicalName(stage, name),
  );
  return ((lambda?.properties.Environment as Properties | undefined)?.Variables ?? {}) as Readonly<Record<string, string>>;
}

function statementsOf(properties: Properties): readonly Statement[] {
  return (properties.PolicyDocument as unknown as { Statement: readonly Statement[] }).Statement;
}

function ownerOf(stage: string, { stack, properties }: Resource): string {
  const [role] = properties.Roles as readonly string[];
  const lambdas = resourcesOfType(stage, 'AWS::Lambda::Function').filter((lambda) => lambda.stack === stack);
  const own = lambdas.find((lambda) => textAt(lambda.properties, 'Role') === `${role}.Arn`);
  if (own) return functionOf(stage, textAt(own.properties, 'FunctionName'));
  const schedule = resourcesOfType(stage, 'AWS::Scheduler::Schedule').find(
    (candidate) => candidate.stack === stack && textAt(candidate.properties, 'Target', 'RoleArn') === `${role}.Arn`,
  );
  return `${functionOf(stage, textAt(schedule?.properties, 'Target', 'Arn').replace('.Arn', ''))} schedules`;
}

function functionOf(stage: string, physical: string): string {
  return Object.keys(FUNCTIONS).find((name) => physicalName(stage, name) === physical) ?? physical;
}

const KINDS: Readonly<Record<string, string>> = {
  dynamodb: 'table',
  lambda: 'function',
  logs: 'log',
  s3: 'bucket',
  secretsmanager: 'secret',
  ses: 'ses',
  sqs: 'queue',
};

/** `queue render`: the kind of thing by its service, and its name without stage and account. */
function shortOf(stage: string, action: string, resource: string): string {
  const { account, region } = stageNamed(stage);
  const kind = KINDS[action.split(':')[0] ?? ''] ?? action;
  const own = resource
    .split(physicalName(stage, ''))[1]
    ?.replace(/\.Arn$/, '')
    .replace(`-${account}-${region}`, '');
  return `${kind} ${own ?? resource.split(/[:/]/).at(-1)}`;
}
