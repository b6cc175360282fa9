/*
 * Whether a text that people read says a figure or a date, however its language writes it.
 */

const MONTHS: Record<string, readonly string[]> = {
  en: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
  de: ['Januar', 'Februar', 'März', 'April', 'Mai', 'Juni', 'Juli', 'August', 'September', 'Oktober', 'November', 'Dezember'],
  fr: ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'],
};

/** True when the text has the amount: `1234.50` as `1,234.50`, `1.234,50` or `1 234,50`; a negative one with its minus. */
export function saysAmount(text: string, amount: string): boolean {
  const [whole = '', fraction] = amount.replace('-', '').split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, "[.,\\s\\u00a0\\u202f’']?");
  const minus = amount.startsWith('-') ? '[-−‑]\\s?(?:[A-Z]{3}|[£€¥$])?\\s?' : '';
  const pattern = `(?<![\\d.,]\\d|\\d)${minus}${grouped}${fraction === undefined ? '' : `[.,]${fraction}`}(?!\\d|[.,]\\d)`;
  return new RegExp(pattern, 'u').test(text);
}

/** True when the text has the date, in figures or with the month's name or its beginning. */
export function saysDate(text: string, date: string): boolean {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const two = (n: number) => String(n).padStart(2, '0');
  const names = Object.values(MONTHS).map((months) => (months[month - 1] as string).slice(0, 3));
  const named = names.some((name) => new RegExp(`(?<!\\d)0?${day}(?:\\.|er)?\\s+${name}\\p{L}*\\.?\\s+${year}`, 'iu').test(text));
  return (
    named ||
    text.includes(date) ||
    [`${two(day)}.${two(month)}.${year}`, `${two(day)}/${two(month)}/${year}`].some((form) => text.includes(form))
  );
}

/** What a reader of the HTML sees: no tags, styles or scripts, entities as their characters, white space as one blank. */
export function readable(html: string): string {
  return html
    .replaceAll(/<(style|script|head|title)\b[\s\S]*?<\/\1>|<!--[\s\S]*?-->/gi, ' ')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ');
}
