/**
 * The message as SES sends it on: its own Message-ID and Date in place of the sender's, every other byte untouched.
 */
export function stamped(raw: Buffer, messageId: string, at: Date, region: string): Buffer {
  const { head, rest } = split(raw);
  const kept = headersOf(head).filter((header) => !/^(message-id|date):/i.test(header));
  const date = at.toUTCString().replace('GMT', '+0000');
  const own = [`Date: ${date}`, `Message-ID: <${messageId}@${region}.amazonses.com>`];
  return Buffer.concat([Buffer.from(`${[...own, ...kept].join('\r\n')}\r\n`, 'latin1'), rest]);
}

/** The value of a header, unfolded; undefined when it is missing. */
export function headerOf(raw: Buffer, name: string): string | undefined {
  const prefix = `${name.toLowerCase()}:`;
  const found = headersOf(split(raw).head).find((header) => header.toLowerCase().startsWith(prefix));
  return found
    ?.slice(prefix.length)
    .replace(/\r?\n[ \t]+/g, ' ')
    .trim();
}

/** `head` without its last line break, `rest` from the empty line on. */
function split(raw: Buffer): { head: string; rest: Buffer } {
  const crlf = raw.indexOf('\r\n\r\n');
  const lf = raw.indexOf('\n\n');
  if (crlf >= 0 && (lf < 0 || crlf < lf)) return { head: raw.subarray(0, crlf).toString('latin1'), rest: raw.subarray(crlf + 2) };
  if (lf >= 0) return { head: raw.subarray(0, lf).toString('latin1'), rest: raw.subarray(lf + 1) };
  return { head: raw.toString('latin1'), rest: Buffer.alloc(0) };
}

/** Headers with their folded lines. */
function headersOf(head: string): string[] {
  return head.split(/\r?\n(?![ \t])/);
}
