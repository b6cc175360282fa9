import fc from 'fast-check';

/** A text with every blank and line break as one blank. */
export const flat = (text: string) => text.replace(/\s+/g, ' ');

/** What a reader sees of an email's HTML. */
export const textOf = (html: string) =>
  flat(html.replace(/<style[\s\S]*?<\/style>|<title>[\s\S]*?<\/title>|<!--[\s\S]*?-->/g, ' ').replace(/<[^>]*>/g, ' '))
    .replaceAll('&#x27;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#x60;', '`')
    .replaceAll('&#x3D;', '=')
    .replaceAll('&amp;', '&');

/** The tags of an email's HTML: a name may add text, never one of these. */
export const tagsOf = (html: string) => html.replace(/aria-label="[^"]*"/g, '').match(/<[^>]*>/g);

/** Names as they come from outside, and as somebody would write them who means harm. */
export const NASTY_NAMES = fc.oneof(
  fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' }),
  fc.constantFrom(
    'Zoë "Ziggy" <script> & Co, {{name}}',
    '<script>alert(1)</script>',
    '{{ocn}}',
    '{{{x}}}',
    '$& $1 $`',
    '&amp;',
    'A\r\nBcc: x@y.example',
    '\u202eevil',
    'שלום',
    '"><a href="http://evil.example">',
    'x'.repeat(5000),
    `${'a'.repeat(149)}😀😀`,
  ),
);
