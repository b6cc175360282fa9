import type { Resource } from './assembly.ts';
import { UnknownInTemplate } from './resolver.ts';

interface ResourceType {
  /** Properties that the local cloud acts on. */
  readonly does: readonly string[];
  /** Properties that it leaves alone, with the reason. */
  readonly ignores?: Readonly<Record<string, string>>;
}

const TAGS = { Tags: 'nobody pays here' };
const ENCRYPTION = 'data stays on this machine';
const RECEIVING = 'nobody sends mail to this machine: `carrierpost works reply` brings what SES would';
const ACCESS = 'the local cloud has no IAM: only a cloud stage shows what is denied';

/** How a function is asked whether a request may go on. */
const ASKING = ['AuthorizerUri', 'AuthorizerPayloadFormatVersion', 'EnableSimpleResponses', 'AuthorizerResultTtlInSeconds'];

/** What the local cloud makes of each type of resource; everything else in a template stops it, by name. */
const ACTED_ON: Readonly<Record<string, ResourceType>> = {
  'AWS::SQS::Queue': {
    does: [
      'QueueName',
      'FifoQueue',
      'ContentBasedDeduplication',
      'DelaySeconds',
      'VisibilityTimeout',
      'MessageRetentionPeriod',
      'MaximumMessageSize',
      'ReceiveMessageWaitTimeSeconds',
      'RedrivePolicy',
    ],
    ignores: {
      ...TAGS,
      KmsMasterKeyId: ENCRYPTION,
      KmsDataKeyReusePeriodSeconds: ENCRYPTION,
      SqsManagedSseEnabled: ENCRYPTION,
      DeduplicationScope: 'the emulator deduplicates for the whole queue',
      FifoThroughputLimit: 'the emulator has no throughput limit',
      RedriveAllowPolicy: ACCESS,
    },
  },
  'AWS::S3::Bucket': {
    does: ['BucketName'],
    ignores: {
      ...TAGS,
      BucketEncryption: ENCRYPTION,
      VersioningConfiguration: 'the emulator keeps one version; keys are never overwritten',
      ObjectLockEnabled: 'the emulator has no object lock',
      ObjectLockConfiguration: 'the emulator has no object lock',
      LifecycleConfiguration: 'nothing expires on this machine',
      PublicAccessBlockConfiguration: 'unsigned requests are refused anyway',
      OwnershipControls: ACCESS,
      LoggingConfiguration: 'requests are not logged',
      MetricsConfigurations: 'no request metrics',
      IntelligentTieringConfigurations: 'one kind of storage',
      AccessControl: ACCESS,
      CorsConfiguration: 'browsers fetch through signed links, not scripts',
    },
  },
  'AWS::DynamoDB::Table': {
    does: ['TableName', 'AttributeDefinitions', 'KeySchema', 'GlobalSecondaryIndexes', 'TimeToLiveSpecification', 'BillingMode'],
    ignores: {
      ...TAGS,
      PointInTimeRecoverySpecification: 'a copy of the data folder does the same',
      SSESpecification: ENCRYPTION,
      DeletionProtectionEnabled: 'nothing deletes tables here',
      ContributorInsightsSpecification: 'no CloudWatch',
      TableClass: 'one kind of storage',
      OnDemandThroughput: 'the emulator has no throughput limit',
    },
  },
  'AWS::DynamoDB::GlobalTable': {
    does: ['TableName', 'AttributeDefinitions', 'KeySchema', 'GlobalSecondaryIndexes', 'TimeToLiveSpecification', 'BillingMode'],
    ignores: {
      SSESpecification: ENCRYPTION,
      Replicas: 'one machine',
      WarmThroughput: 'no throughput limit',
      WriteOnDemandThroughputSettings: 'no throughput limit',
    },
  },
  'AWS::Lambda::Function': {
    does: ['FunctionName', 'Code', 'Handler', 'Timeout', 'MemorySize', 'Environment', 'ReservedConcurrentExecutions', 'Runtime'],
    ignores: {
      ...TAGS,
      Role: ACCESS,
      Architectures: 'JavaScript runs on any',
      Description: 'for people',
      LoggingConfig: 'logs go to files',
      TracingConfig: 'no X-Ray',
      DeadLetterConfig: 'only for asynchronous invocations, which the template must not use',
      EphemeralStorage: 'the disk of this machine',
      KmsKeyArn: ENCRYPTION,
      RecursiveLoop: 'no loop detection',
    },
  },
  'AWS::Lambda::EventSourceMapping': {
    does: ['EventSourceArn', 'FunctionName', 'BatchSize', 'Enabled', 'FunctionResponseTypes', 'ScalingConfig'],
    ignores: {
      ...TAGS,
      MaximumBatchingWindowInSeconds: 'a batch is whatever is there',
      MetricsConfig: 'no CloudWatch',
      KmsKeyArn: ENCRYPTION,
    },
  },
  'AWS::Scheduler::Schedule': {
    does: ['Name', 'ScheduleExpression', 'ScheduleExpressionTimezone', 'State', 'Target', 'StartDate', 'EndDate'],
    ignores: { Description: 'for people', FlexibleTimeWindow: 'fires at its minute', GroupName: 'one group', KmsKeyArn: ENCRYPTION },
  },
  'AWS::SNS::Topic': {
    does: ['TopicName', 'Subscription'],
    ignores: {
      ...TAGS,
      DisplayName: 'for people',
      KmsMasterKeyId: ENCRYPTION,
      TracingConfig: 'no X-Ray',
      SignatureVersion: 'notifications are not signed',
    },
  },
  'AWS::SNS::Subscription': {
    does: ['TopicArn', 'Protocol', 'Endpoint', 'RawMessageDelivery'],
    ignores: { Region: 'one region', RedrivePolicy: 'delivery to a queue of this machine does not fail' },
  },
  'AWS::ApiGatewayV2::Api': {
    does: ['Name', 'ProtocolType'],
    ignores: {
      ...TAGS,
      Description: 'for people',
      DisableExecuteApiEndpoint: 'the local address is the only one',
      CorsConfiguration: 'pages of one origin',
    },
  },
  'AWS::ApiGatewayV2::Integration': {
    does: ['ApiId', 'IntegrationType', 'IntegrationUri', 'PayloadFormatVersion', 'TimeoutInMillis'],
    ignores: { IntegrationMethod: 'a function is always called by POST', Description: 'for people' },
  },
  'AWS::ApiGatewayV2::Route': { does: ['ApiId', 'RouteKey', 'Target', 'AuthorizationType', 'AuthorizerId', 'AuthorizationScopes'] },
  'AWS::ApiGatewayV2::Authorizer': { does: ['ApiId', 'Name', 'AuthorizerType', 'IdentitySource', 'JwtConfiguration', ...ASKING] },
  'AWS::ApiGatewayV2::Stage': {
    does: ['ApiId', 'StageName', 'AutoDeploy'],
    ignores: {
      ...TAGS,
      AccessLogSettings: 'requests are logged by the function',
      DefaultRouteSettings: 'no throttling by route',
      RouteSettings: 'no throttling by route',
      Description: 'for people',
    },
  },
  'AWS::CloudWatch::Alarm': {
    does: [
      'AlarmName',
      'AlarmDescription',
      'Namespace',
      'MetricName',
      'Dimensions',
      'Statistic',
      'ExtendedStatistic',
      'Period',
      'Threshold',
      'ComparisonOperator',
      'Metrics',
    ],
    ignores: {
      ...TAGS,
      AlarmActions: 'shown by `up` and by the control API',
      OKActions: 'shown by `up` and by the control API',
      InsufficientDataActions: 'no data is no alarm here',
      ActionsEnabled: 'no actions',
      EvaluationPeriods: 'one period is enough to be told',
      DatapointsToAlarm: 'one period is enough to be told',
      TreatMissingData: 'no data is no alarm here',
      Unit: 'one unit per metric',
      EvaluateLowSampleCountPercentile: 'no percentiles',
    },
  },
  'AWS::SecretsManager::Secret': {
    does: ['Name', 'GenerateSecretString', 'SecretString'],
    ignores: { ...TAGS, Description: 'for people', KmsKeyId: ENCRYPTION, ReplicaRegions: 'one region' },
  },
  'AWS::SES::ConfigurationSet': {
    does: ['Name'],
    ignores: {
      ...TAGS,
      SendingOptions: 'sending is never paused by SES itself',
      ReputationOptions: 'no reputation',
      DeliveryOptions: 'nothing leaves the machine',
      SuppressionOptions: 'the account has no suppression list',
      TrackingOptions: 'opens and clicks are not tracked',
      VdmOptions: 'no deliverability manager',
      ArchivingOptions: 'every mail is kept',
    },
  },
  'AWS::SES::ConfigurationSetEventDestination': { does: ['ConfigurationSetName', 'EventDestination'] },
  'AWS::SES::EmailIdentity': {
    does: ['EmailIdentity'],
    ignores: {
      ...TAGS,
      DkimAttributes: 'mails are not signed',
      DkimSigningAttributes: 'mails are not signed',
      MailFromAttributes: 'nothing leaves the machine',
      FeedbackAttributes: 'events tell',
      ConfigurationSetAttributes: 'the sender names its set',
    },
  },
};

