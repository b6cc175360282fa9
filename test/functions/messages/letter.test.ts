import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DocumentInput } from '../../../functions/messages/document-letter.ts';
import { checkedLink, leadsToUs, renderLetter } from '../../../functions/messages/letter.ts';
import { oneLine } from '../../../functions/messages/words.ts';
import { LANGUAGE_CODES } from '../../../functions/money/format.ts';
import { samples as documentsReady } from '../../../templates/documents-ready/facts.ts';
import { samples as invoice } from '../../../templates/invoice/facts.ts';
import { flat, NASTY_NAMES, tagsOf, textOf } from './letter-text.ts';

const ORIGIN = 'https://post.carrier.example';

const inputs = LANGUAGE_CODES.flatMap((language) => [
  ...invoice(language).map((facts) => ({ language, input: { kind: 'invoice', facts } satisfies DocumentInput as DocumentInput })),
  ...documentsReady(language).map((facts) => ({
    language,
    input: { kind: 'documents-ready', facts } satisfies DocumentInput as DocumentInput,
  })),
]);

describe('every kind of document, wording and language', () => {
  test.each(inputs.map(({ language, input }) => [input.kind, input.facts.variant, language, input] as const))(
    '%s, %s, %s',
    (_, __, language, input) => {
      const { facts } = input;
      const { subject, html, text } = renderLetter(input, language, ORIGIN);
      const required = [
        facts.ocn,
        facts.bcn,
        facts.period,
        facts.customerName,
        facts.pageUrl,
        ...(facts.variant === 'no-invoice' ? [] : [facts.number, facts.total, facts.dueDate ?? '']),
      ];
      for (const fact of required.slice(0, 4)) expect(textOf(html)).toContain(flat(fact));
      for (const fact of required.slice(5)) expect(textOf(html)).toContain(flat(fact));
      for (const fact of required) expect(flat(text)).toContain(flat(fact));
      for (const { url } of facts.documents) {
        expect(html).toContain(`href="${url}"`);
        expect(text).toContain(url);
      }
      expect(subject).toContain(facts.customerName);
      expect([...subject].length).toBeLessThanOrEqual(150);
      expect(Buffer.byteLength(html)).toBeLessThan(100 * 1024);
      for (const part of [subject, html, text]) expect(part).not.toMatch(/\{\{|undefined|NaN|\[object/);
      expect(html).toContain(`lang="${language}"`);
    },
  );

  test.each([
    ['en', 'Invoice DE26004711 for Acme GmbH, 1,234.56\u00a0EUR, due 4 Dec 2026'],
    ['de', 'Rechnung DE26004711 für Acme GmbH, 1.234,56\u00a0EUR, fällig am 4. Dez. 2026'],
    ['fr', 'Facture DE26004711 pour Acme GmbH, 1\u202f234,56\u00a0EUR, échéance 4 déc. 2026'],
  ] as const)('the subject in %s says what, for whom and when', (language, subject) => {
    const [facts] = invoice(language);
    if (facts) expect(renderLetter({ kind: 'invoice', facts }, language, ORIGIN).subject).toBe(subject);
  });
});

describe('names from outside', () => {
  const [sample] = invoice('en');
  const letterFor = (customerName: string) => {
    if (!sample) throw new Error('there is a sample');
    return renderLetter({ kind: 'invoice', facts: { ...sample, customerName } }, 'en', ORIGIN);
  };
  const PLAIN = 'Zzyzx';

  test('a name changes nothing but the name', () => {
    const plain = letterFor(PLAIN);
    fc.assert(
      fc.property(NASTY_NAMES, (name) => {
        const clean = oneLine(name);
        fc.pre(clean !== '' && !clean.includes(PLAIN));
        const letter = letterFor(clean);
        expect(tagsOf(letter.html)).toEqual(tagsOf(plain.html));
        expect(letter.text).toBe(plain.text.replaceAll(PLAIN, () => clean));
        expect(letter.subject).not.toMatch(/[\r\n]/);
        expect([...letter.subject].length).toBeLessThanOrEqual(150);
        expect(letter.subject.startsWith('Invoice DE26004711 for ')).toBe(true);
        expect(letter.subject.endsWith(', 1,234.56\u00a0EUR, due 4 Dec 2026')).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    ['line breaks', 'A\r\n\tB', 'A B'],
    ['marks that turn the direction', 'A\u202eB\u200fC\u2066D', 'ABCD'],
    ['right-to-left text stays within itself', 'חברה', '\u2068חברה\u2069'],
    ['a lone half of a character', 'A\ud800B', 'A\ufffdB'],
  ])('%s', (_, name, line) => {
    expect(oneLine(name)).toBe(line);
  });
});

describe('links', () => {
  test.each([
    'javascript:alert(1)',
    'http://post.carrier.example/d/x',
    'https://evil.example/',
    'https://post.carrier.example.evil.example/',
    'data:text/html,x',
    'webcal://evil.example/c/x',
    'webcal://post.carrier.example.evil.example/c/x',
    'webcal://post.carrier.example:8080/c/x',
    'webcal://evil.example@/c/x',
    'webcals://post.carrier.example/c/x',
    'ftp://post.carrier.example/c/x',
    'no link',
  ])('%s is refused', (url) => {
    expect(leadsToUs(url, ORIGIN)).toBe(false);
    expect(() => checkedLink(url, ORIGIN)).toThrow('only https://post.carrier.example is allowed');
  });

  test.each([
    ['webcal://post.carrier.example/c/x', ORIGIN],
    ['webcal://127.0.0.1:8080/c/x', 'http://127.0.0.1:8080'],
  ])('%s is a subscription on %s', (url, origin) => {
    expect(leadsToUs(url, origin)).toBe(true);
    expect(checkedLink(url, origin)).toBe(url);
  });

  test("the local cloud's own origin is allowed there", () => {
    expect(checkedLink('http://127.0.0.1:8080/d/x', 'http://127.0.0.1:8080')).toBe('http://127.0.0.1:8080/d/x');
  });
});
