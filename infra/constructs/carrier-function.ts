import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { FUNCTIONS, type FunctionName } from '../functions.ts';
import { FIVE_MINUTES, RunbookAlarm } from './alarm.ts';
import { type CarrierStack, stackOf } from './place.ts';
import type { UseIn } from './uses.ts';

export interface CarrierFunctionProps {
  readonly name: FunctionName;
  /** What its failure means to people: stands in the alarm that wakes somebody. */
  readonly failureMeans: string;
  readonly uses: readonly UseIn[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Where an asynchronous call goes on which the function failed three times. */
  readonly deadLetters?: IQueue;
}

/** A Lambda function with a role of its own that allows what `uses` says and nothing else, a log that ends, and an alarm on errors. */
export class CarrierFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly role: Role;

  constructor(scope: Construct, id: string, { name, failureMeans, uses, environment = {}, deadLetters }: CarrierFunctionProps) {
    super(scope, id);
    const stack = stackOf(this);
    const { timeoutSeconds, memoryMegabytes } = FUNCTIONS[name];
    const used = uses.map((use) => use(stack));
    const logGroup = logGroupOf(this, stack, name);
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com'), description: `What ${name} may do` });
    for (const { statements, prefixes = [] } of used) {
      for (const statement of statements) this.role.addToPolicy(statement);
      for (const prefix of prefixes) acknowledgePrefix(this.role, prefix);
    }
    logGroup.grantWrite(this.role);
    this.lambda = new LambdaFunction(this, 'Function', {
      functionName: stack.named(name),
      description: `What its failure means: ${failureMeans}`.slice(0, 256),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: stack.codeOf(name),
      role: this.role,
      logGroup,
      timeout: Duration.seconds(timeoutSeconds),
      memorySize: memoryMegabytes,
      deadLetterQueue: deadLetters,
      environment: {
        NODE_OPTIONS: '--enable-source-maps',
        STAGE: stack.config.stage,
        PUBLIC_ORIGIN: `https://${stack.config.pages.domain}`,
        ...Object.assign({}, ...used.map((use) => use.environment)),
        ...environment,
      },
    });
    new RunbookAlarm(this, `${name}-errors`, {
      description: `The function ${name} fails. ${failureMeans}`,
      runbook: 'function-errors',
      metric: this.lambda.metricErrors({ period: FIVE_MINUTES, statistic: 'Sum' }),
      above: 0,
      periods: 3,
    });
  }
}

function logGroupOf(scope: Construct, stack: CarrierStack, name: FunctionName): LogGroup {
  return new LogGroup(scope, 'Log', {
    logGroupName: `/aws/lambda/${stack.named(name)}`,
    retention: stack.config.logRetentionDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });
}

/** cdk-nag reports each wildcard. The only ones end the key prefix of a bucket; the test of all statements holds them to that. */
function acknowledgePrefix(role: Role, prefix: string): void {
  Validations.of(role).acknowledge({
    id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::${prefix}]`,
    reason: 'Objects can only be granted by key prefix: their names come with the data.',
  });
}
