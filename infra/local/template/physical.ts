import type { Resource, StackTemplate } from './assembly.ts';

/** The property that names a resource, by type. */
const NAMES: Readonly<Record<string, string>> = {
  'AWS::SQS::Queue': 'QueueName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::SecretsManager::Secret': 'Name',
  'AWS::Scheduler::ScheduleGroup': 'Name',
  'AWS::Scheduler::Schedule': 'Name',
  'AWS::SES::ConfigurationSet': 'Name',
  'AWS::SES::EmailIdentity': 'EmailIdentity',
  'AWS::CloudWatch::Alarm': 'AlarmName',
  'AWS::CloudWatch::Dashboard': 'DashboardName',
};

/** Where the SDKs and the console think queues are; the local cloud puts its own host in its place. */
export function queueAddress(region: string, account: string, name: string): string {
  return `https://sqs.${region}.amazonaws.com/${account}/${name}`;
}

/** What Ref gives for a resource. */
export function physicalIdOf(
  stack: StackTemplate,
  logicalId: string,
  { Type, Properties = {} }: Resource,
  resolve: (value: unknown) => unknown,
): string {
  const given = resolve(Properties[NAMES[Type] ?? '']);
  const name = given === undefined ? generatedName(stack, logicalId, Type, Properties) : String(given);
  if (Type === 'AWS::SQS::Queue') return queueAddress(stack.region, stack.account, name);
  if (Type === 'AWS::SNS::Topic') return `arn:aws:sns:${stack.region}:${stack.account}:${name}`;
  if (Type === 'AWS::SecretsManager::Secret') return `arn:aws:secretsmanager:${stack.region}:${stack.account}:secret:${name}-local1`;
  return name;
}

/** What Fn::GetAtt gives. */
export function attributesOf(stack: StackTemplate, { Type }: Resource, physicalId: string): Readonly<Record<string, string>> {
  const name = physicalId.split('/').at(-1) ?? physicalId;
  const arn = (service: string, resource: string) => `arn:aws:${service}:${stack.region}:${stack.account}:${resource}`;
  switch (Type) {
    case 'AWS::SQS::Queue':
      return { Arn: arn('sqs', name), QueueName: name, QueueUrl: physicalId };
    case 'AWS::S3::Bucket':
      return {
        Arn: `arn:aws:s3:::${physicalId}`,
        DomainName: `${physicalId}.s3.amazonaws.com`,
        RegionalDomainName: `${physicalId}.s3.${stack.region}.amazonaws.com`,
      };
    case 'AWS::DynamoDB::Table':
    case 'AWS::DynamoDB::GlobalTable':
      return { Arn: arn('dynamodb', `table/${physicalId}`) };
    case 'AWS::Lambda::Function':
      return { Arn: arn('lambda', `function:${physicalId}`) };
    case 'AWS::SNS::Topic':
      return { TopicArn: physicalId, TopicName: physicalId.split(':').at(-1) ?? '' };
    case 'AWS::IAM::Role':
      return { Arn: `arn:aws:iam::${stack.account}:role/${physicalId}`, RoleId: physicalId };
    case 'AWS::Logs::LogGroup':
      return { Arn: `${arn('logs', `log-group:${physicalId}`)}:*` };
    case 'AWS::SecretsManager::Secret':
      return { Id: physicalId };
    case 'AWS::Scheduler::Schedule':
    case 'AWS::Scheduler::ScheduleGroup':
      return { Arn: arn('scheduler', `schedule/default/${physicalId}`) };
    case 'AWS::CloudWatch::Alarm':
      return { Arn: arn('cloudwatch', `alarm:${physicalId}`) };
    case 'AWS::KMS::Key':
      return { Arn: arn('kms', `key/${physicalId}`), KeyId: physicalId };
    case 'AWS::ApiGatewayV2::Api':
      return { ApiId: physicalId, ApiEndpoint: `https://${physicalId}.execute-api.${stack.region}.amazonaws.com` };
    case 'AWS::ApiGatewayV2::DomainName':
      return { RegionalDomainName: `${physicalId}.execute-api.${stack.region}.amazonaws.com`, RegionalHostedZoneId: 'ZLOCAL' };
    case 'AWS::SES::EmailIdentity':
      return Object.fromEntries(
        [1, 2, 3].flatMap((number) => [
          [`DkimDNSTokenName${number}`, `${name}-${number}`],
          [`DkimDNSTokenValue${number}`, name],
        ]),
      );
  }
  return {};
}

function generatedName(stack: StackTemplate, logicalId: string, type: string, properties: Readonly<Record<string, unknown>>): string {
  const name = `${stack.name}-${logicalId}`;
  if (type === 'AWS::S3::Bucket') return name.toLowerCase().slice(0, 63);
  return properties.FifoQueue === true ? `${name}.fifo` : name;
}
