/** A request or an answer of DynamoDB, in its JSON. */
export type Request = Record<string, unknown>;

/** An operation that DynamoDB refused. */
export class TableError extends Error {
  readonly body: Record<string, unknown>;

  constructor(body: Record<string, unknown>) {
    super(String(body.message ?? body.Message ?? body.__type));
    this.body = body;
  }
}

export function tableError(type: string, message: string, more: Record<string, unknown> = {}): TableError {
  return new TableError({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message, Message: message, ...more });
}
