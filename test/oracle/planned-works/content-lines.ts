/*
 * A calendar object as RFC 5545, 3.1 writes it down: lines of octets. Read longhand, because libraries unfold what should not have been folded so.
 */

export interface ContentLine {
  /** Upper case. */
  readonly name: string;
  /** Names in upper case, values without their quotes. */
  readonly parameters: ReadonlyMap<string, readonly string[]>;
  readonly value: string;
}

export interface Component {
  readonly name: string;
  readonly lines: readonly ContentLine[];
  readonly components: readonly Component[];
}

const LONGEST_LINE = 75;
const PARAMETER = /^;([A-Za-z0-9-]+)=((?:"[^"]*"|[^",;:]*)(?:,(?:"[^"]*"|[^",;:]*))*)/;

/** What is wrong with the bytes, before anything in them is understood. */
export function octetFaults(bytes: Buffer): string[] {
  const text = bytes.toString('latin1');
  const lines = text.split('\r\n');
  const faults: string[] = [];
  if (lines.pop() !== '') faults.push('the last line does not end with CRLF');
  if (lines.some((line) => /[\r\n]/.test(line))) faults.push('a line ends with a bare CR or LF');
  if (lines.some((line) => line.trim() === '')) faults.push('a line is empty');
  const long = lines.find((line) => line.length > LONGEST_LINE);
  if (long !== undefined) faults.push(`a line has ${long.length} octets, at most ${LONGEST_LINE} are right: ${long.slice(0, 40)}`);
  if (lines.some((line) => !isUtf8(line))) faults.push('a fold cuts a character, or the text is not UTF-8');
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text)) faults.push('a control character');
  return faults;
}

/**
 * Reads the one calendar object of a text.
 * @throws Error that says which line is no content line, or what does not nest
 */
export function readCalendar(bytes: Buffer): Component {
  const lines = bytes
    .toString('utf8')
    .replaceAll(/\r\n[ \t]/g, '')
    .replace(/\r\n$/, '')
    .split('\r\n')
    .map(readLine);
  const root: Open = { name: '', lines: [], components: [] };
  const open = [root];
  for (const line of lines) {
    if (line.name === 'BEGIN') open.push({ name: line.value.toUpperCase(), lines: [], components: [] });
    else if (line.name === 'END') close(open, line.value.toUpperCase());
    else open.at(-1)?.lines.push(line);
  }
  const [calendar, ...others] = root.components;
  if (open.length > 1) throw new Error(`${open.at(-1)?.name} does not end`);
  if (!calendar || others.length > 0 || root.lines.length > 0) throw new Error('exactly one VCALENDAR and nothing else is right');
  return calendar;
}

/** Every line of a name. */
export function linesNamed({ lines }: Component, name: string): ContentLine[] {
  return lines.filter((line) => line.name === name);
}

/** The value of a line, the first where there are several. */
export function valueNamed(component: Component, name: string): string | undefined {
  return linesNamed(component, name)[0]?.value;
}

/** What is wrong with a value of type TEXT: `\`, `;` and `,` stand escaped. */
export function textFaults({ name, value }: ContentLine): string[] {
  const rest = value.replaceAll(/\\[\\;,nN]/g, '');
  return /[\\;,]/.test(rest) ? [`${name} is not escaped: ${value.slice(0, 60)}`] : [];
}

interface Open {
  readonly name: string;
  readonly lines: ContentLine[];
  readonly components: Component[];
}

function close(open: Open[], name: string): void {
  const done = open.length > 1 ? open.pop() : undefined;
  if (!done || done.name !== name) throw new Error(`END:${name} ends ${done?.name ?? 'nothing'}`);
  open.at(-1)?.components.push(done);
}

function readLine(text: string): ContentLine {
  const name = /^[A-Za-z0-9-]+/.exec(text)?.[0] ?? '';
  const parameters = new Map<string, readonly string[]>();
  let rest = text.slice(name.length);
  for (let found = PARAMETER.exec(rest); found; found = PARAMETER.exec(rest)) {
    const [all, key = '', values = ''] = found;
    parameters.set(
      key.toUpperCase(),
      (values.match(/"[^"]*"|[^",]+/g) ?? ['']).map((value) => value.replaceAll('"', '')),
    );
    rest = rest.slice(all.length);
  }
  if (name === '' || !rest.startsWith(':')) throw new Error(`no content line: ${text.slice(0, 60)}`);
  return { name: name.toUpperCase(), parameters, value: rest.slice(1) };
}

function isUtf8(latin1: string): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(latin1, 'latin1'));
    return true;
  } catch {
    return false;
  }
}
