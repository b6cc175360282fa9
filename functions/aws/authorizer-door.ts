import middy from '@middy/core';
import type { APIGatewayRequestAuthorizerEventV2, Context } from 'aws-lambda';

/** Who asks for what, before any page hears of it. */
export interface GateRequest {
  /** In capitals. */
  readonly method: string;
  /** The name under which the gateway was called. */
  readonly host: string;
  /** What stands behind the question mark, decoded. */
  readonly query: Readonly<Record<string, string | undefined>>;
  /** `name=value` each, as the browser sent them. */
  readonly cookies: readonly string[];
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** Whether the request may go on, and what the page is told of who asks. */
export interface GateAnswer {
  readonly isAuthorized: boolean;
  readonly context?: Readonly<Record<string, string>>;
}

/** The door of a function that an HTTP API asks before its routes (payload 2.0, simple answer). */
export function authorizerDoor(judge: (request: GateRequest) => Promise<GateAnswer>) {
  const door = ({ requestContext, queryStringParameters, cookies, headers }: APIGatewayRequestAuthorizerEventV2): Promise<GateAnswer> =>
    judge({
      method: requestContext.http.method,
      host: requestContext.domainName,
      query: queryStringParameters ?? {},
      cookies: cookies ?? [],
      headers: headers ?? {},
    });
  return middy<APIGatewayRequestAuthorizerEventV2, GateAnswer>().handler(door) as (
    event: APIGatewayRequestAuthorizerEventV2,
    context: Context,
  ) => Promise<GateAnswer>;
}
