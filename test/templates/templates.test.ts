import { describe, expect, test } from 'vitest';
import { KINDS } from '../../functions/messages/message.ts';
import { LANGUAGE_CODES } from '../../functions/money/format.ts';
import { compileLayout, readKinds, type Words } from '../../templates/build.ts';
import { sampleLetters } from '../../templates/samples.ts';

/** `variants.transfer.subject`: the path of every text, with the facts it names. */
function textsOf(words: Words, path = ''): Map<string, Set<string>> {
  return new Map(
    Object.entries(words).flatMap(([key, text]): [string, Set<string>][] =>
      typeof text === 'string'
        ? [[path + key, new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name as string))]]
        : [...textsOf(text, `${path}${key}.`)],
    ),
  );
}

/** What a translation lacks, or has too much of, or names other facts in, compared with English. */
function differences(english: Words, translation: Words): string[] {
  const [expected, found] = [textsOf(english), textsOf(translation)];
  return [
    ...[...expected.keys()].filter((path) => !found.has(path)).map((path) => `${path} is missing`),
    ...[...found.keys()].filter((path) => !expected.has(path)).map((path) => `${path} is not in English`),
    ...[...expected].flatMap(([path, facts]) =>
      [...facts].filter((fact) => found.has(path) && !found.get(path)?.has(fact)).map((fact) => `${path} lacks {{${fact}}}`),
    ),
  ];
}

const kinds = await readKinds();

const names = kinds.map(({ kind }) => kind);

test('every kind of message has a template', () => {
  expect(names).toEqual(expect.arrayContaining(Object.values(KINDS).map(({ template }) => template)));
});

test.each(LANGUAGE_CODES)('every template has samples in %s, and every sample a template', (language) => {
  expect([...new Set(sampleLetters(language).map(({ kind }) => kind))].sort()).toEqual(names.sort());
});

describe.each(kinds)('$kind', (source) => {
  test.each(LANGUAGE_CODES)('says everything in %s', (language) => {
    const [english, words] = [source.words.en, source.words[language]];
    expect(words, `templates/${source.kind}/strings.${language}.json is missing`).toBeDefined();
    expect(differences(english ?? {}, words ?? {})).toEqual([]);
  });

  test('a missing or half translation is told by name', () => {
    const english = source.words.en ?? {};
    const { why: _, ...without } = english;
    expect(differences(english, without)).toEqual(['why is missing']);
    expect(differences(english, { ...english, hello: 'Hello,' })).toEqual(['hello lacks {{contactName}}']);
  });

  test('the HTML brings no picture, script or font of strangers', async () => {
    const html = await compileLayout(source);
    expect(html).not.toMatch(/<img|<script|https?:\/\/(?!www\.w3\.org)/);
    expect(html).toContain('prefers-color-scheme: dark');
  });

  test('HTML and text name the same facts', async () => {
    const factsOf = (text: string) =>
      new Set([...text.matchAll(/\{\{(?:link |#if |#each )?(?!else\b)([\w.]+)\}\}/g)].map(([, name]) => name));
    const body = (await compileLayout(source))
      .replace(/<head[\s\S]*<\/head>|<div aria-label[^>]*>/g, '')
      .replace(/<div style="display:none[^>]*>[^<]*<\/div>/, '');
    const [html, text] = [factsOf(body), factsOf(source.text)];
    for (const shared of [html, text]) shared.delete('language');
    html.delete('seller.name');
    text.delete('words.colon');
    expect([...html].sort()).toEqual([...text].sort());
  });
});