/** Resources that exist on AWS only; the reason is told to whoever reads this table. */
const ACCEPTED: Readonly<Record<string, string>> = {
  'AWS::IAM::Role': ACCESS,
  'AWS::IAM::Policy': ACCESS,
  'AWS::IAM::ManagedPolicy': ACCESS,
  'AWS::SQS::QueuePolicy': ACCESS,
  'AWS::S3::BucketPolicy': ACCESS,
  'AWS::SNS::TopicPolicy': ACCESS,
  'AWS::Lambda::Permission': ACCESS,
  'AWS::SecretsManager::ResourcePolicy': ACCESS,
  'AWS::KMS::Key': ENCRYPTION,
  'AWS::KMS::Alias': ENCRYPTION,
  'AWS::Logs::LogGroup': 'logs go to files',
  'AWS::Logs::MetricFilter': 'metrics come by embedded format',
  'AWS::Logs::ResourcePolicy': ACCESS,
  'AWS::CloudWatch::Dashboard': 'a picture of CloudWatch',
  'AWS::CloudWatch::CompositeAlarm': 'its parts are shown',
  'AWS::Scheduler::ScheduleGroup': 'one group',
  'AWS::ApiGatewayV2::DomainName': 'the local address is the only one',
  'AWS::ApiGatewayV2::ApiMapping': 'the local address is the only one',
  'AWS::SES::ReceiptRuleSet': RECEIVING,
  'AWS::SES::ReceiptRule': RECEIVING,
  'AWS::SSM::Parameter': 'read by people and pipelines only',
  'AWS::CDK::Metadata': 'says which version of the CDK wrote the template',
};

/**
 * Whether the local cloud acts on a resource (true) or knowingly leaves it alone (false).
 * @throws UnknownInTemplate naming the type, or the property of a known type
 */
export function isActedOn(logicalId: string, { Type, Properties = {} }: Resource): boolean {
  if (Type in ACCEPTED) return false;
  const known = ACTED_ON[Type];
  if (!known) throw new UnknownInTemplate(`The template has a resource of type ${Type} (${logicalId}): the local cloud does not know it`);
  for (const property of Object.keys(Properties)) {
    if (known.does.includes(property) || property in (known.ignores ?? {})) continue;
    throw new UnknownInTemplate(`${Type} ${logicalId} has the property ${property}: the local cloud neither does nor knowingly ignores it`);
  }
  return true;
}
