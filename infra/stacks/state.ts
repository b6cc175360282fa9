import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, type BucketProps, type LifecycleRule, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { BUCKETS, type BucketName, LEADING_INDEXES, TABLES, type TableName } from '../../functions/aws/resources.ts';
import { CarrierStack, type CarrierStackProps } from '../constructs/place.ts';
import { LINK_KEYS, MAILBOXES, RECEIPT_RULES } from '../constructs/uses.ts';

const RECOVERY_DAYS = 35;
/** A version that was replaced or deleted can be brought back for so long. */
const OLD_VERSIONS_KEPT = Duration.days(90);

/** Objects that nobody needs for ever. Documents and registers stay: their retention is a matter of law and country. */
const LIFECYCLE: Readonly<Partial<Record<BucketName, LifecycleRule>>> = {
  intake: { id: 'exports-end', expiration: Duration.days(400) },
  print: { id: 'prints-end', expiration: Duration.days(90) },
  inbound: { id: 'mails-end', expiration: Duration.days(400) },
};

/** Everything that would be missed: tables, buckets, the secret of the link keys. Deployed first, changed seldom, deleted never. */
export class StateStack extends CarrierStack {
  private readonly removalPolicy: RemovalPolicy;

  constructor(scope: Construct, id: string, props: CarrierStackProps) {
    super(scope, id, { ...props, description: 'carrierpost: tables, buckets and secrets', terminationProtection: props.config.keepsData });
    this.removalPolicy = this.config.keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    for (const name of Object.keys(TABLES) as TableName[]) this.addTable(name);
    const accessLogs = this.addAccessLogs();
    const buckets = new Map(BUCKETS.map((name) => [name, this.addBucket(name, accessLogs)]));
    this.letSesStore(buckets.get('inbound'));
    this.addLinkKeys();
  }

  private addTable(name: TableName): void {
    const table = new Table(this, `${name}-table`, {
      tableName: this.named(name),
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: RECOVERY_DAYS },
      timeToLiveAttribute: 'expiresAt',
      deletionProtection: this.config.keepsData,
      removalPolicy: this.removalPolicy,
    });
    for (const index of TABLES[name].indexes) {
      table.addGlobalSecondaryIndex({
        indexName: index,
        partitionKey: { name: `${index}Pk`, type: AttributeType.STRING },
        sortKey: { name: `${index}Sk`, type: AttributeType.STRING },
        projectionType: LEADING_INDEXES.has(index) ? ProjectionType.KEYS_ONLY : ProjectionType.ALL,
      });
    }
  }

  private addBucket(name: BucketName, accessLogs: Bucket): Bucket {
    const rule = LIFECYCLE[name];
    return new Bucket(this, `${name}-bucket`, {
      ...this.bucketDefaults(),
      bucketName: this.bucketNamed(name),
      serverAccessLogsBucket: accessLogs,
      serverAccessLogsPrefix: `${name}/`,
      lifecycleRules: [
        { id: 'leftovers', abortIncompleteMultipartUploadAfter: Duration.days(7), noncurrentVersionExpiration: OLD_VERSIONS_KEPT },
        ...(rule ? [rule] : []),
      ],
    });
  }

  /** SES puts the mail of a rule below that rule's prefix, and nothing else. */
  private letSesStore(bucket: Bucket | undefined): void {
    for (const { rule, prefix } of Object.values(MAILBOXES)) {
      const source = this.receiptRuleArn(RECEIPT_RULES, rule);
      const conditions = { StringEquals: { 'aws:SourceAccount': this.account, 'aws:SourceArn': source } };
      const ses = new ServicePrincipal('ses.amazonaws.com', { conditions });
      const resources = [this.bucketArn('inbound', `${prefix}*`)];
      bucket?.addToResourcePolicy(new PolicyStatement({ principals: [ses], actions: ['s3:PutObject'], resources }));
    }
  }

  private addAccessLogs(): Bucket {
    const bucket = new Bucket(this, 'access-logs-bucket', {
      ...this.bucketDefaults(),
      bucketName: this.bucketNamed('access-logs'),
      lifecycleRules: [{ id: 'logs-end', expiration: Duration.days(400), noncurrentVersionExpiration: Duration.days(30) }],
    });
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'This bucket receives the access logs; its own would feed themselves.',
    });
    return bucket;
  }

  private bucketDefaults(): BucketProps {
    return {
      versioned: true,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: this.removalPolicy,
    };
  }

  private addLinkKeys(): void {
    const secret = new Secret(this, 'LinkKeys', {
      secretName: this.named(LINK_KEYS),
      description:
        'Keys that sign links in emails: {"current":"k1","keys":{"k1":"<32 bytes, base64>"}}. Set and rotated by docs/runbook.md.',
      removalPolicy: this.removalPolicy,
    });
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'Links live for months: a retired key has to stay in the secret for 13 months, which a rotation that replaces the value would break.',
    });
  }
}
