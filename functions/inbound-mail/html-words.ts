/** As much of an HTML mail as is looked at. */
const LOOKED_AT = 500_000;
/** What is in these is not for readers. */
const HIDDEN = new Set(['style', 'script', 'head', 'title']);
const BREAKS = /^\/?(br|p|div|tr|li|h[1-6]|table|blockquote)\b/i;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** What a person reads of an HTML mail, for mails that bring no plain text. One pass, whatever the markup is like. */
export function wordsOfHtml(html: string): string {
  const words: string[] = [];
  let hiddenBy: string | undefined;
  const [first = '', ...pieces] = html.slice(0, LOOKED_AT).split('<');
  words.push(first);
  for (const piece of pieces) {
    const end = piece.indexOf('>');
    const tag = piece.slice(0, end < 0 ? piece.length : end);
    const name = /^\/?[a-z0-9]+/i.exec(tag.slice(0, 20))?.[0].toLowerCase() ?? '';
    if (hiddenBy === undefined && HIDDEN.has(name)) hiddenBy = name;
    else if (name === `/${hiddenBy}`) hiddenBy = undefined;
    if (hiddenBy !== undefined) continue;
    if (BREAKS.test(tag)) words.push('\n');
    if (end >= 0) words.push(piece.slice(end + 1));
  }
  return unescaped(words.join(''))
    .split('\n')
    .map((line) => line.replace(/[^\S\n]+/g, ' ').trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function unescaped(text: string): string {
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,5});/gi, (whole, entity: string) => {
    if (!entity.startsWith('#')) return Object.hasOwn(NAMED, entity) ? (NAMED[entity] ?? whole) : whole;
    const code = /^#x/i.test(entity) ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code).toWellFormed() : whole;
  });
}
