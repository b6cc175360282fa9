import { App, type AppProps, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { StageConfig } from './config/stage.ts';
import type { CarrierStack, CarrierStackProps } from './constructs/place.ts';
import { BillingStack } from './stacks/billing.ts';
import { ConsoleStack } from './stacks/console.ts';
import { FirstInvoiceStack } from './stacks/first-invoice.ts';
import { InboundMailStack } from './stacks/inbound-mail.ts';
import { IntakeStack } from './stacks/intake.ts';
import { MessagesStack } from './stacks/messages.ts';
import { OperationsStack } from './stacks/operations.ts';
import { PlannedWorksStack } from './stacks/planned-works.ts';
import { PublicPagesStack } from './stacks/public-pages.ts';
import { StateStack } from './stacks/state.ts';

/** What must be there before anything else of a stage: state that others name, the topic that alarms go to. */
const FIRST = { state: StateStack, operations: OperationsStack };

/** One stack per capability. */
const CAPABILITIES = {
  intake: IntakeStack,
  billing: BillingStack,
  'first-invoice': FirstInvoiceStack,
  messages: MessagesStack,
  'public-pages': PublicPagesStack,
  console: ConsoleStack,
  'planned-works': PlannedWorksStack,
  'inbound-mail': InboundMailStack,
};

/** Settings of the CDK itself. */
const FEATURES = {
  // Access logs are delivered by bucket policy: buckets have no ACLs.
  '@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy': true,
  // What CloudFormation would refuse fails at synth.
  '@aws-cdk/core:validateAgainstDefaultRules': true,
};

/** The CDK app of some stages, each checked against the AwsSolutions rules of cdk-nag when it is synthesized. */
export function carrierpostApp(stages: readonly StageConfig[], codeOf: CarrierStackProps['codeOf'], props: AppProps = {}): App {
  const app = new App({ analyticsReporting: false, context: FEATURES, ...props });
  for (const config of stages) addStage(app, config, codeOf);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
}

function addStage(app: App, config: StageConfig, codeOf: CarrierStackProps['codeOf']): void {
  const stack = (name: string) => `carrierpost-${config.stage}-${name}`;
  const first: CarrierStack[] = Object.entries(FIRST).map(([name, First]) => new First(app, stack(name), { config, codeOf }));
  for (const [name, Capability] of Object.entries(CAPABILITIES)) {
    const capability = new Capability(app, stack(name), { config, codeOf });
    for (const earlier of first) capability.addStackDependency(earlier);
  }
}
