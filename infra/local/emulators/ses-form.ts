import { randomUUID } from 'node:crypto';

const TAG = /^[A-Za-z0-9_-]{1,256}$/;

/** What SES answers instead of taking a mail. */
export class SesError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** The tags of a send. Throws when one has other characters than SES takes. */
export function tagsOf(form: URLSearchParams): Record<string, string> {
  const tags: Record<string, string> = {};
  for (let index = 1; form.has(`Tags.member.${index}.Name`); index += 1) {
    const name = form.get(`Tags.member.${index}.Name`) ?? '';
    const value = form.get(`Tags.member.${index}.Value`) ?? '';
    for (const text of [name, value]) {
      if (TAG.test(text)) continue;
      throw new SesError(
        'InvalidParameterValue',
        `Tag <${text}> can contain only alphanumeric ASCII characters, '_' and '-', 1 to 256 of them.`,
      );
    }
    tags[name] = value;
  }
  return tags;
}

/** A list of addresses: `Name.member.1`, `Name.member.2`, ... */
export function listOf(form: URLSearchParams, name: string): string[] {
  const found: string[] = [];
  for (let index = 1; form.has(`${name}.member.${index}`); index += 1) found.push(addressOf(form.get(`${name}.member.${index}`) ?? ''));
  return found;
}

/** The bare address of `Name <address>`. */
export function addressOf(text: string): string {
  return /<([^>]*)>\s*$/.exec(text)?.[1] ?? text.trim();
}

/** The XML of an answer. */
export function success(action: string, result: string): string {
  const head = `<${action}Response xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><${action}Result>${result}</${action}Result>`;
  return `<?xml version="1.0"?>${head}<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${action}Response>`;
}

/** The XML of a refusal. */
export function failure(code: string, message: string): string {
  const text = message.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${text}</Message></Error>`;
  return `<?xml version="1.0"?><ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/">${error}<RequestId>${randomUUID()}</RequestId></ErrorResponse>`;
}
