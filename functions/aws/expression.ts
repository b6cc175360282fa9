/** A DynamoDB expression with its names and values filled in. */
export interface Expression {
  readonly text: string;
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, unknown>>;
}

let sequence = 0;

/**
 * Writes a DynamoDB expression as it reads: `#name` stands for the attribute of that name, `${value}` for a value,
 * and an interpolated expression is spliced in.
 * @example expression`SET #state = ${'claimed'} ADD #attempts ${1}`
 */
export function expression(parts: TemplateStringsArray, ...inserts: unknown[]): Expression {
  const names: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  let text = '';
  for (const [index, part] of parts.entries()) {
    text += part;
    for (const [token, name] of part.matchAll(/#(\w+)/g)) names[token] = name as string;
    if (index >= inserts.length) continue;
    const insert = inserts[index];
    if (isExpression(insert)) {
      Object.assign(names, insert.names);
      Object.assign(values, insert.values);
      text += insert.text;
      continue;
    }
    sequence = (sequence + 1) % 1_000_000;
    const token = `:v${sequence}`;
    values[token] = insert;
    text += token;
  }
  return { text, names, values };
}

/** Joins expressions of one kind, for example the assignments of a SET. */
export function joined(expressions: readonly Expression[], separator: string): Expression {
  return {
    text: expressions.map(({ text }) => text).join(separator),
    names: Object.assign({}, ...expressions.map(({ names }) => names)),
    values: Object.assign({}, ...expressions.map(({ values }) => values)),
  };
}

function isExpression(value: unknown): value is Expression {
  return typeof value === 'object' && value !== null && 'text' in value && 'names' in value && 'values' in value;
}
