import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { DomainName, HttpApi, HttpStage, LogGroupLogDestination, SecurityPolicy } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { CarrierStack } from './place.ts';

export interface PageApiProps {
  /** Of the API and of its access log. */
  readonly name: string;
  readonly domain: string;
  /** Without one (the local cloud) the API has no name of its own. */
  readonly certificateArn?: string | undefined;
  readonly requestsPerSecond: number;
}

/** How many times the steady rate may come at once: everybody opens the mail at seven. */
const BURST = 5;

/** The route and never the path or what stands behind the question mark: a token in a log would open a customer's documents. */
const ACCESS_LOG = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    at: '$context.requestTime',
    route: '$context.routeKey',
    status: '$context.status',
    milliseconds: '$context.responseLatency',
    from: '$context.identity.sourceIp',
    error: '$context.integrationErrorMessage',
  }),
);

/** Adds an HTTP API to a stack, under a domain of its own, throttled, with an access log that ends. One per stack. */
export function addPageApi(stack: CarrierStack, { name, domain, certificateArn, requestsPerSecond }: PageApiProps): HttpApi {
  const httpApi = new HttpApi(stack, 'Api', {
    apiName: stack.named(name),
    createDefaultStage: false,
    disableExecuteApiEndpoint: certificateArn !== undefined,
  });
  const log = new LogGroup(stack, 'AccessLog', {
    logGroupName: `/aws/apigateway/${stack.named(name)}`,
    retention: stack.config.logRetentionDays,
  });
  const certificate = certificateArn ? Certificate.fromCertificateArn(stack, 'Certificate', certificateArn) : undefined;
  new HttpStage(stack, 'Stage', {
    httpApi,
    stageName: '$default',
    autoDeploy: true,
    throttle: { rateLimit: requestsPerSecond, burstLimit: requestsPerSecond * BURST },
    accessLogSettings: { destination: new LogGroupLogDestination(log), format: ACCESS_LOG },
    domainMapping: certificate && {
      domainName: new DomainName(stack, 'Domain', { domainName: domain, certificate, securityPolicy: SecurityPolicy.TLS_1_2 }),
    },
  });
  return httpApi;
}
