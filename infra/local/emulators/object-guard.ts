import type { buildApp } from 'fauxqs';
import type { Chaos } from './chaos.ts';

type App = ReturnType<typeof buildApp>;

interface S3Request {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>> | undefined;
}

interface S3Reply {
  code(status: number): S3Reply;
  header(name: string, value: string): S3Reply;
  send(body: string): S3Reply;
}

/** Parts of S3 that fauxqs takes for a plain PUT or GET: PutObjectTagging would overwrite the object. */
const MISSING = [
  'tagging',
  'retention',
  'legal-hold',
  'acl',
  'versioning',
  'object-lock',
  'notification',
  'policy',
  'encryption',
  'publicAccessBlock',
  'cors',
  'restore',
  'torrent',
  'versions',
  'select',
  'replication',
];

/**
 * Stands in front of fauxqs's S3: refuses loudly (501) what it would get wrong in silence, lets nobody in without a
 * signature, lets signed URLs die in time, and fails now and then when chaos is on.
 */
export function guardObjects(app: App, { chaos, checkExpiry }: { chaos: Chaos; checkExpiry: boolean }): void {
  const before = async (request: S3Request, reply: S3Reply) => {
    if (isQueueCall(request)) return;
    const query = request.query ?? {};
    const missing = MISSING.find((part) => part in query);
    if (missing) return refuse(reply, 501, 'NotImplemented', `The local S3 does not do ?${missing}`);
    if (request.method === 'PUT' && (request.headers['if-none-match'] || request.headers['if-match'])) {
      return refuse(reply, 501, 'NotImplemented', 'The local S3 does not do conditional writes');
    }
    if (request.url === '/health' || request.url.startsWith('/_fauxqs')) return;
    const denied = checkExpiry ? whyDenied(request, Date.now()) : undefined;
    if (denied) return refuse(reply, 403, 'AccessDenied', denied);
    if (chaos.strikes('failBefore')) return refuse(reply, 503, 'SlowDown', 'Please reduce your request rate');
  };
  const after = async (request: S3Request, reply: S3Reply, payload: unknown) => {
    if (isQueueCall(request) || request.method !== 'PUT' || !chaos.strikes('failAfter')) return payload;
    reply.code(500);
    return errorBody('InternalError', 'We encountered an internal error. Please try again.');
  };
  const hooks = app as unknown as { addHook(name: string, hook: typeof before | typeof after): void };
  hooks.addHook('preHandler', before);
  hooks.addHook('onSend', after);
}

function isQueueCall({ headers }: S3Request): boolean {
  const type = headers['content-type'] ?? '';
  return type.includes('x-amz-json-1.0') || type.includes('x-www-form-urlencoded');
}

/** Why S3 would not let this request in, or undefined. Signed URLs live from X-Amz-Date for X-Amz-Expires seconds. */
export function whyDenied({ headers, query }: Pick<S3Request, 'headers' | 'query'>, now: number): string | undefined {
  if (headers.authorization) return undefined;
  const { 'X-Amz-Signature': signature, 'X-Amz-Date': date, 'X-Amz-Expires': seconds } = query ?? {};
  if (!signature || !date || !seconds) return 'Access Denied';
  const signedAt = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (Number.isNaN(signedAt)) return 'X-Amz-Date must be in the ISO8601 Long Format';
  return now > signedAt + Number(seconds) * 1000 ? 'Request has expired' : undefined;
}

function refuse(reply: S3Reply, status: number, code: string, message: string): S3Reply {
  return reply.code(status).header('content-type', 'application/xml').send(errorBody(code, message));
}

function errorBody(code: string, message: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message><RequestId>0</RequestId></Error>`;
}
