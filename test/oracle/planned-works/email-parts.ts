/*
 * An email as its bytes are built (RFC 5322, 2045, 2046), read longhand: mail libraries forgive, and forget the order of parts.
 */

export interface Part {
  /** Name and unfolded value, as they stand. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Lower case, without parameters. */
  readonly type: string;
  /** Of Content-Type, names in lower case. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Decoded; empty for a multipart. */
  readonly content: Buffer;
  readonly parts: readonly Part[];
}

/**
 * Reads an email into its tree of parts.
 * @throws Error when a multipart names no boundary or does not end
 */
export function readEmail(raw: Buffer): Part {
  return readPart(raw.toString('latin1'));
}

/** Every value of a header, in order. */
export function headersNamed({ headers }: Part, name: string): string[] {
  return headers.filter(([found]) => found.toLowerCase() === name).map(([, value]) => value);
}

/** `mixed(alternative(plain, html, calendar), csv)`: how the parts hang together. */
export function shapeOf({ type, parts }: Part): string {
  const name = type.split('/')[1] ?? type;
  return parts.length > 0 ? `${name}(${parts.map(shapeOf).join(', ')})` : name;
}

/** The parts that hold content, in order. */
export function leavesOf(part: Part): Part[] {
  return part.type.startsWith('multipart/') ? part.parts.flatMap(leavesOf) : [part];
}

/** The address of a header that names one mailbox: `Jane <jane@customer.example>` or the bare address. */
export function addressIn(value: string): string {
  return (/<([^<>]+)>\s*$/.exec(value)?.[1] ?? value).trim();
}

function readPart(text: string): Part {
  const end = text.startsWith('\r\n') ? 0 : text.indexOf('\r\n\r\n');
  const head = end <= 0 ? '' : text.slice(0, end);
  const body = end < 0 ? '' : text.slice(end === 0 ? 2 : end + 4);
  const headers = head
    .split(/\r\n(?![ \t])/)
    .filter((line) => line !== '')
    .map((line) => {
      const colon = line.indexOf(':');
      return [
        line.slice(0, colon),
        line
          .slice(colon + 1)
          .replaceAll(/\r\n[ \t]/g, ' ')
          .trim(),
      ] as const;
    });
  const named = (name: string) => headers.find(([found]) => found.toLowerCase() === name)?.[1];
  const { type, parameters } = contentType(named('content-type') ?? 'text/plain');
  if (!type.startsWith('multipart/'))
    return { headers, type, parameters, content: decoded(body, named('content-transfer-encoding')), parts: [] };
  return { headers, type, parameters, content: Buffer.alloc(0), parts: partsOf(body, parameters.get('boundary')) };
}

function partsOf(body: string, boundary: string | undefined): Part[] {
  if (!boundary) throw new Error('a multipart names no boundary');
  const [, ...pieces] = `\r\n${body}`.split(`\r\n--${boundary}`);
  const end = pieces.findIndex((piece) => piece.startsWith('--'));
  if (end < 0) throw new Error('a multipart does not end');
  return pieces.slice(0, end).map((piece) => readPart(piece.replace(/^[ \t]*\r\n/, '')));
}

function contentType(value: string): Pick<Part, 'type' | 'parameters'> {
  const [type = '', ...rest] = value.split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/);
  const parameters = rest.map((one) => {
    const equals = one.indexOf('=');
    return [
      one.slice(0, equals).trim().toLowerCase(),
      one
        .slice(equals + 1)
        .trim()
        .replace(/^"(.*)"$/, '$1'),
    ] as const;
  });
  return { type: type.trim().toLowerCase(), parameters: new Map(parameters) };
}

function decoded(body: string, encoding = '7bit'): Buffer {
  switch (encoding.toLowerCase()) {
    case 'base64':
      return Buffer.from(body, 'base64');
    case 'quoted-printable':
      return Buffer.from(
        body
          .replaceAll(/[ \t]*\r\n/g, '\r\n')
          .replaceAll('=\r\n', '')
          .replaceAll(/=([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
        'latin1',
      );
    default:
      return Buffer.from(body, 'latin1');
  }
}
