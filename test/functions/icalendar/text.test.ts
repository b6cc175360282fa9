import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanLine, cleanName, cleanText, contentLine, escapeText } from '../../../functions/icalendar/text.ts';

describe('cleaning', () => {
  test.each([
    ['two\r\nlines', 'two\nlines', 'two lines'],
    ['old\rmac', 'old\nmac', 'old mac'],
    ['a\u2028b\u2029c\u0085d\u001ee', 'a\nb\nc\nd\ne', 'a b c d e'],
    ['a\n\n\nb', 'a\n\n\nb', 'a b'],
    ['tab\tnull\u0000bell\u0007escape\u001b', 'tab null bell escape', 'tab null bell escape'],
    ['delete\u007f and \u009fC1', 'delete  and  C1', 'delete  and  C1'],
    ['half \ud83d of it', 'half \ufffd of it', 'half \ufffd of it'],
    ['  blanks \n at the ends  ', 'blanks \n at the ends', 'blanks   at the ends'],
    ['日本語 👩‍👩‍👧 e\u0301', '日本語 👩‍👩‍👧 e\u0301', '日本語 👩‍👩‍👧 e\u0301'],
    ['', '', ''],
  ])('%j', (given, text, line) => {
    expect(cleanText(given)).toBe(text);
    expect(cleanLine(given)).toBe(line);
  });

  test.each([
    ['Acme "Networks" GmbH', "Acme 'Networks' GmbH"],
    ['ACME\\noc', 'ACME/noc'],
    ['ends with \\', 'ends with /'],
    ['a^nb', 'aˆnb'],
    ['\u202eevil\u2066', 'evil'],
    ['one\r\nATTENDEE:mailto:other@acme.example', 'one ATTENDEE:mailto:other@acme.example'],
    ['Müller, Söhne; Co: KG', 'Müller, Söhne; Co: KG'],
  ])('the name %j', (given, name) => expect(cleanName(given)).toBe(name));
});

test.each([
  ['a;b,c\\d', 'a\\;b\\,c\\\\d'],
  ['two\nlines', 'two\\nlines'],
  ['\\n is no line break', '\\\\n is no line break'],
  ['"quoted": 100%', '"quoted": 100%'],
])('%j is written as %j', (text, value) => expect(escapeText(text)).toBe(value));

describe('folding', () => {
  test.each([
    ['75 octets are not folded', 'x'.repeat(75), `${'x'.repeat(75)}\r\n`],
    ['76 octets are', 'x'.repeat(76), `${'x'.repeat(75)}\r\n x\r\n`],
    ['the blank counts', 'x'.repeat(150), `${'x'.repeat(75)}\r\n ${'x'.repeat(74)}\r\n x\r\n`],
    ['octets count, not characters', 'é'.repeat(38), `${'é'.repeat(37)}\r\n é\r\n`],
    ['a character of four octets is not cut', `${'x'.repeat(72)}🛠x`, `${'x'.repeat(72)}\r\n 🛠x\r\n`],
    ['nothing', '', '\r\n'],
  ])('%s', (_, line, expected) => expect(contentLine(line)).toBe(expected));

  test('is undone by taking out each CRLF and blank, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const line = cleanLine(text);
        const folded = contentLine(line);
        expect(folded.slice(0, -2).replaceAll('\r\n ', '')).toBe(line);
        const tooLong = folded.split('\r\n').filter((part) => Buffer.byteLength(part) > 75);
        expect(tooLong).toEqual([]);
        // No line is shorter than it has to be: the next character would not have fitted.
        const parts = folded.split('\r\n').slice(0, -2);
        expect(parts.filter((part) => Buffer.byteLength(part) < 72)).toEqual([]);
      }),
    );
  });
});
