import type { ApiPart, AskedPart, JwtPart, RoutePart } from './parts.ts';
import { type Resolver, UnknownInTemplate } from './resolver.ts';

export type Properties = Record<string, unknown>;

/** A resource of the template, with its intrinsics filled in. */
export interface Found {
  readonly id: string;
  readonly properties: Properties;
  readonly resolver: Resolver;
}

type Authorizers = ReadonlyMap<string, Properties>;

/** Where API Gateway's own form wraps a function's ARN in a path. */
const WRAPPED = /functions\/(arn:[^/]+)\/invocations/;

/**
 * The template's HTTP APIs, each with its routes and who may call them.
 * @throws UnknownInTemplate for an authorizer that the local cloud does not play, or a route that leads nowhere
 */
export function readApis(all: (type: string) => readonly Found[]): ApiPart[] {
  const integrations = new Map(all('AWS::ApiGatewayV2::Integration').map(({ id, properties }) => [id, text(properties.IntegrationUri)]));
  const authorizers: Authorizers = new Map(
    all('AWS::ApiGatewayV2::Authorizer').map(({ id, properties, resolver }) => [resolver.physicalId(id), properties]),
  );
  const routes = all('AWS::ApiGatewayV2::Route').map((found) => ({
    api: found.properties.ApiId,
    part: routePart(found, integrations, authorizers),
  }));
  return all('AWS::ApiGatewayV2::Api').map(({ id, properties, resolver }) => ({
    name: text(properties.Name),
    routes: routes.filter(({ api }) => api === resolver.physicalId(id)).map(({ part }) => part),
  }));
}

function routePart({ id, properties, resolver }: Found, integrations: ReadonlyMap<string, string>, authorizers: Authorizers): RoutePart {
  const authorization = authorizationOf(id, properties, authorizers);
  const target = text(properties.Target).replace(`integrations/${resolver.stack.name}-`, '');
  const uri = integrations.get(target);
  if (!uri) throw new UnknownInTemplate(`Route ${id} leads to ${target}, which is no integration`);
  return { key: text(properties.RouteKey), functionArn: WRAPPED.exec(uri)?.[1] ?? uri, ...authorization };
}

/** @throws UnknownInTemplate for an authorizer of another kind, or one that is not there */
function authorizationOf(id: string, properties: Properties, authorizers: Authorizers): Pick<RoutePart, 'jwt' | 'asked'> {
  const { AuthorizationType: type = 'NONE', AuthorizerId, AuthorizationScopes = [] } = properties;
  if (type === 'NONE') return {};
  const authorizer = authorizers.get(text(AuthorizerId));
  if (type === 'JWT' && authorizer?.AuthorizerType === 'JWT') return { jwt: jwtPart(id, authorizer, AuthorizationScopes as string[]) };
  if (type === 'CUSTOM' && authorizer?.AuthorizerType === 'REQUEST') return { asked: askedPart(id, authorizer) };
  throw new UnknownInTemplate(
    `Route ${id} has an authorizer (${text(type)}) that the local cloud does not know: it knows JWT authorizers, and functions that are asked (REQUEST)`,
  );
}

function jwtPart(id: string, { IdentitySource, JwtConfiguration }: Properties, scopes: readonly string[]): JwtPart {
  if (JSON.stringify(IdentitySource) !== '["$request.header.Authorization"]') {
    throw new UnknownInTemplate(`The authorizer of route ${id} reads ${JSON.stringify(IdentitySource)}: the local cloud reads the header`);
  }
  const { Issuer, Audience } = JwtConfiguration as { Issuer: string; Audience: string[] };
  return { issuer: Issuer, audiences: Audience, scopes };
}

/** The one form that is played: payload 2.0, simple answers, nothing kept. */
function askedPart(id: string, authorizer: Properties): AskedPart {
  const { AuthorizerPayloadFormatVersion: format, EnableSimpleResponses: simple, AuthorizerResultTtlInSeconds: kept = 300 } = authorizer;
  if (format !== '2.0' || simple !== true || Number(kept) !== 0) {
    const what = `payload ${text(format)}, simple answers ${text(simple)}, kept for ${text(kept)} seconds`;
    throw new UnknownInTemplate(
      `The authorizer of route ${id} has ${what}: the local cloud knows payload 2.0, simple answers, kept for 0 seconds`,
    );
  }
  const uri = text(authorizer.AuthorizerUri);
  const needs = ((authorizer.IdentitySource as string[] | undefined) ?? []).map((source) => {
    const [, header] = /^\$request\.header\.([\w-]+)$/.exec(source) ?? [];
    if (!header) throw new UnknownInTemplate(`The authorizer of route ${id} needs ${source}: the local cloud knows headers`);
    return header.toLowerCase();
  });
  return { functionArn: WRAPPED.exec(uri)?.[1] ?? uri, needs };
}

export function text(value: unknown): string {
  return String(value);
}
