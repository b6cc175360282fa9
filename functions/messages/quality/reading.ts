/** The text that a reader sees of the HTML: its body without tags. */
export function readable(html: string): string {
  const body = html
    .replace(/<head[\s>][\s\S]*?<\/head>/i, ' ')
    .replace(/<(style|script)[\s>][\s\S]*?<\/\1>/gi, ' ')
    .replace(/<!--[\s\S]*?-->/g, ' ')
    .replace(/<[^>]*>/g, ' ');
  return unescaped(body);
}

/** Every address that the HTML leads to or loads. */
export function linksOfHtml(html: string): string[] {
  return [...html.matchAll(/\b(?:href|src|action|background)="([^"]*)"/g)].map(([, url]) => unescaped(url ?? ''));
}

/** Every address that a mail program makes a link of. */
export function linksOfText(text: string): string[] {
  return [...text.matchAll(/\b(?:https?|webcal):\/\/[^\s)>]+/gi)].map(([url]) => url);
}

export function withoutLinks(text: string): string {
  return text.replace(/\b(?:https?|webcal):\/\/[^\s)>]+/gi, ' ');
}

/** The words of a text that have a figure in them, without the punctuation around them. */
export function figuresIn(text: string): string[] {
  const words = text.split(/\s+/).map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''));
  return words.filter((word) => /\p{N}/u.test(word));
}

/** A text with every blank and line break as one blank. */
export function flat(text: string): string {
  return text.replace(/\s+/g, ' ');
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#x27': "'",
  '#x60': '`',
  '#x3D': '=',
  nbsp: '\u00a0',
};

function unescaped(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|nbsp|#x27|#x60|#x3D);/g, (_, name: string) => ENTITIES[name] ?? '');
}
