import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';

/** What a page is asked for. */
export interface PageRequest {
  /** In capitals. */
  readonly method: string;
  /** Decoded, as it was asked for. */
  readonly path: string;
  /** The path's parameters, decoded. */
  readonly parameters: Readonly<Record<string, string | undefined>>;
  /** What stands behind the question mark, decoded. */
  readonly query: Readonly<Record<string, string | undefined>>;
  /** What the gateway's authorizer has checked of the bearer's token; empty where none stands before the page. */
  readonly claims: Readonly<Record<string, unknown>>;
  /** What a function said that the gateway asked before the page; empty where none was asked. */
  readonly context: Readonly<Record<string, unknown>>;
  /** `name=value` each, as the browser sent them. */
  readonly cookies: readonly string[];
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** As it was sent, whatever way the gateway wrapped it; empty without one. */
  readonly body: Buffer;
}

export interface PageAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Each as `Set-Cookie` has it. */
  readonly cookies?: readonly string[];
  /** Text, or the bytes of a file. */
  readonly body?: string | Buffer;
}

type Asked = APIGatewayProxyEventV2 & {
  readonly requestContext: {
    readonly authorizer?: {
      readonly jwt?: { readonly claims?: Readonly<Record<string, unknown>> };
      readonly lambda?: Readonly<Record<string, unknown>> | null;
    };
  };
};

/** The door of a page behind the HTTP API (payload 2.0). HEAD answers what GET would, without the body. */
export function pageDoor(handle: (request: PageRequest) => Promise<PageAnswer>) {
  const door = async ({
    rawPath,
    pathParameters,
    queryStringParameters,
    cookies = [],
    headers: given,
    requestContext,
    body: sent = '',
    isBase64Encoded,
  }: Asked): Promise<APIGatewayProxyStructuredResultV2> => {
    const { method } = requestContext.http;
    const received = Buffer.from(sent, isBase64Encoded ? 'base64' : 'utf8');
    const {
      status,
      headers,
      cookies: set,
      body = '',
    } = await handle({
      method,
      path: rawPath,
      parameters: pathParameters ?? {},
      query: queryStringParameters ?? {},
      claims: requestContext.authorizer?.jwt?.claims ?? {},
      context: requestContext.authorizer?.lambda ?? {},
      cookies,
      headers: given,
      body: received,
    });
    const told = { statusCode: status, headers: { ...headers }, ...(set ? { cookies: [...set] } : {}) };
    if (method === 'HEAD') return { ...told, body: '' };
    return typeof body === 'string' ? { ...told, body } : { ...told, body: body.toString('base64'), isBase64Encoded: true };
  };
  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>().handler(door) as (
    event: APIGatewayProxyEventV2,
    context: Context,
  ) => Promise<APIGatewayProxyStructuredResultV2>;
}

/** True when the client has what an ETag stands for already. */
export function isUnchanged(etag: string, headers: PageRequest['headers']): boolean {
  const tags = headers['if-none-match']?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
  return tags.includes(etag) || tags.includes('*');
}
